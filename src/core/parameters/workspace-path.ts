/**
 * Why a path may not be used, as the end of a sentence that begins with the path's name; `null` where it stays inside
 * the workspace as far as its text can tell. Symbolic links are looked at where files are opened.
 */
export function workspacePathFault(path: string): string | null {
  if (path === '') return 'must be a path, not empty text';
  if (path.includes('\0')) return 'must be a path, which never holds a NUL character';
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return 'must be relative to the workspace, not an absolute path';
  let depth = 0;
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    if (depth < 0) return 'leaves the workspace';
  }
  return null;
}

/** A path inside `workspace` that was given as an absolute one, relative to it; any other path as it is. */
export function relativeToWorkspace(path: string, workspace: string): string {
  const folder = workspace.endsWith('/') ? workspace : `${workspace}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}
