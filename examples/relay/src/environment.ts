import { Environment, Network, RecordSource, Store, type GraphQLResponse } from 'relay-runtime';

/** environmentOf returns a Relay environment that signs its requests; what it knows goes with it. */
export function environmentOf(authorization: string | null): Environment {
  return new Environment({
    network: Network.create(async ({ text, name }, variables) => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
        body: JSON.stringify({ query: text, operationName: name, variables }),
      });
      return (await response.json()) as GraphQLResponse;
    }),
    store: new Store(new RecordSource()),
    // The global id is nodeId. Relay would take `id`, which is CCUBE's number: unique among its kind only.
    getDataID: (object: { nodeId?: string | null }) => object.nodeId,
  });
}
