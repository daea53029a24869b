import type { GitStatus, HandlerContext } from '../../src/plugin-api/index.ts';

/**
 * The files that earlier steps of this run wrote. What one of them wrote and a later one took away again is nothing that
 * git could stage.
 */
export async function writtenFiles(context: HandlerContext, status: GitStatus): Promise<readonly string[]> {
  const changed = changedPaths(status);
  const written: string[] = [];
  for (const path of await context.changedFiles()) {
    if (path === '.vwmp' || path.startsWith('.vwmp/')) continue;
    if (changed.has(path) || (await context.files.exists(path))) written.push(path);
  }
  return written;
}

/** Those of them that differ from head. Git does not know the others as changes: they are ignored, or as before. */
export async function writtenChanges(context: HandlerContext, status: GitStatus): Promise<readonly string[]> {
  const changed = changedPaths(status);
  return (await writtenFiles(context, status)).filter((path) => changed.has(path));
}

function changedPaths({ changes }: GitStatus): ReadonlySet<string> {
  return new Set(changes.map(({ path }) => path));
}
