// Drives the built page in a real browser, against a gateway over its sandbox.
//
//   GATEWAY=http://127.0.0.1:8080 npm run drive
import assert from 'node:assert/strict';
import { env } from 'node:process';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const server = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'warn' });
const home = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const wrong = [];
  const asked = []; // the operations: name and variables
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return;
    const { operationName, variables } = request.postDataJSON();
    asked.push([operationName, variables]);
  });
  const rows = page.locator('#root > ul > li');

  await page.goto(home);
  await page.getByLabel('Email').fill('admin@example.com');
  await page.getByLabel('Password').fill('sandbox-admin');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await rows.nth(4).waitFor();
  assert.deepEqual(asked.at(-1), ['ProjectsQuery', {}]);
  console.log('good: a query');

  await page.getByRole('button', { name: 'Show more' }).click();
  await rows.nth(9).waitFor();
  const names = await rows.evaluateAll((all) => all.map((row) => row.ariaLabel));
  assert.equal(new Set(names).size, 10);
  assert.equal(asked.at(-1)[0], 'ProjectsNextPageQuery');
  assert.ok(asked.at(-1)[1].after, 'by cursor');
  console.log('good: the page behind it');

  const row = rows.nth(7);
  await row.getByRole('button', { name: 'Notes' }).click();
  await row.getByRole('button', { name: 'Add' }).waitFor();
  const [name, { nodeId }] = asked.at(-1);
  assert.equal(name, 'ProjectsRefreshQuery');
  assert.match(nodeId, /^[\w-]+$/);
  console.log('good: one object again, by its nodeId');

  await row.getByRole('button', { name: 'Add' }).click();
  await row.getByText('cannot be blank').waitFor();
  await row.getByLabel('New note').fill('Rappeler le client mardi.');
  await row.getByRole('button', { name: 'Add' }).click();
  await row.getByText('Rappeler le client mardi.').waitFor();
  assert.equal(await rows.count(), 10, 'the list stays');
  console.log('good: a mutation');

  assert.deepEqual(wrong, []);
} finally {
  await browser.close();
  await server.close();
}
