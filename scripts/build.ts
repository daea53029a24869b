/**
 * Makes `dist/` from the sources: `tsc` into `lib/`, then one bundle for each door, with lazy parts as
 * chunks beside it. The same sources give the same bytes, wherever the checkout lies.
 *
 * Usage: node scripts/build.ts [--out DIR]
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { licencesOf } from './bundle-licences.ts';

interface Bundle {
  readonly code: string;
  readonly map?: string;
  readonly assets: {
    readonly [name: string]: { readonly source: string | Uint8Array; readonly permissions?: number };
  };
}

type Bundler = (entry: string, options: { readonly [option: string]: unknown }) => Promise<Bundle>;

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const out = resolve(root, values.out);

/** The files of `src/entry` that are bundled, and what the bundles are called. */
const entries: { readonly [entry: string]: string } = { action: 'index.js', cli: 'cli.js' };

compile();
const bundle = loadBundler();
rmSync(out, { recursive: true, force: true });
const maps: string[] = [];
for (const [entry, filename] of Object.entries(entries)) await build(entry, filename);
write('package.json', '{"type":"module"}\n');
write('licenses.txt', licencesOf(maps, root));
report();

function compile(): void {
  // What a deleted source left behind would be bundled as if it were still there.
  rmSync(join(root, 'lib'), { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/typescript7/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
    { cwd: root, stdio: 'inherit' },
  );
}

/** The package has no types. */
function loadBundler(): Bundler {
  const loaded: unknown = createRequire(import.meta.url)('@vercel/ncc');
  if (typeof loaded !== 'function') throw new Error('@vercel/ncc does not give a function');
  return loaded as Bundler;
}

async function build(entry: string, filename: string): Promise<void> {
  const { code, map, assets } = await bundle(join(root, 'lib/src/entry', `${entry}.js`), {
    filename,
    target: 'es2024',
    cache: false,
    quiet: true,
    // Only to learn which packages are in the bundle: the code is readable as it is, so maps are not shipped.
    sourceMap: true,
    sourceMapRegister: false,
  });
  write(filename, withoutMapComments(code));
  if (map) maps.push(map);
  for (const [name, { source, permissions }] of Object.entries(assets)) {
    // Every bundle brings the same type mark; it is written once, below.
    if (name === 'package.json') continue;
    if (/^[0-9a-f]{20}\.js$/.test(name)) {
      // A missing file does not fail the bundler: it writes a module that throws when it is loaded.
      throw new Error(`${filename} names a file beside the sources that the bundle cannot hold: ${textOf(source)}`);
    }
    if (name.endsWith('.map')) maps.push(textOf(source));
    else write(name, name.endsWith('.js') ? withoutMapComments(textOf(source)) : source, permissions);
  }
}

/** Every module brought its own; the maps are not shipped. */
function withoutMapComments(code: string): string {
  return code
    .replace(/^\/\/# sourceMappingURL=\S+\.map\s*$/gm, '')
    .trimEnd()
    .concat('\n');
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : Buffer.from(source).toString('utf8');
}

function write(name: string, content: string | Uint8Array, permissions?: number): void {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string' && content.includes(root))
    throw new Error(`${name} names the folder of this checkout`);
  writeFileSync(path, content);
  // Of the mode only whether it may be executed is kept by git.
  if (permissions !== undefined && permissions & 0o100) chmodSync(path, 0o755);
}

function report(): void {
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== '')
    .sort();
  for (const name of names) {
    const { size } = statSync(join(out, name));
    console.log(`${String(Math.ceil(size / 1024)).padStart(6)} KiB  ${name}`);
  }
}
