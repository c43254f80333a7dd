import { useMutation } from '@apollo/client/react';
import type { SubmitEvent } from 'react';
import { graphql } from './gql';
import { Field, Trouble } from './parts';
import { mistakes } from './mistakes';

const SIGN_IN = graphql(`
  mutation SignIn($email: String!, $password: String!) {
    signIn(email: $email, password: $password) {
      authorization
      userErrors {
        ...Mistake
      }
    }
  }
`);

/** SignIn exchanges an email and a password for what the Authorization header of all further requests is. */
export function SignIn({ onDone }: { onDone: (authorization: string) => void }) {
  const [signIn, { data, error, loading }] = useMutation(SIGN_IN);
  const found = mistakes(data?.signIn.userErrors);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const variables = { email: String(form.get('email')), password: String(form.get('password')) };
    const { data } = await signIn({ variables }).catch(() => ({ data: undefined })); // shown as `error`
    if (data?.signIn.authorization) onDone(data.signIn.authorization);
  }

  return (
    <main className="narrow">
      <h1>Sign in</h1>
      <p className="muted">With the email and the password of your CCUBE account.</p>
      <form onSubmit={submit} className="card stack">
        <Trouble of={error} />
        {found.rest.map((text) => (
          <p role="alert" className="trouble" key={text}>
            {text}
          </p>
        ))}
        <Field label="Email" mistake={found.at('email')}>
          <input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password" mistake={found.at('password')}>
          <input name="password" type="password" autoComplete="current-password" required />
        </Field>
        <button disabled={loading}>{loading ? 'Signing in…' : 'Sign in'}</button>
      </form>
    </main>
  );
}
