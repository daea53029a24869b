/**
 * Starts the command line with the code that an earlier start has compiled: without it, a fifth of a short command is
 * the engine compiling functions at their first call. The compile cache of Node keeps what is compiled while a module
 * loads; what is compiled later can be kept of a script only, and only when the process ends.
 *
 * Stands on modules of Node alone and is shipped as it is, beside the program that it starts.
 */
import type { Script } from 'node:vm';

// An import would read every export, and with them load modules that are made for their first use, as `fs.promises` is.
const { subscribe } = process.getBuiltinModule('node:diagnostics_channel');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } =
  process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache, getCompileCacheDir } = process.getBuiltinModule('node:module');
const { dirname, join } = process.getBuiltinModule('node:path');
const { fileURLToPath } = process.getBuiltinModule('node:url');
const vm = process.getBuiltinModule('node:vm');
const { crc32 } = process.getBuiltinModule('node:zlib');

/** What an earlier start left: the code, and the parts of the program that had run when it was kept. */
interface KeptCode {
  readonly code: Buffer;
  readonly parts: readonly string[];
}

/** What `cli-program.js` evaluates to; see `scripts/script-form.ts`. */
type Program = (
  require: NodeJS.Require,
  importModule: (specifier: string) => Promise<unknown>,
  moduleUrl: string,
) => Promise<void>;

/** Of how many builds of the program code is kept. */
const keptBuilds = 8;

const program = compiled(fileURLToPath(new URL('cli-program.js', import.meta.url)));
await program(createRequire(import.meta.url), (specifier) => import(specifier), import.meta.url);

/** A function of its own, so that what was read can be forgotten while the program runs. */
function compiled(programFile: string): Program {
  const source = readFileSync(programFile);
  const file = codeFile(source);
  const kept = file === null ? null : readKept(file);
  const script = new vm.Script(source.toString('latin1'), {
    filename: programFile,
    ...(kept !== null && { cachedData: kept.code }),
  });
  if (file !== null) keepAtExit(script, file, script.cachedDataRejected === true ? null : (kept?.parts ?? null));
  return script.runInThisContext();
}

/**
 * In Node's own cache, whose folder is one for each version of Node, its options and the user, and which Node's own
 * variables move or switch off. Each command runs other functions, so each has a file. Null: nothing is to be kept.
 */
function codeFile(source: Buffer): string | null {
  enableCompileCache();
  const folder = getCompileCacheDir();
  if (folder === undefined) return null;
  const command = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
  return join(folder, `vwmp-${crc32(source).toString(16).padStart(8, '0')}`, command);
}

/**
 * Kept code is run as it stands, so it must be our own: of a file in a folder of another user, or of one that is
 * damaged, nothing is taken. Layout: checksum of the rest, length of the parts, the parts as JSON, the code.
 */
function readKept(file: string): KeptCode | null {
  try {
    if (!isOurs(file) || !isOurs(dirname(file)) || !statSync(file).isFile()) return null;
    const content = readFileSync(file);
    if (crc32(content.subarray(4)) !== content.readUInt32LE(0)) return null;
    const codeStart = 8 + content.readUInt32LE(4);
    const parts: unknown = JSON.parse(content.toString('utf8', 8, codeStart));
    return { code: content.subarray(codeStart), parts: Array.isArray(parts) ? parts.map(String) : [] };
  } catch {
    // There is none yet, or none that can be read: this start compiles for itself.
    return null;
  }
}

function isOurs(path: string): boolean {
  return process.geteuid === undefined || statSync(path).uid === process.geteuid();
}

/**
 * Keeps the code again where a part ran that had not run before; the program says so over a channel. `known`: the parts
 * whose code this start has taken; null: none was.
 */
function keepAtExit(script: Script, file: string, known: readonly string[] | null): void {
  const parts = new Set(known);
  let hasNew = known === null;
  subscribe('vwmp:part', (part) => {
    if (parts.has(String(part))) return;
    parts.add(String(part));
    hasNew = true;
  });
  process.once('exit', () => {
    if (hasNew) keep(file, { code: script.createCachedData(), parts: [...parts] });
  });
}

/** A full disk or a folder without write access costs the next start some time, and nothing else. */
function keep(file: string, { code, parts }: KeptCode): void {
  const beside = `${file}.${process.pid}`;
  try {
    const written = Buffer.from(JSON.stringify(parts));
    const head = Buffer.alloc(8);
    head.writeUInt32LE(written.length, 4);
    head.writeUInt32LE(crc32(code, crc32(written, crc32(head.subarray(4)))), 0);
    if (mkdirSync(dirname(file), { recursive: true, mode: 0o700 })) removeOldBuilds(dirname(dirname(file)));
    writeFileSync(beside, Buffer.concat([head, written, code]), { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } catch {
    removeQuietly(beside);
  }
}

/** In a folder that is none, or belongs to another user, there is nothing to be removed either. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What is left there is in nobody's way.
  }
}

function removeOldBuilds(folder: string): void {
  const builds = readdirSync(folder)
    .filter((name) => name.startsWith('vwmp-'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of builds.slice(keptBuilds)) rmSync(path, { recursive: true, force: true });
}
