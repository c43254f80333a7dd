// The editors in the page's colours. GraphiQL's own themes mark with pink what the rest of the page marks with blue.
import * as monaco from 'monaco-graphql/esm/monaco-editor.js';

export const editorTheme = { light: 'ccube-light', dark: 'ccube-dark' };

interface Colours {
  surface: string;
  accent: string;
  variable: string;
  comment: string;
  lines: string;
}

function define(name: string, base: string, { surface, accent, variable, comment, lines }: Colours) {
  const soft = `${accent}22`;
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      { token: 'argument.identifier.gql', foreground: variable },
      { token: 'comment', foreground: comment },
    ],
    colors: {
      'editor.background': '#ffffff00',
      'scrollbar.shadow': '#ffffff00',
      'editorWidget.background': surface,
      'editorHoverWidget.background': surface,
      'editorSuggestWidget.background': surface,
      'editorSuggestWidget.selectedBackground': soft,
      'editorSuggestWidget.selectedForeground': accent,
      'editorWidget.resizeBorder': accent,
      'editorLink.activeForeground': accent,
      'textLink.foreground': accent,
      'textLink.activeForeground': accent,
      'list.hoverBackground': soft,
      'list.highlightForeground': accent,
      'list.focusHighlightForeground': accent,
      'menu.background': surface,
      'menu.selectionBackground': soft,
      'menu.selectionForeground': accent,
      'quickInput.background': surface,
      'quickInputList.focusBackground': soft,
      'toolbar.hoverBackground': soft,
      'editorLineNumber.foreground': lines,
      'editorLineNumber.activeForeground': accent,
      focusBorder: accent,
    },
  });
}

define(editorTheme.light, 'vs', { surface: '#ffffff', accent: '#1d56c9', variable: '#6b3fc0', comment: '#4d6b50', lines: '#5f6b80' });
define(editorTheme.dark, 'vs-dark', { surface: '#212a3b', accent: '#7eb0ff', variable: '#b79bf2', comment: '#8fb58a', lines: '#8f9bb0' });
