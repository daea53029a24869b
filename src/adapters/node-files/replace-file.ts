import { randomBytes } from 'node:crypto';
import { chmod, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a file in the place of another, whose mode it keeps. Readers see the old content or the new one, never a part,
 * also when the machine stops in between.
 */
export async function replaceFile(place: string, content: string | Uint8Array): Promise<void> {
  const replaced = await stat(place).catch(() => null);
  const temporary = join(dirname(place), `.${basename(place).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    if (replaced !== null) await chmod(temporary, replaced.mode & 0o7777);
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
