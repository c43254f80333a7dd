import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // In a project of your own: schema.graphql from `ccube-graphql -print-schema`, or the address of a gateway.
  schema: '../../schema/released.graphql',
  documents: 'src/**/*.tsx',
  ignoreNoDocuments: true,
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'read' } },
      config: {
        strictScalars: true,
        scalars: {
          ID: { input: 'string', output: 'string' },
          Date: 'string',
          DateTime: 'string',
          // A JSON number. As input its digits may also come as text, and are passed on as they are.
          Decimal: { input: 'number | string', output: 'number' },
        },
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
    // Which types are a Node: the cache has to know.
    'src/gql/possibleTypes.ts': {
      plugins: ['fragment-matcher'],
    },
  },
};

export default config;
