// Compares two schemas as clients would: what was released, and what is served now.
//
//   node breaking.js ../../schema/released.graphql schema.graphql
//
// What breaks a client that was good fails; what may surprise one is told, and so is what has not been released yet. graphql-js
// knows which is which.
import { readFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { buildSchema, findBreakingChanges, findDangerousChanges, lexicographicSortSchema, printSchema } from 'graphql';

const [released, served] = argv.slice(2, 4).map((path) => buildSchema(readFileSync(path, 'utf8')));

const told = (changes, kind) => changes.forEach(({ type, description }) => console.log(`${kind}: ${type}: ${description}`));
const breaking = findBreakingChanges(released, served);
told(findDangerousChanges(released, served), 'may surprise a client');
told(breaking, 'breaks clients');

if (breaking.length > 0) {
  console.error(`${breaking.length} changes break clients of the released schema; CONTRIBUTING.md, "Release the schema", says what to do`);
  exit(1);
}
const [before, now] = [released, served].map((schema) => printSchema(lexicographicSortSchema(schema)));
console.log(`nothing breaks clients of the released schema${before === now ? ', which is what is served' : '; some of what is served is not released yet'}`);
