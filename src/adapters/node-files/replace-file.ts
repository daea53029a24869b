import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a file in the place of another, whose mode it keeps. Readers see the old content or the new one, never a part,
 * also when the machine stops in between. What a process that was killed in between left beside it goes with the next one.
 */
export function replaceFile(place: string, content: string | Uint8Array): void {
  const replaced = statSync(place, { throwIfNoEntry: false });
  const [folder, beginning] = [dirname(place), `.${basename(place).slice(0, 40)}.`];
  const temporary = join(folder, `${beginning}${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    if (replaced !== undefined) chmodSync(temporary, replaced.mode & 0o7777);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  removeLeft(folder, beginning);
}

function removeLeft(folder: string, beginning: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const owner = name.startsWith(beginning) ? /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(beginning.length)) : null;
      if (owner !== null && !isAtWork(Number(owner[1]))) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // The file itself is in its place.
  }
}

/** This process writes one file after the other, so none is being written now: what bears its number is of an earlier one. */
function isAtWork(owner: number): boolean {
  if (owner === process.pid) return false;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
