import { useEffect, useRef, useState, type FormEvent } from 'react';
import { config, type Account } from './config';
import { session, signIn, signOut, type Session } from './session';
import { useStore } from './store';

/** The dialog that signs in, or tells who is signed in. */
export function SignIn({ open, onClose }: { open: boolean; onClose(): void }) {
  const current = useStore(session);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="panel" aria-labelledby="account-title" onClose={onClose}>
      {open && (current ? <SignedIn current={current} onClose={onClose} /> : <Form onClose={onClose} />)}
      <button type="button" className="close" aria-label="Close" onClick={onClose}>
        ×
      </button>
    </dialog>
  );
}

function SignedIn({ current, onClose }: { current: Session; onClose(): void }) {
  return (
    <>
      <h2 id="account-title">Signed in</h2>
      <p>
        as <strong>{current.email}</strong>
        {current.tenant && (
          <>
            {' '}
            at <strong>{current.tenant}</strong>
          </>
        )}
        . The credential is under Headers, is sent with what you run, and goes when you close this tab.
      </p>
      <button
        type="button"
        className="primary wide"
        autoFocus
        onClick={() => {
          signOut();
          onClose();
        }}
      >
        Sign out
      </button>
    </>
  );
}

function Form({ onClose }: { onClose(): void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tenant, setTenant] = useState(config.tenants[0] ?? '');
  const [waiting, setWaiting] = useState(false);
  const [complaint, setComplaint] = useState('');
  const several = config.tenants.length > 1;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWaiting(true);
    setComplaint('');
    try {
      await signIn(email, password, several ? tenant : undefined);
      onClose();
    } catch (error) {
      setComplaint((error as Error).message);
    } finally {
      setWaiting(false);
    }
  };
  const fill = (account: Account) => {
    setEmail(account.email);
    setPassword(account.password);
  };

  return (
    <form onSubmit={submit}>
      <h2 id="account-title">Sign in to CCUBE</h2>
      {config.accounts.length > 0 && <Accounts onPick={fill} />}
      {several && (
        <label>
          Tenant
          <select value={tenant} onChange={(e) => setTenant(e.target.value)}>
            {config.tenants.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        Email
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(e) => setEmail(e.target.value)}
        />
      </label>
      <label>
        Password
        <input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
      </label>
      <p role="alert" className="complaint">
        {complaint}
      </p>
      <button type="submit" className="primary wide" disabled={waiting}>
        {waiting ? 'Signing in…' : 'Sign in'}
      </button>
      <p className="hint">
        The gateway passes both on to CCUBE and keeps neither. What comes back stays in this tab, under Headers, and goes when you close
        it. Those who have a token put it there themselves: <code>{'{"Authorization": "Token …,user_email=…"}'}</code>
      </p>
    </form>
  );
}

function Accounts({ onPick }: { onPick(account: Account): void }) {
  return (
    <div className="accounts" role="group" aria-label="Users of the sandbox">
      <p>This is the sandbox. Take one of its users:</p>
      {config.accounts.map((account) => (
        <button key={account.email} type="button" onClick={() => onPick(account)}>
          <strong>{account.email}</strong>
          <span>
            {account.password} · {account.about}
          </span>
        </button>
      ))}
    </div>
  );
}
