// What GraphiQL remembers from one visit to the next: tabs, history, the theme. Headers are left out of all of it, whatever a
// version of GraphiQL thinks of them, and so is a query, or its variables, with a password in it.
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
    localStorage.setItem(key, /password|"headers"/i.test(value) ? cleaned(value) : value);
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

/** Reports whether a query or its variables give a password: not whether they ask for one by a variable. */
const hasPassword = (text: string) => /password\w*"?\s*:\s*"/i.test(text);

function cleaned(value: string): string {
  if (hasPassword(value)) return '';
  try {
    return JSON.stringify(clean(JSON.parse(value)));
  } catch {
    return value; // a query by itself
  }
}

/** Goes through tabs and history: what they hold of a query and its variables are texts. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return hasPassword(value) ? null : value;
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === 'headers' ? null : clean(inner)]));
}
