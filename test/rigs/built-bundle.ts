import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * A program as it is shipped: the command line, or the entry file of the action. `VWMP_DIST` names a folder that is
 * already built; else the sources are built into a temporary folder named after their content, so that no test sees
 * a bundle of older sources and files that test side by side build once.
 */
export function builtProgram(name: 'cli.js' | 'index.js'): string {
  const given = process.env.VWMP_DIST;
  if (given) return existing(resolve(root, given, name));
  const folder = join(tmpdir(), `vwmp-bundle-${sourcesHash()}`);
  whileAlone(`${folder}.lock`, () => {
    if (!existsSync(folder)) build(folder);
  });
  return join(folder, 'dist', name);
}

function build(folder: string): void {
  removeForgotten();
  const beside = `${folder}.${process.pid}`;
  execFileSync(process.execPath, ['scripts/build.ts', '--out', join(beside, 'dist')], { cwd: root, stdio: 'pipe' });
  // An installation has them beside its bundles.
  cpSync(join(root, 'workflows'), join(beside, 'workflows'), { recursive: true });
  renameSync(beside, folder);
}

/** Bundles of sources that nobody has any more; those of a run beside this one are younger. */
function removeForgotten(): void {
  const dayMs = 24 * 60 * 60 * 1000;
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith('vwmp-bundle-'))) {
    const path = join(tmpdir(), name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > dayMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Of everything that the bundle is made of. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'plugins', 'workflows', 'scripts']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file));
  }
  for (const file of ['package-lock.json', 'tsconfig.base.json', 'tsconfig.build.json']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** One process at a time; a lock whose owner has died is taken over. */
function whileAlone(lock: string, work: () => void): void {
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), String(process.pid));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (!ownerLives(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function ownerLives(lock: string): boolean {
  const owner = existsSync(join(lock, 'owner')) ? Number(readFileSync(join(lock, 'owner'), 'utf8')) : 0;
  // Between the folder and its file the owner is not known yet.
  return owner === 0 || existsSync(`/proc/${owner}`);
}

function existing(program: string): string {
  if (existsSync(program)) return program;
  throw new Error(`VWMP_DIST names a folder without a bundle: there is no ${program}`);
}
