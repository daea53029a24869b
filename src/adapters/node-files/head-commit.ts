import { join, resolve } from 'node:path';
import { checkoutAround } from './find-workspace.ts';
import { gitFolderOf, readOrNull } from './git-folder.ts';

/** As deep as git follows names that stand for names. */
const mostHops = 5;
const objectName = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit that is checked out around `workspace`, read without starting git; null outside of git and in a
 * repository without commits. A repository that keeps its refs in git's `reftable` format gives null too.
 */
export function headCommit(workspace: string): string | null {
  const top = checkoutAround(workspace);
  const gitFolder = top === null ? null : gitFolderOf(top);
  if (gitFolder === null) return null;
  const common = readOrNull(join(gitFolder, 'commondir'))?.trim();
  const sharedFolder = common === undefined ? gitFolder : resolve(gitFolder, common);
  let text = readOrNull(join(gitFolder, 'HEAD'));
  for (let hop = 0; hop <= mostHops && text !== null; hop++) {
    const value = text.trim();
    if (objectName.test(value)) return value;
    const ref = /^ref: (refs\/.+)$/.exec(value)?.[1];
    if (ref === undefined || ref.split('/').includes('..')) return null;
    text = readOrNull(join(gitFolder, ref)) ?? readOrNull(join(sharedFolder, ref)) ?? packedRef(sharedFolder, ref);
  }
  return null;
}

function packedRef(sharedFolder: string, ref: string): string | null {
  const packed = readOrNull(join(sharedFolder, 'packed-refs')) ?? '';
  const line = packed.split('\n').find((each) => each.trimEnd().endsWith(` ${ref}`));
  return line === undefined ? null : (line.split(' ')[0] ?? null);
}
