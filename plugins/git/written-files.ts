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

/** By whether git sees them as changed. Of the others it says nothing: they are ignored, elsewhere, or as before. */
export async function writtenChanges(
  context: HandlerContext,
  status: GitStatus,
): Promise<{ readonly changed: readonly string[]; readonly others: readonly string[] }> {
  const changes = changedPaths(status);
  const written = await writtenFiles(context, status);
  return {
    changed: written.filter((path) => changes.has(path)),
    others: written.filter((path) => !changes.has(path)),
  };
}

function changedPaths({ changes }: GitStatus): ReadonlySet<string> {
  return new Set(changes.map(({ path }) => path));
}
