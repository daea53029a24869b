import type { GitStatus, HandlerContext } from '../../src/plugin-api/index.ts';

/**
 * The files that earlier steps of this run wrote, by whether git sees them as changed. Of the others it says nothing: they
 * are ignored, elsewhere, or as before. What one step wrote and a later one took away again is nothing that git could stage.
 */
export async function writtenFiles(
  context: HandlerContext,
  status: GitStatus,
): Promise<{ readonly changed: readonly string[]; readonly others: readonly string[] }> {
  const changes = new Set(status.changes.map(({ path }) => path));
  const changed: string[] = [];
  const others: string[] = [];
  for (const path of await context.changedFiles()) {
    if (path === '.vwmp' || path.startsWith('.vwmp/')) continue;
    if (changes.has(path)) changed.push(path);
    else if (await context.files.exists(path)) others.push(path);
  }
  return { changed, others };
}
