// One Apollo Client for each credential: its cache holds what that caller may see, and is thrown away with it.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { relayStylePagination } from '@apollo/client/utilities';
import possible from './gql/possibleTypes';

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
      interface Query {
        errorPolicy: 'all';
      }
    }
  }
}

const typePolicies: TypePolicies = {
  // Every type that has a nodeId is a Node. It is unique over all types; `id` is CCUBE's number, unique among its kind.
  Node: { keyFields: ['nodeId'] },
  // Copies that stand in their owner and have no identity of their own; a client's `id` names a party.
  Client: { keyFields: false, merge: true },
  Address: { keyFields: false, merge: true },
  ProjectFinancials: { merge: true },
  Query: {
    fields: {
      // Pages are put behind one another; another filter or order is another list.
      projects: relayStylePagination(['filter', 'orderBy']),
    },
  },
};

/** createClient returns a client that signs its requests; `refused` is told when the gateway does not take the credential. */
export function createClient(authorization: string | null, refused: () => void): ApolloClient {
  const errors = new ErrorLink(({ error }) => {
    if (code(error) === 'UNAUTHENTICATED' && authorization) refused();
  });
  const http = new HttpLink({ uri: '/graphql', headers: authorization ? { authorization } : {} });
  return new ApolloClient({
    link: ApolloLink.from([errors, http]),
    cache: new InMemoryCache({ possibleTypes: possible.possibleTypes, typePolicies }),
    defaultOptions: {
      // A field that could not be read is null with an error at its path, and the rest stands: show both.
      watchQuery: { errorPolicy: 'all' },
      query: { errorPolicy: 'all' },
    },
  });
}

/** code returns the gateway's word for what went wrong, such as FORBIDDEN. */
export function code(error: unknown): string | undefined {
  if (CombinedGraphQLErrors.is(error)) return error.errors[0]?.extensions?.code as string | undefined;
  if (ServerError.is(error)) return error.statusCode === 401 ? 'UNAUTHENTICATED' : undefined;
  return undefined;
}

/** sentences tells people what went wrong, each thing once. */
export function sentences(error: unknown): string[] {
  if (!CombinedGraphQLErrors.is(error)) return ['The gateway cannot be reached. Try again in a moment.'];
  return [...new Set(error.errors.map(({ message }) => message))];
}
