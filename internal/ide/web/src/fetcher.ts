// Sends operations to the gateway, asks it to explain what they cost, and takes the explanation out of the answer: it is for
// the calls panel. Whoever sends X-CCUBE-Explain himself sees it in both places.
import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';
import type { Call } from './calls';
import { endpoint } from './config';
import { begin } from './runs';
import { createStore } from './store';

const explain = 'X-CCUBE-Explain';

/** Counts the answers that wanted a credential and got none, so that the sign-in can show itself. */
export const unauthenticated = createStore(0);

interface Answer {
  data?: unknown;
  errors?: { extensions?: { code?: string } }[];
  extensions?: { calls?: Call[] };
}

export const fetcher: Fetcher = (params, options) => {
  const headers = new Headers((options?.headers ?? {}) as Record<string, string>);
  if (params.operationName === 'IntrospectionQuery') return send(params, headers).then(({ text }) => JSON.parse(text) as object);
  const observable = {
    // GraphiQL shows a button that stops what is subscribed to.
    subscribe(observer: { next(value: unknown): void; error(e: unknown): void; complete(): void }) {
      const abort = new AbortController();
      run(params, headers, abort.signal).then(
        (answer) => {
          observer.next(answer);
          observer.complete();
        },
        (error: unknown) => {
          if (!abort.signal.aborted) observer.error(error);
        },
      );
      return { unsubscribe: () => abort.abort() };
    },
  };
  return observable as unknown as ReturnType<Fetcher>;
};

async function run(params: FetcherParams, headers: Headers, signal: AbortSignal): Promise<unknown> {
  const asked = headers.has(explain);
  if (!asked) headers.set(explain, '1');
  params = named(params);
  const end = begin(params.operationName ?? undefined);
  let calls: Call[] | undefined;
  try {
    const { type, status, text } = await send(params, headers, signal);
    if (!/^application\/(?:[\w.-]+\+)?json\b/.test(type)) return { status, contentType: type, body: text.split('\n') };
    const answer = JSON.parse(text) as Answer;
    calls = answer.extensions?.calls;
    const refused = answer.errors?.some((e) => e.extensions?.code === 'UNAUTHENTICATED');
    if (refused && !headers.has('Authorization')) unauthenticated.set(unauthenticated.get() + 1);
    return shown(text, asked);
  } finally {
    end(calls);
  }
}

/** Names the operation by the text that is sent: for a moment after a tab was changed, GraphiQL's name is the one before. */
function named(params: FetcherParams): FetcherParams {
  let names: (string | undefined)[];
  try {
    names = parse(params.query).definitions.flatMap((d) => (d.kind === Kind.OPERATION_DEFINITION ? [d.name?.value] : []));
  } catch {
    return params; // the gateway says what is wrong with it, and where
  }
  if (names.includes(params.operationName ?? undefined)) return params;
  return { ...params, operationName: names.length === 1 ? names[0] : undefined };
}

async function send(params: FetcherParams, headers: Headers, signal?: AbortSignal) {
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  const response = await fetch(endpoint, { method: 'POST', headers, signal, body: JSON.stringify(params) });
  return { type: response.headers.get('Content-Type') ?? '', status: response.status, text: await response.text() };
}

/** The answer as the result editor shows it: with each number's digits as they came, since 3500.10 is not 3500.1 here. */
function shown(text: string, asked: boolean): unknown {
  type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
  const digits: Reviver = (_key, value, context) =>
    typeof value === 'number' && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
  const answer = JSON.parse(text, digits as Parameters<typeof JSON.parse>[1]) as Answer;
  if (!asked && answer.extensions) {
    delete answer.extensions.calls;
    if (Object.keys(answer.extensions).length === 0) delete answer.extensions;
  }
  return answer;
}
