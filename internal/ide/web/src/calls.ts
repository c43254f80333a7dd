// The calls to CCUBE that an operation cost, as extensions.calls tells them.

export interface Call {
  method: string;
  path: string;
  /** CCUBE's, 0 where no answer came. */
  status: number;
  /** Milliseconds since the first call began, and how long this one took. */
  start: number;
  ms: number;
  /** How many milliseconds it had waited for its turn before it began. */
  waited?: number;
  bytes: number;
  source: 'sent' | 'shared' | 'cached';
  /** How many seconds ago CCUBE gave the answer, where it was still known. */
  age?: number;
}

/**
 * The longest chain of calls that were sent: of these each began after the one before had ended. It is what an operation's
 * time is made of, since calls at once cost no more than one. The answer is places in the list.
 */
export function chain(calls: Call[]): number[] {
  const sent = calls.map((call, i) => ({ i, start: call.start, end: call.start + call.ms, source: call.source }));
  const links: number[] = [];
  let end = -1;
  for (const call of sent.filter((c) => c.source === 'sent').sort((a, b) => a.end - b.end)) {
    if (call.start < end) continue;
    links.push(call.i);
    end = call.end;
  }
  return links;
}

/** From the first call's begin to the last one's end. */
export const span = (calls: Call[]) => Math.max(0, ...calls.map((c) => c.start + c.ms));

export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  return n < 1_000_000 ? `${(n / 1000).toFixed(1)} kB` : `${(n / 1_000_000).toFixed(1)} MB`;
}
