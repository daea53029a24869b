import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { FileFailure, fileFailure } from './file-failure.ts';

/** As many as Linux follows before it gives up. */
const mostLinks = 40;

/** Whether `resolveInside` would take the path. */
export function staysInside(root: string, path: string): boolean {
  try {
    resolveInside(root, path);
    return true;
  } catch (error) {
    if (error instanceof FileFailure) return false;
    throw error;
  }
}

/**
 * The absolute path that `path` means inside `root`, every link on the way and at its end resolved; what does not
 * exist yet is taken as written. `root` is absolute and free of links. Throws a `FileFailure` of kind `permission`
 * for a path that leads outside at any of its parts, even if it would come back.
 */
export function resolveInside(root: string, path: string): string {
  if (path.includes('\0')) throw new FileFailure('permission', 'A path never holds a NUL character.');
  const outside = () => new FileFailure('permission', `"${path}" leads out of the workspace.`);
  const start = segmentsInside(root, path);
  if (start === null) throw outside();
  const pending = [...start].reverse();
  let reached: string[] = [];
  let links = 0;
  for (let segment = pending.pop(); segment !== undefined; segment = pending.pop()) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (reached.pop() === undefined) throw outside();
      continue;
    }
    const place = join(root, ...reached, segment);
    if (!statOf(place, path)?.isSymbolicLink()) {
      reached.push(segment);
      continue;
    }
    if (++links > mostLinks) throw new FileFailure('not-found', `"${path}" leads through links in a circle.`);
    const target = readlinkSync(place);
    const way = segmentsInside(root, target);
    if (way === null) throw outside();
    if (isAbsolute(target)) reached = [];
    pending.push(...[...way].reverse());
  }
  return join(root, ...reached);
}

/** Segments from the root for an absolute path, from wherever one stands for another; null where it is outside. */
function segmentsInside(root: string, path: string): readonly string[] | null {
  if (!isAbsolute(path)) return path.split(sep === '/' ? '/' : /[/\\]/);
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way.split(sep);
}

function statOf(place: string, path: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    // Under a file there is nothing, which whoever opens the path will say better.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw fileFailure(error, path);
  }
}
