import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page and the gateway share an origin, here as behind the reverse proxy of a real installation: no CORS, and the
// Content-Security-Policy can stay at 'self'.
const proxy = { '/graphql': process.env.GATEWAY ?? 'http://127.0.0.1:8080' };

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
});
