/**
 * Starts the command line with the code that an earlier start has compiled: without it, a fifth of a short command is
 * the engine compiling functions at their first call. The compile cache of Node keeps what is compiled while a module
 * loads; what is compiled later can be kept of a script only, and only when the process ends.
 *
 * Stands on modules of Node alone and is shipped as it is, beside the program that it starts.
 */
import type { Script } from 'node:vm';

// An import would read every export, and with them load modules that are made for their first use, as `fs.promises` is.
const { hash } = process.getBuiltinModule('node:crypto');
const { subscribe } = process.getBuiltinModule('node:diagnostics_channel');
const {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache, getCompileCacheDir } = process.getBuiltinModule('node:module');
const { dirname, join } = process.getBuiltinModule('node:path');
const { fileURLToPath } = process.getBuiltinModule('node:url');
const vm = process.getBuiltinModule('node:vm');

/** What an earlier start left. */
interface KeptCode {
  readonly code: Buffer;
  /** The parts of the program that had run when it was kept. */
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

/** A file: hash of all that follows, length of the parts, the parts as JSON, and the code where the engine can use it. */
const hashLength = 32;
const partsStart = hashLength + 4;
const codeStartAfter = (partsEnd: number) => Math.ceil(partsEnd / 16) * 16;

const program = compiled(fileURLToPath(new URL('cli-program.js', import.meta.url)));
await program(createRequire(import.meta.url), (specifier) => import(specifier), import.meta.url);

/** A function of its own, so that what was read can be forgotten while the program runs. */
function compiled(programFile: string): Program {
  const bytes = readFileSync(programFile);
  const source = bytes.toString('latin1');
  const file = codeFile(programFile, source);
  const kept = file === null ? null : readKept(file, bytes);
  const script = new vm.Script(source, {
    filename: programFile,
    ...(kept !== null && { cachedData: kept.code }),
  });
  if (file !== null) keepAtExit(script, file, script.cachedDataRejected === true ? null : (kept?.parts ?? null));
  return script.runInThisContext();
}

/**
 * In Node's own cache, whose folder is one for each version of Node, its options and the user, and which Node's own
 * variables move or switch off. Each command runs other functions, so each has a file. Which build it is of the program
 * says itself (`scripts/build.ts`), for to work it out costs as much as to read it; one that was changed by hand since is
 * told by its time. Null: nothing is to be kept.
 */
function codeFile(programFile: string, source: string): string | null {
  enableCompileCache();
  const folder = getCompileCacheDir();
  const build = /^\/\* build ([0-9a-f]{16}) \*\//.exec(source)?.[1];
  if (folder === undefined || build === undefined) return null;
  const writtenAt = Math.round(statSync(programFile).mtimeMs).toString(36);
  const command = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
  return join(folder, `vwmp-${build}-${writtenAt}`, command);
}

/**
 * Kept code is run as it stands, so it must be our own: of a file in a folder of another user, or of one that is
 * damaged, nothing is taken. `memory` is free to be written over.
 */
function readKept(file: string, memory: Buffer): KeptCode | null {
  try {
    if (!isOurs(file) || !isOurs(dirname(file)) || !statSync(file).isFile()) return null;
    const content = readInto(memory, file);
    if (hashOf(content.subarray(hashLength)) !== content.toString('hex', 0, hashLength)) return null;
    const partsEnd = partsStart + content.readUInt32LE(hashLength);
    const parts: unknown = JSON.parse(content.toString('utf8', partsStart, partsEnd));
    const code = content.subarray(codeStartAfter(partsEnd));
    return { code, parts: Array.isArray(parts) ? parts.map(String) : [] };
  } catch {
    // There is none yet, or none that can be read: this start compiles for itself.
    return null;
  }
}

/** What the file holds, put into the memory where it fits: to get as much anew takes longer than to read it. */
function readInto(memory: Buffer, file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    if (fstatSync(descriptor).size > memory.length) return readFileSync(descriptor);
    let length = 0;
    for (let read = -1; read !== 0; length += read) read = readSync(descriptor, memory, { offset: length });
    return memory.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function hashOf(bytes: Buffer): string {
  return hash('sha256', bytes);
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
    const partsEnd = partsStart + written.length;
    const content = Buffer.alloc(codeStartAfter(partsEnd) + code.length);
    content.writeUInt32LE(written.length, hashLength);
    written.copy(content, partsStart);
    code.copy(content, codeStartAfter(partsEnd));
    content.write(hashOf(content.subarray(hashLength)), 'hex');
    if (mkdirSync(dirname(file), { recursive: true, mode: 0o700 })) removeOldBuilds(dirname(dirname(file)));
    writeFileSync(beside, content, { mode: 0o600, flag: 'wx' });
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
