// Links to an operation: query and variables stand in the fragment, which no browser sends to a server. Headers are never part
// of a link, and opening one fills a tab and runs nothing.

export interface Shared {
  query: string;
  variables?: string;
}

export function linkTo(shared: Shared): string {
  const fragment = new URLSearchParams({ query: shared.query });
  if (shared.variables?.trim()) fragment.set('variables', shared.variables);
  return `${location.href.split('#')[0]}#${fragment}`;
}

/** Takes the operation out of the address, so that a reload does not open it again. */
export function takeShared(): Shared | null {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = fragment.get('query');
  if (!query) return null;
  history.replaceState(null, '', location.href.split('#')[0]);
  return { query, variables: fragment.get('variables') ?? undefined };
}
