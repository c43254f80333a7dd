import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { pick, useGraphiQL } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect, useState } from 'react';
import { CallsPanel } from './CallsPanel';
import { examples } from './examples';
import { examplesPlugin } from './ExamplesPlugin';
import { fetcher, unauthenticated } from './fetcher';
import { Header } from './Header';
import { activate } from './runs';
import { refreshed, session, sessionHeaders, withSession } from './session';
import { takeShared } from './share';
import { SignIn } from './SignIn';
import { lastTab, storage } from './storage';
import { useStore } from './store';
import { editorTheme } from './theme';
import { useOpenTab } from './useOpenTab';

const plugins = [examplesPlugin, HISTORY_PLUGIN];

// Whoever comes for the first time finds the examples; whoever returns, the tabs as they were. GraphiQL by itself would show
// the active tab without its variables.
const first = lastTab() ?? examples[0];

export function App() {
  return (
    <GraphiQL
      initialQuery={first?.query ?? ''}
      initialVariables={first?.variables ?? ''}
      fetcher={fetcher}
      plugins={plugins}
      storage={storage}
      editorTheme={editorTheme}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      defaultTabs={examples}
      defaultHeaders={sessionHeaders()}
      defaultEditorToolsVisibility="variables"
      maxHistoryLength={50}
      schemaDescription
      inputValueDeprecation
    >
      <GraphiQL.Logo>
        <></>
      </GraphiQL.Logo>
      <Around />
    </GraphiQL>
  );
}

/** What stands around GraphiQL, and keeps it in step with the session. */
function Around() {
  const [signingIn, setSigningIn] = useState(false);
  useActiveTab();
  useEditorOptions();
  useHeaders();
  useSharedLinks();
  useEffect(() => unauthenticated.subscribe(() => setSigningIn(true)), []);
  return (
    <>
      <Header onAccount={() => setSigningIn(true)} />
      <CallsPanel />
      <SignIn open={signingIn} onClose={() => setSigningIn(false)} />
    </>
  );
}

function useActiveTab() {
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'));
  const id = tabs[activeTabIndex]?.id ?? '';
  useEffect(() => activate(id), [id]);
}

/** Fits the editors to columns that are narrow: smaller letters than GraphiQL's, and lines that wrap. */
function useEditorOptions() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) {
      editor?.updateOptions({ fontSize: 13, lineHeight: 20, wordWrap: 'on', wrappingIndent: 'indent', padding: { top: 2 } });
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}

/** Keeps the headers editor's credential that of whoever is signed in. What is typed there stays. */
function useHeaders() {
  const editor = useGraphiQL((state) => state.headerEditor);
  const current = useStore(session);
  useEffect(() => {
    if (!editor) return;
    const change = (next: string) => {
      if (next !== editor.getValue()) editor.setValue(next);
    };
    // After signing in or out. Whoever is not signed in may have put a credential there by hand.
    if (current || editor.getValue() !== '') change(current ? withSession(editor.getValue(), current) : refreshed(editor.getValue()));
    // After a tab, an example or an entry of the history has been opened: that sets the text as a whole.
    const watch = editor.onDidChangeModelContent((e) => {
      if (e.isFlush) queueMicrotask(() => change(refreshed(editor.getValue())));
    });
    return () => watch.dispose();
  }, [editor, current]);
}

/** Opens the operation of a link, now and whenever one is followed. */
function useSharedLinks() {
  const openTab = useOpenTab();
  const ready = useGraphiQL((state) => Boolean(state.queryEditor && state.variableEditor && state.headerEditor));
  useEffect(() => {
    if (!ready) return;
    const take = () => {
      const shared = takeShared();
      if (shared) openTab(shared);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [ready, openTab]);
}
