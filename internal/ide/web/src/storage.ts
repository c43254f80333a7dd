// What GraphiQL remembers from one visit to the next: tabs, history, the theme. Headers are left out of all of it, whatever a
// version of GraphiQL thinks of them, and so is an operation that signs in, since a password may stand in it.
import type { Storage } from '@graphiql/toolkit';

export const storage: Storage = {
  getItem: (key) => localStorage.getItem(key),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
  setItem(key, value) {
    if (/:headers$/i.test(key)) return;
    localStorage.setItem(key, signsIn(value) || value.includes('"headers"') ? cleaned(value) : value);
  },
};

interface Tabs {
  tabs: { query: string | null; variables: string | null }[];
  activeTabIndex: number;
}

/** The tab that was active at the end of an earlier visit; undefined on the first. */
export function lastTab(): Tabs['tabs'][number] | undefined {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '') as Tabs;
    return tabs[activeTabIndex];
  } catch {
    return undefined;
  }
}

const signsIn = (text: string) => /\bsignIn\b/.test(text);

function cleaned(value: string): string {
  try {
    return JSON.stringify(clean(JSON.parse(value)));
  } catch {
    return signsIn(value) ? '' : value;
  }
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  const secret = 'query' in value && typeof value.query === 'string' && signsIn(value.query);
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'headers') kept[name] = null;
    else if (secret && (name === 'query' || name === 'variables' || name === 'hash')) kept[name] = null;
    else kept[name] = clean(inner);
  }
  return kept;
}
