// What became of the last operation of each tab: the calls panel shows the active tab's.
import type { Call } from './calls';
import { createStore } from './store';

export interface Run {
  /** Whether the answer is still awaited. */
  running: boolean;
  operation?: string;
  /** The calls; undefined where the answer does not tell them. */
  calls?: Call[];
}

export const runs = createStore<ReadonlyMap<string, Run>>(new Map());

let active = '';

/** Says which tab the operations to come belong to. */
export function activate(tab: string) {
  active = tab;
}

/** Begins a run in the active tab. What it returns ends it; undefined stands for no answer. */
export function begin(operation?: string): (calls: Call[] | undefined) => void {
  const tab = active;
  put(tab, { running: true, operation });
  return (calls) => put(tab, { running: false, operation, calls });
}

function put(tab: string, run: Run) {
  runs.set(new Map(runs.get()).set(tab, run));
}
