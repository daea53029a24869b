/**
 * Writes the reference pages from the single sources of what they say: schemas, catalogs, command records, manifests.
 * `--check` writes nothing and fails where a committed page is not what its source gives.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { actionPage } from './reference/action-page.ts';
import { commandLinePage } from './reference/command-line-page.ts';
import { expressionsPage } from './reference/expressions-page.ts';
import { handlersPage } from './reference/handlers-page.ts';
import { languagePage } from './reference/language-page.ts';
import { diagnosticsPage, exitCodesPage } from './reference/outcomes-page.ts';

const folder = new URL('../docs/reference/', import.meta.url);

const pages: { readonly [name: string]: string } = {
  'language.md': languagePage(),
  'expressions.md': expressionsPage(),
  'handlers.md': handlersPage(),
  'command-line.md': commandLinePage(),
  'action.md': actionPage(new URL('../action.yml', import.meta.url)),
  'diagnostics.md': diagnosticsPage(),
  'exit-codes.md': exitCodesPage(),
};

const files = { ...pages, 'README.md': index() };
if (process.argv.includes('--check')) check();
else write();

function index(): string {
  const lines = Object.entries(pages).map(([name, text]) => `- [${titleOf(text)}](${name})`);
  return [
    '# Reference',
    '',
    'Made by `npm run generate` from the sources. The [guide](../guide/README.md) says how to use it.',
    '',
    ...lines,
    '',
  ].join('\n');
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? '';
}

function check(): void {
  const stale = Object.entries(files).flatMap(([name, text]) => (committed(name) === text ? [] : [name]));
  const unknown = namesIn().filter((name) => !(name in files));
  for (const name of stale) console.error(`docs/reference/${name} is stale: run node scripts/generate-reference.ts`);
  for (const name of unknown) console.error(`docs/reference/${name} has no source: delete it`);
  if (stale.length + unknown.length > 0) process.exitCode = 1;
  else console.log(`reference: ${Object.keys(files).length} pages are up to date`);
}

function write(): void {
  mkdirSync(folder, { recursive: true });
  for (const name of namesIn()) if (!(name in files)) rmSync(new URL(name, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
  console.log(`reference: ${Object.keys(files).length} pages written`);
}

function committed(name: string): string | null {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    // A page that is not there is as stale as one that says something else.
    return null;
  }
}

function namesIn(): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md'));
  } catch {
    // Before the first run there is no folder.
    return [];
  }
}
