// Queries 1 to 3 of the benchmark for Mesh, which composes the supergraph that Hive Gateway serves. http://ccube.invalid stands
// for the upstream; the benchmark replaces it.
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const object = (title, properties) => ({ type: 'object', title, properties });
const list = (title, items) => ({ type: 'array', title, items });

const query = (field, path, args, responseSchema) => ({
  type: 'Query',
  field,
  method: 'GET',
  path,
  argTypeMap: Object.fromEntries(args.map((name) => [name, integer])),
  responseSchema,
});

const project = object('Project', {
  id: integer,
  number: text,
  status: text,
  work_start: text,
  call_notes: text,
  stage: object('Stage', { name: text }),
});
const invoice = object('Invoice', { id: integer, number: text, total: number });
const detail = object('InvoiceDetail', {
  lines: list('Lines', object('Line', { description: text, quantity: number, total: number })),
  client: object('Client', { name: text, email: text }),
});

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('CCUBE', {
        endpoint: 'http://ccube.invalid',
        operationHeaders: { Authorization: '{context.headers.authorization}' },
        operations: [
          query('projects', '/api/v2/projects?page={args.page}&per_page={args.perPage}', ['page', 'perPage'], list('Projects', project)),
          query('invoices', '/api/v2/invoices?page={args.page}&per_page={args.perPage}', ['page', 'perPage'], list('Invoices', invoice)),
          query(
            'projectNotes',
            '/api/v2/notes?notable_type=Project&notable_id={args.id}&page=1&per_page=100',
            ['id'],
            list('Notes', object('Note', { id: integer, body: text })),
          ),
          query('invoiceDetail', '/api/v2/invoices/{args.id}', ['id'], detail),
        ],
      }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type Project {
      notes: [Note]
        @resolveTo(sourceName: "CCUBE", sourceTypeName: "Query", sourceFieldName: "projectNotes", requiredSelectionSet: "{ id }", sourceArgs: { id: "{root.id}" })
    }
    extend type Invoice {
      detail: InvoiceDetail
        @resolveTo(sourceName: "CCUBE", sourceTypeName: "Query", sourceFieldName: "invoiceDetail", requiredSelectionSet: "{ id }", sourceArgs: { id: "{root.id}" })
    }
  `,
});
