// The IDE: GraphiQL with a sign-in, worked examples and a panel of the calls to CCUBE. Package ide serves it and says why it is
// built so. Everything comes from the gateway itself; nothing is loaded from elsewhere.
import 'graphiql/graphiql.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import './style.css';

import { createRoot } from 'react-dom/client';
import { App } from './App';
import { config, root } from './config';

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_id: string, label: string) {
      const script = config.workers[label] ?? config.workers.editor!;
      return new Worker(new URL(`ide/${script}`, document.baseURI), { type: 'module', name: label });
    },
  },
});

createRoot(root).render(<App />);
