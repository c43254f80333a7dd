// Hive Gateway as fast as its documentation tells: equal calls in flight are shared, nothing is logged, no pages are served.
import { defineConfig } from '@graphql-hive/gateway';

export const gatewayConfig = defineConfig({
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
  },
  inboundInflightRequestDeduplication: true,
  landingPage: false,
  graphiql: false,
  logging: 'warn',
});
