// Drives the built page in a real browser, against a gateway over its sandbox.
//
//   GATEWAY=http://127.0.0.1:8080 npm run drive
//
// CHROMIUM names the browser (/usr/bin/chromium), SCREENSHOTS a folder for pictures of each step.
import assert from 'node:assert/strict';
import { env, exit } from 'node:process';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const server = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'warn' });
const { port } = server.httpServer.address();
const home = `http://127.0.0.1:${port}`;
const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** open opens the page as somebody would who has never been there, and notes whatever goes wrong. */
async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.wrong = [];
  page.asked = []; // the operations, by name
  page.on('console', (message) => message.type() === 'error' && page.wrong.push(message.text()));
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith('data:')) page.wrong.push(`asks ${request.url()}`);
    if (request.url() === `${home}/graphql`) page.asked.push(request.postDataJSON().operationName);
  });
  await page.goto(home);
  return page;
}

async function picture(page, name) {
  if (env.SCREENSHOTS) await page.screenshot({ path: `${env.SCREENSHOTS}/${name}.png`, fullPage: true });
}

async function signIn(page, password, email = 'admin@example.com') {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const rows = (page) => page.locator('main > .rows > li');

/** mistake returns what stands at a field, as somebody who cannot see it is told. */
async function mistake(page, label) {
  const input = page.getByLabel(label, { exact: true });
  const id = await input.and(page.locator('[aria-invalid=true]')).getAttribute('aria-describedby');
  return page.locator(`[id="${id}"]`).textContent();
}

const steps = {
  async 'a wrong password is told'(page) {
    await signIn(page, 'wrong');
    await page.getByText('does not accept this email and password').waitFor();
    await picture(page, 'sign-in');
  },

  async 'the list is read page by page'(page) {
    await signIn(page, 'sandbox-admin');
    await page.getByText('200 projects').waitFor();
    assert.equal(await rows(page).count(), 20);
    await picture(page, 'projects');
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows(page).nth(39).waitFor();
    const numbers = await rows(page).locator('strong').allTextContents();
    assert.equal(new Set(numbers).size, 40);
  },

  async 'search and stage narrow it, and stand in the address'(page) {
    await page.getByLabel('Search').fill('desjardins');
    await page.getByText(/^[1-9] projects/).waitFor();
    for (const row of await rows(page).allTextContents()) assert.match(row.toLowerCase(), /desjardins|p-/);
    assert.match(page.url(), /search=desjardins/);
    await page.getByLabel('Stage').selectOption({ index: 1 });
    await page.waitForURL(/stage=\d/);
    await page.getByLabel('Stage').selectOption('');
    await page.getByLabel('Search').fill('P-2024-178');
    await page.getByText('1 project', { exact: true }).waitFor();
  },

  async 'a project is one request'(page) {
    page.asked.length = 0;
    await rows(page).first().click();
    await page.getByRole('heading', { name: 'P-2024-178' }).waitFor();
    await page.getByRole('article', { name: 'INV-1244' }).getByText('Location de nacelle, par jour').waitFor();
    assert.deepEqual(page.asked, ['Project']);
    await picture(page, 'project');
  },

  async 'a note is added, once it says something'(page) {
    page.asked.length = 0;
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('cannot be blank').waitFor();
    assert.match(await mistake(page, 'New note'), /cannot be blank/);
    await page.getByLabel('New note').fill('Rappeler le client lundi.');
    await page.getByRole('button', { name: 'Add note' }).click();
    const first = page.locator('.note').first();
    await first.getByText('Rappeler le client lundi.').waitFor();
    assert.deepEqual(page.asked, ['AddNote', 'AddNote'], 'the cache takes the note as it is');
  },

  async 'an invoice is written, once it is right'(page) {
    await page.getByRole('button', { name: 'New invoice' }).click();
    const form = page.getByRole('form', { name: 'New invoice' });
    await form.getByLabel('Bill to').locator('option').first().waitFor({ state: 'attached' });
    await form.getByLabel('Subject').fill('Travaux supplémentaires');
    await form.getByLabel('Description').fill('Peinture');
    await form.getByLabel('Quantity').fill('two');
    await form.getByLabel('Unit price').fill('120.10');
    await form.getByRole('button', { name: 'Create invoice' }).click();
    await form.locator('.mistake').first().waitFor();
    assert.match(await mistake(page, 'Number'), /cannot be blank/);
    assert.match(await mistake(page, 'Quantity'), /number/);
    await picture(page, 'invoice-refused');

    await form.getByLabel('Number').fill('INV-1244'); // taken
    await form.getByLabel('Quantity').fill('2.5');
    await form.getByRole('button', { name: 'Create invoice' }).click();
    await form.getByText('taken').waitFor();
    assert.match(await mistake(page, 'Number'), /taken/);

    await form.getByLabel('Number').fill('INV-9001');
    await form.getByRole('button', { name: 'Create invoice' }).click();
    const bill = page.getByRole('article', { name: 'INV-9001' });
    await bill.getByText('Peinture').waitFor();
    assert.match(await bill.textContent(), /2\.5.*\$120\.10.*\$300\.25/);
    assert.equal(await form.count(), 0);
    await picture(page, 'invoice');
  },

  async 'signing out forgets the credential'(page) {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
  },

  async 'a credential that is refused leads back to the form'(page) {
    await page.evaluate(() => sessionStorage.setItem('authorization', 'Token wrong,user_email=admin@example.com'));
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  },
};

let failed = 0;
try {
  const page = await open({});
  for (const [name, step] of Object.entries(steps)) {
    await step(page);
    console.log(`good: ${name}`);
  }
  const technician = await open({});
  await signIn(technician, 'sandbox-technicien', 'technicien@example.com');
  await technician.getByText(/^\d+ projects$/).waitFor();
  await technician.goto(`${home}/#/projects/1099`);
  await technician.getByRole('region', { name: 'Invoices' }).getByText('Cannot be shown.').waitFor();
  assert.equal(await technician.getByText('does not let you do this with invoices').count(), 1, 'once');
  await technician.getByText('Rappeler le client lundi.').waitFor();
  await picture(technician, 'technician');
  console.log('good: who may see less sees the rest');

  const phone = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true, hasTouch: true });
  await signIn(phone, 'sandbox-admin');
  await phone.getByText('200 projects').waitFor();
  await picture(phone, 'phone-projects');
  await phone.goto(`${home}/#/projects/1099`);
  await phone.getByRole('article', { name: 'INV-9001' }).waitFor();
  await phone.getByRole('button', { name: 'New invoice' }).click();
  await picture(phone, 'phone-project');
  assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing is wider than the phone');
  console.log('good: a phone, in the dark');
  assert.deepEqual([...page.wrong, ...technician.wrong, ...phone.wrong], []);
  console.log('good: no error, and no request to anybody else');
} catch (error) {
  console.error(error);
  for (const context of browser.contexts()) for (const page of context.pages()) {
    console.error(page.url(), page.wrong);
    await picture(page, 'failed');
  }
  failed = 1;
} finally {
  await browser.close();
  await server.close();
}
exit(failed);
