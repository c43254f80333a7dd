// What the bundler makes of files that are no code.

declare module '*.graphql' {
  const text: string;
  export default text;
}

declare module '*.vars' {
  const text: string;
  export default text;
}

declare module '*.css';

// Monaco with the two languages that the IDE speaks. It comes without types of its own.
declare module 'monaco-graphql/esm/monaco-editor.js' {
  export const editor: { defineTheme(name: string, theme: unknown): void };
}

// Numbers as they were written (not in the compiler's library yet). Browsers that lack it show 3500.10 as 3500.1.
interface JSON {
  rawJSON?(text: string): unknown;
}
