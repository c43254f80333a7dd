// Bundles the IDE into dist/, which ../pack makes assets.zip of; `make ide` does both.
//
// Names are hashes of contents, so that browsers may keep the files for ever; manifest.json says which of them the page
// starts with. Equal sources give equal bytes: nothing in here asks for the time, the machine or the path.
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const out = 'dist';

// Editors run in workers: one for what all languages share, one each for the two that the IDE speaks.
const workers = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { ide: 'src/main.tsx', ...workers },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  metafile: true,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  // GraphiQL asks for the parsers by names that hold CommonJS, out of which a bundle gets no parsers: prettify would do nothing.
  alias: { 'prettier/parser-graphql': 'prettier/plugins/graphql', 'prettier/parser-babel': 'prettier/plugins/babel' },
  loader: { '.graphql': 'text', '.vars': 'text', '.ttf': 'file', '.woff2': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  // Licences go into a file of their own, below.
  legalComments: 'none',
  logLevel: 'warning',
});

const outputs = metafile.outputs;
const entries = Object.entries(outputs).filter(([, o]) => o.entryPoint);
const script = find('src/main.tsx');
const manifest = {
  script: basename(script),
  style: basename(outputs[script].cssBundle),
  preload: outputs[script].imports.filter((i) => i.kind === 'import-statement').map((i) => basename(i.path)).sort(),
  workers: Object.fromEntries(Object.entries(workers).map(([name, source]) => [name, basename(find(`node_modules/${source}`))])),
};
const notices = await licences();
manifest.licences = `licences-${createHash('sha256').update(notices).digest('hex').slice(0, 8).toUpperCase()}.txt`;
await writeFile(join(out, manifest.licences), notices);
await writeFile(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2));
await dropUnused();

// find returns the output that an entry became.
function find(source) {
  return entries.find(([, o]) => o.entryPoint === source)[0];
}

// dropUnused deletes the style sheets of chunks: the page's own has all of them.
async function dropUnused() {
  for (const name of await readdir(out)) {
    if (name.endsWith('.css') && name !== manifest.style) await rm(join(out, name));
  }
}

// licences collects the licences of all packages that something of got into the bundle.
async function licences() {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) packages.add(folder);
  }
  const texts = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).sort().find((f) => /^(licen[cs]e|copying)/i.test(f));
    const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : '';
    texts.push(`${name} ${version} (${license})\n\n${text}`);
  }
  return texts.join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}
