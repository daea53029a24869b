import type { TemplateContext } from '../../../../src/plugin-api/index.ts';

const mostFolders = 1000;
const deepest = 6;

/**
 * Folders that a pattern of a workspace names: `*` stands for any text in a name, `**` for any folders. What packages
 * installed and hidden folders are left out, without looking into them.
 */
export async function foldersLike(context: TemplateContext, pattern: string): Promise<readonly string[]> {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  let folders: readonly string[] = [''];
  for (const segment of segments) {
    folders = segment === '**' ? await allBelow(context, folders) : await childrenLike(context, folders, segment);
  }
  return folders.filter((folder) => folder !== '');
}

async function childrenLike(
  context: TemplateContext,
  folders: readonly string[],
  segment: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of await foldersIn(context, folder)) {
      if (matches(name, segment) && found.length < mostFolders) found.push(joined(folder, name));
    }
  }
  return found;
}

async function allBelow(context: TemplateContext, folders: readonly string[]): Promise<readonly string[]> {
  const found = [...folders];
  let level = folders;
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    level = await childrenLike(context, level, '*');
    found.push(...level);
  }
  return found.slice(0, mostFolders);
}

async function foldersIn(context: TemplateContext, folder: string): Promise<readonly string[]> {
  const names = (await context.files.list(folder === '' ? '.' : folder)).filter(
    (name) => name !== 'node_modules' && !name.startsWith('.'),
  );
  const kinds = await Promise.all(names.map((name) => context.files.stat(joined(folder, name)).catch(() => null)));
  return names.filter((_, at) => kinds[at]?.kind === 'folder');
}

/** Each part between the stars is looked for once, from left to right: linear, whatever the pattern is. */
function matches(name: string, segment: string): boolean {
  const [first = '', ...rest] = segment.split('*');
  const last = rest.pop();
  if (last === undefined) return name === segment;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const place = name.indexOf(part, at);
    if (place === -1) return false;
    at = place + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
