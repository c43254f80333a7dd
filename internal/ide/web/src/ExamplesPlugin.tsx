import type { GraphiQLPlugin } from '@graphiql/react';
import { config } from './config';
import { examples } from './examples';
import { useOpenTab } from './useOpenTab';

/** The examples in GraphiQL's side bar, for when their tabs have been closed or changed. */
export const examplesPlugin: GraphiQLPlugin = { title: 'Examples', icon: Icon, content: Examples };

function Examples() {
  const openTab = useOpenTab();
  return (
    <section className="examples" aria-label="Examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      <p>Each opens in a tab of its own. Nothing runs until you say so.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button type="button" className="example" onClick={() => openTab(example)}>
              <strong>{example.title}</strong>
              <span>{comment(example.query)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>
        <a href={`ide/${config.licences}`}>Licences of what this page is made from</a>
      </p>
    </section>
  );
}

/** The comment that an example begins with. */
function comment(query: string): string {
  const lines = query.split('\n');
  return lines
    .slice(0, lines.findIndex((line) => !line.startsWith('#')))
    .map((line) => line.slice(1).trim())
    .join(' ');
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d="M9 18h6M10 21.5h4M12 2.5a6.5 6.5 0 0 0-4 11.6c.7.6 1 1.2 1 2v.4h6v-.4c0-.8.3-1.4 1-2a6.5 6.5 0 0 0-4-11.6Z" />
    </svg>
  );
}
