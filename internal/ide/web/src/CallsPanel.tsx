import { pick, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { bytes, chain, milliseconds, span, type Call } from './calls';
import { runs, type Run } from './runs';
import { storage } from './storage';
import { useStore } from './store';

/** How many calls are drawn before somebody asks for all. */
const most = 100;

const openKey = 'ccube-graphql:calls';

/** The panel of the calls to CCUBE that the active tab's last operation cost, as a waterfall. */
export function CallsPanel() {
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'));
  const run = useStore(runs).get(tabs[activeTabIndex]?.id ?? '');
  const [open, setOpen] = useState(storage.getItem(openKey) !== 'closed');
  const toggle = () => {
    storage.setItem(openKey, open ? 'closed' : 'open');
    setOpen(!open);
  };
  return (
    <section className={open ? 'calls' : 'calls closed'} aria-labelledby="calls-title">
      <div className="calls-head">
        <h2 id="calls-title">Calls to CCUBE</h2>
        <button type="button" onClick={toggle} aria-expanded={open} aria-controls="calls-body" aria-label="Calls to CCUBE">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m6 3 5 5-5 5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </button>
      </div>
      <div id="calls-body" hidden={!open} aria-live="polite" aria-busy={run?.running ?? false}>
        <Body run={run} />
      </div>
    </section>
  );
}

function Body({ run }: { run: Run | undefined }) {
  if (!run) return <p className="calls-empty">Run an operation to see which calls to CCUBE’s REST API it costs, when each was made, and which had to wait for another.</p>;
  if (run.running) return <p className="calls-empty">Waiting for the answer…</p>;
  if (!run.calls) return <p className="calls-empty">This answer does not tell its calls.</p>;
  if (run.calls.length === 0) return <p className="calls-empty">No call at all: what was asked for, the gateway knew by itself.</p>;
  return <Waterfall calls={run.calls} />;
}

function Waterfall({ calls }: { calls: Call[] }) {
  const [all, setAll] = useState(false);
  const links = chain(calls);
  const total = span(calls) || 1;
  const count = (source: Call['source']) => calls.filter((c) => c.source === source).length;
  const shown = all ? calls : calls.slice(0, most);
  return (
    <>
      <dl className="figures">
        <Figure name="sent" title="Calls that went out to CCUBE for this operation" value={String(count('sent'))} />
        <Figure name="shared" title="Calls whose answer was shared with another request" value={String(count('shared'))} />
        <Figure name="cached" title="Calls that were spared, since the answer was still known" value={String(count('cached'))} />
        <Figure name="in the chain" title="The longest row of calls that waited for each other" value={String(links.length)} />
        <Figure name="in all" title="From the first call’s begin to the last one’s end" value={milliseconds(span(calls))} />
        <Figure name="read" title="The size of CCUBE’s answers" value={bytes(calls.reduce((sum, c) => sum + c.bytes, 0))} />
      </dl>
      <div className="axis" aria-hidden="true">
        <span>0</span>
        <span>{milliseconds(total / 2)}</span>
        <span>{milliseconds(total)}</span>
      </div>
      <ol className="waterfall">
        {shown.map((call, i) => (
          <Row key={i} call={call} total={total} link={links.indexOf(i) + 1} />
        ))}
      </ol>
      {shown.length < calls.length && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          Show all {calls.length} calls
        </button>
      )}
      <p className="legend">
        <span className="link-mark" aria-hidden="true">
          1
        </span>{' '}
        numbers the longest chain: of these calls each began after the one before had ended.
      </p>
    </>
  );
}

function Figure({ name, title, value }: { name: string; title: string; value: string }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Row({ call, total, link }: { call: Call; total: number; link: number }) {
  const failed = call.source !== 'cached' && (call.status === 0 || call.status >= 400);
  const waited = Math.min(call.waited ?? 0, call.start);
  const [path, query] = call.path.replace(/^\/api\/v\d+/, '').split('?', 2) as [string, string?];
  return (
    <li className={`call ${call.source}${failed ? ' failed' : ''}${link ? ' linked' : ''}`}>
      <span className="link">
        {link > 0 && (
          <>
            <span className="unseen">link </span>
            {link}
          </>
        )}
      </span>
      <span className="path" title={`${call.method} ${call.path}`}>
        {call.method !== 'GET' && <b>{call.method} </b>}
        {path}
        {query && <i>?{query}</i>}
      </span>
      <span className="outcome">
        {call.source}
        {call.status > 0 && ` ${call.status}`}
        {failed && call.status === 0 && ' no answer'}
      </span>
      <svg className="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1000 8">
        <rect className="track" width="1000" height="8" />
        {waited > 0 && <rect className="waited" x={((call.start - waited) / total) * 1000} width={(waited / total) * 1000} y="3" height="2" />}
        <rect className="time" x={(call.start / total) * 1000} width={Math.max((call.ms / total) * 1000, 6)} height="8" />
      </svg>
      <span className="size">
        {milliseconds(call.ms)}
        {call.bytes > 0 && ` · ${bytes(call.bytes)}`}
        {call.waited !== undefined && ` · waited ${milliseconds(call.waited)}`}
        {call.age !== undefined && ` · ${call.age.toFixed(1)} s old`}
      </span>
    </li>
  );
}
