import { ApolloProvider } from '@apollo/client/react';
import { StrictMode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter, Link, Route, Routes } from 'react-router';
import { createClient } from './client';
import { Project } from './Project';
import { Projects } from './Projects';
import { SignIn } from './SignIn';
import './style.css';

// The credential lives as long as the tab does.
const KEY = 'authorization';

function App() {
  const [authorization, setAuthorization] = useState(() => sessionStorage.getItem(KEY));
  const client = useMemo(() => {
    const refused = () => {
      sessionStorage.removeItem(KEY);
      setAuthorization(null);
    };
    return createClient(authorization, refused);
  }, [authorization]);

  function signedIn(value: string) {
    sessionStorage.setItem(KEY, value);
    setAuthorization(value);
  }
  function signOut() {
    sessionStorage.removeItem(KEY);
    setAuthorization(null);
  }

  return (
    <ApolloProvider client={client}>
      {authorization === null ? (
        <SignIn onDone={signedIn} />
      ) : (
        <HashRouter>
          <header className="top">
            <Link to="/" className="brand">
              Projects
            </Link>
            <button className="quiet" onClick={signOut}>
              Sign out
            </button>
          </header>
          <main>
            <Routes>
              <Route path="/" element={<Projects />} />
              <Route path="/projects/:id" element={<Project />} />
            </Routes>
          </main>
        </HashRouter>
      )}
    </ApolloProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
