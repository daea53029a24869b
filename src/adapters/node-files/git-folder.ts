import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Where git keeps what belongs to the checkout whose top is `folder`; null where it is the top of none. In worktrees
 * and submodules `.git` is a file that names another place.
 */
export function gitFolderOf(folder: string): string | null {
  const place = join(folder, '.git');
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return null;
  const named = found.isFile() ? /^gitdir: (.+?)\r?\n?$/.exec(readOrNull(place) ?? '')?.[1] : place;
  if (named === undefined) return null;
  const gitFolder = resolve(folder, named);
  return readOrNull(join(gitFolder, 'HEAD')) === null ? null : gitFolder;
}

/** The text of a small file; null where it is not there or may not be read. */
export function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
