import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Failure } from '../../core/model/failure.ts';
import { err, ok, type Result } from '../../core/model/result.ts';

/**
 * The absolute folder that `path` names, symlinks resolved. It must be a folder inside `workspace`, which is itself
 * absolute and resolved.
 */
export function workingFolder(workspace: string, path: string): Result<string, Failure> {
  if (path.includes('\0')) return refused('configuration', 'The working directory holds a NUL character.');
  const resolved = realPath(resolve(workspace, path));
  if (resolved === null)
    return refused('not-found', `The working directory "${path}" does not exist in the workspace.`);
  if (!isInside(workspace, resolved)) {
    return refused('configuration', `The working directory "${path}" leads out of the workspace.`);
  }
  if (!statSync(resolved).isDirectory())
    return refused('configuration', `The working directory "${path}" is no folder.`);
  return ok(resolved);
}

/** Of a path that does not exist nothing is said but that, wherever it would be. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function refused(kind: Failure['kind'], message: string): Result<string, Failure> {
  return err({ kind, message });
}
