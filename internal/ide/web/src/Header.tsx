import { pick, useGraphiQL } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { config } from './config';
import { session } from './session';
import { linkTo } from './share';
import { useStore } from './store';

/** The bar on top: what this is, sharing, and who is signed in. */
export function Header({ onAccount }: { onAccount(): void }) {
  const current = useStore(session);
  return (
    <header className="top">
      <h1>
        <Mark />
        ccube<span>-graphql</span>
      </h1>
      {config.accounts.length > 0 && <p className="made-up">Sandbox: made-up data</p>}
      <div className="actions">
        <Share />
        <button type="button" className={current ? 'account' : 'account primary'} onClick={onAccount} aria-label={current ? `Signed in as ${current.email}` : undefined}>
          {current ? (
            <>
              <span className="avatar" aria-hidden="true">
                {current.email[0]?.toUpperCase()}
              </span>
              <span className="email">
                {current.email}
                {current.tenant && ` · ${current.tenant}`}
              </span>
            </>
          ) : (
            'Sign in'
          )}
        </button>
      </div>
    </header>
  );
}

function Share() {
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  const [link, setLink] = useState<string | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (link) dialog.current?.showModal();
  }, [link]);
  const share = () => setLink(linkTo({ query: queryEditor?.getValue() ?? '', variables: variableEditor?.getValue() }));
  return (
    <>
      <button type="button" onClick={share}>
        Share
      </button>
      <dialog ref={dialog} className="panel" aria-labelledby="share-title" onClose={() => setLink(null)}>
        <h2 id="share-title">Share this operation</h2>
        <p>The link holds the query and its variables, and no credential. Whoever opens it gets a tab with them, and runs it himself.</p>
        {link && <CopyLink link={link} />}
        <form method="dialog">
          <button type="submit" className="close" aria-label="Close">
            ×
          </button>
        </form>
      </dialog>
    </>
  );
}

function CopyLink({ link }: { link: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // A page without TLS has no clipboard: the text is selected, ready for Ctrl-C.
    }
  };
  return (
    <div className="copy">
      <input ref={field} readOnly value={link} aria-label="Link" onFocus={(e) => e.currentTarget.select()} />
      <button type="button" className="primary" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </button>
      <span role="status" className="unseen">
        {copied && 'The link is in the clipboard.'}
      </span>
    </div>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 1.8 21 7v10l-9 5.2L3 17V7Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <path d="M3 7l9 5.2L21 7M12 12.2v10" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <circle cx="12" cy="12.2" r="2.4" fill="currentColor" />
    </svg>
  );
}
