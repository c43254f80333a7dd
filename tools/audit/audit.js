// Audits the gateway at the address against GraphQL over HTTP, by the audits of graphql-http:
//
//   node audit.js http://127.0.0.1:8080/graphql
//
// Every audit has to pass, those that the specification only recommends too.
import { auditServer } from "graphql-http";

const all = 61; // fewer would mean that the audits have changed
const results = await auditServer({ url: process.argv[2] });
const failed = results.filter((r) => r.status !== "ok");
for (const { id, name, reason } of failed) console.error(`${id} ${name}: ${reason}`);
console.log(`${results.length - failed.length} of ${results.length} audits pass`);
process.exit(failed.length === 0 && results.length === all ? 0 : 1);
