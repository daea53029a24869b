import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a file in the place of another, whose mode it keeps. Readers see the old content or the new one, never a part,
 * also when the machine stops in between.
 */
export function replaceFile(place: string, content: string | Uint8Array): void {
  const replaced = statSync(place, { throwIfNoEntry: false });
  const temporary = join(dirname(place), `.${basename(place).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    if (replaced !== undefined) chmodSync(temporary, replaced.mode & 0o7777);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
