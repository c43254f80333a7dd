import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback } from 'react';
import type { Shared } from './share';

/** Returns what opens a tab with an operation in it, and does not run it. */
export function useOpenTab(): (operation: Shared) => void {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  return useCallback(
    ({ query, variables }) => {
      addTab();
      variableEditor?.setValue(variables ?? '');
      queryEditor?.setValue(query);
      queryEditor?.focus();
    },
    [addTab, queryEditor, variableEditor],
  );
}
