import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import relay from 'vite-plugin-relay';

// The page and the gateway share an origin, here as behind the reverse proxy of a real installation.
const proxy = { '/graphql': process.env.GATEWAY ?? 'http://127.0.0.1:8080' };

export default defineConfig({
  plugins: [relay, react()],
  server: { proxy },
  preview: { proxy },
});
