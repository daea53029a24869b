/**
 * Makes `dist/` from the sources: `tsc` into `lib/`, then one bundle for each door, with packages that are loaded late as
 * chunks beside it. The command line is a script with a small module before it, which starts it with code that an
 * earlier start compiled. The same sources give the same bytes, wherever the checkout lies.
 *
 * Usage: node scripts/build.ts [--out DIR] [--check]
 *
 * `--check` builds into a temporary folder and fails where `dist/` differs.
 */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Script } from 'node:vm';
import { licencesOf } from './bundle-licences.ts';
import { scriptForm } from './script-form.ts';

interface Bundle {
  readonly code: string;
  readonly map?: string;
  readonly assets: {
    readonly [name: string]: { readonly source: string | Uint8Array; readonly permissions?: number };
  };
}

type Bundler = (entry: string, options: { readonly [option: string]: unknown }) => Promise<Bundle>;

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist' }, check: { type: 'boolean', default: false } },
});
const out = values.check ? mkdtempSync(join(tmpdir(), 'dist-')) : resolve(root, values.out);

/** The files of `src/entry` that are bundled, and what the bundles are called. */
const entries: { readonly [entry: string]: { readonly file: string; readonly as: 'module' | 'script' } } = {
  action: { file: 'index.js', as: 'module' },
  'plugin-host': { file: 'plugin-host.js', as: 'module' },
  spawner: { file: 'spawner.js', as: 'module' },
  cli: { file: 'cli-program.js', as: 'script' },
};

compile();
rewrite(keptTogether);
rewrite(asModules);
const bundle = loadBundler();
rmSync(out, { recursive: true, force: true });
const maps: string[] = [];
for (const [entry, { file, as }] of Object.entries(entries)) await build(entry, file, as);
// It stands on modules of Node alone, so there is nothing to bundle.
write('cli.js', withoutMapComments(readFileSync(join(root, 'lib/src/entry/start-cli.js'), 'utf8')));
write('package.json', '{"type":"module"}\n');
write('licenses.txt', licencesOf(maps, root));
if (values.check) compare();
else report();

function compile(): void {
  // What a deleted source left behind would be bundled as if it were still there.
  rmSync(join(root, 'lib'), { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/typescript7/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
    { cwd: root, stdio: 'inherit' },
  );
}

/** Changes what was compiled before it is bundled. Nothing to change is an error: the change would be lost unseen. */
function rewrite(change: (code: string, file: string) => string): void {
  let count = 0;
  for (const name of filesOf(join(root, 'lib')).filter((file) => file.endsWith('.js'))) {
    const path = join(root, 'lib', name);
    const code = readFileSync(path, 'utf8');
    const changed = change(code, path);
    if (changed === code) continue;
    writeFileSync(path, changed);
    count += 1;
  }
  if (count === 0) throw new Error(`${change.name} finds nothing to change any more`);
}

/**
 * Own code that is loaded when it is needed stays in one file with the rest, though nothing of it runs before it is asked
 * for: the parts are many and small, and of the command line's script alone compiled code is kept for the next start.
 */
function keptTogether(code: string): string {
  return code.replace(/\bimport\((?=['"]\.)/g, 'import(/* webpackMode: "eager" */ ');
}

/**
 * The package `yaml` gives Node a hundred small CommonJS modules, and others the same as ES modules, which the bundler
 * joins with our own code: a start evaluates 56 modules less.
 */
function asModules(code: string, file: string): string {
  const place = relative(dirname(file), join(root, 'node_modules/yaml/browser/dist/index.js')).replaceAll('\\', '/');
  return code.replace(/(?<=\bfrom )(['"])yaml\1/g, `'${place}'`);
}

/** The package has no types. */
function loadBundler(): Bundler {
  const loaded: unknown = createRequire(import.meta.url)('@vercel/ncc');
  if (typeof loaded !== 'function') throw new Error('@vercel/ncc does not give a function');
  return loaded as Bundler;
}

async function build(entry: string, filename: string, as: 'module' | 'script'): Promise<void> {
  const { code, map, assets } = await bundle(join(root, 'lib/src/entry', `${entry}.js`), {
    filename,
    target: 'es2024',
    cache: false,
    quiet: true,
    // Only to learn which packages are in the bundle: the code is readable as it is, so maps are not shipped.
    sourceMap: true,
    sourceMapRegister: false,
  });
  const text = asciiOnly(withoutMapComments(code));
  write(filename, as === 'script' ? checkedScript(named(scriptForm(text)), filename) : text);
  if (map) maps.push(map);
  for (const [name, { source, permissions }] of Object.entries(assets)) {
    // Every bundle brings the same type mark; it is written once, below.
    if (name === 'package.json') continue;
    if (/^[0-9a-f]{20}\.js$/.test(name)) {
      // A missing file does not fail the bundler: it writes a module that throws when it is loaded.
      throw new Error(`${filename} names a file beside the sources that the bundle cannot hold: ${textOf(source)}`);
    }
    if (name.endsWith('.map')) maps.push(textOf(source));
    else write(name, name.endsWith('.js') ? asciiOnly(withoutMapComments(textOf(source))) : source, permissions);
  }
}

/** With a mark of its own before it, by which a start finds the code that an earlier start of this build has kept. */
function named(code: string): string {
  return `/* build ${hash('sha256', code).slice(0, 16)} */${code}`;
}

/** Compiles it, so that a build fails where a start would. */
function checkedScript(code: string, filename: string): string {
  return new Script(code, { filename }) && code;
}

/** Every module brought its own; the maps are not shipped. */
function withoutMapComments(code: string): string {
  return code
    .replace(/^\/\/# sourceMappingURL=\S+\.map\s*$/gm, '')
    .trimEnd()
    .concat('\n');
}

/**
 * One character outside Latin-1 makes the engine keep the whole text in two bytes a character, and read it slower at
 * every start. Such characters stand only in strings, templates and patterns, where an escape means the same.
 */
function asciiOnly(code: string): string {
  return code.replace(
    /[^\n\x20-\x7e\t]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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

/** The files of a folder, by name. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function compare(): void {
  const committed = join(root, 'dist');
  const names = [...new Set([...filesOf(committed), ...filesOf(out)])].sort();
  const different = names.filter((name) => {
    const [there, here] = [join(committed, name), join(out, name)];
    return !existsSync(there) || !existsSync(here) || !readFileSync(there).equals(readFileSync(here));
  });
  rmSync(out, { recursive: true, force: true });
  if (names.length < 4) throw new Error(`only ${names.length} files were compared`);
  for (const name of different) console.error(`dist/${name} is not what the sources build`);
  console.log(`dist: ${names.length} files compared, ${different.length} differ`);
  process.exitCode = different.length > 0 ? 1 : 0;
}

function report(): void {
  const names = filesOf(out);
  for (const name of names) {
    const { size } = statSync(join(out, name));
    console.log(`${String(Math.ceil(size / 1024)).padStart(6)} KiB  ${name}`);
  }
}
