import { StrictMode, Suspense, useMemo, useState, type SubmitEvent } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider, graphql, useMutation } from 'react-relay';
import type { mainSignInMutation } from './__generated__/mainSignInMutation.graphql';
import { environmentOf } from './environment';
import { Projects } from './Projects';

function App() {
  const [authorization, setAuthorization] = useState<string | null>(null);
  const environment = useMemo(() => environmentOf(authorization), [authorization]);
  return (
    <RelayEnvironmentProvider environment={environment}>
      {authorization === null ? (
        <SignIn onDone={setAuthorization} />
      ) : (
        <Suspense fallback="Reading…">
          <Projects />
        </Suspense>
      )}
    </RelayEnvironmentProvider>
  );
}

function SignIn({ onDone }: { onDone: (authorization: string) => void }) {
  const [mistake, setMistake] = useState<string>();
  const [signIn, busy] = useMutation<mainSignInMutation>(graphql`
    mutation mainSignInMutation($email: String!, $password: String!) {
      signIn(email: $email, password: $password) {
        authorization
        userErrors {
          message
        }
      }
    }
  `);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn({
      variables: { email: String(form.get('email')), password: String(form.get('password')) },
      onCompleted({ signIn }, errors) {
        if (signIn?.authorization) onDone(signIn.authorization);
        else setMistake(signIn?.userErrors[0]?.message ?? errors?.[0]?.message);
      },
      onError: (error) => setMistake(error.message),
    });
  }

  return (
    <form onSubmit={submit}>
      <label>
        Email <input name="email" type="email" />
      </label>
      <label>
        Password <input name="password" type="password" />
      </label>
      <button disabled={busy}>Sign in</button>
      {mistake && <p role="alert">{mistake}</p>}
    </form>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
