import { type DocumentNode, emptyMapNode, entryText, type MapNode } from './document-node.ts';
import { readJson } from './json-document.ts';
import type { KeyPath } from './key-path.ts';
import { lookUp } from './key-places.ts';
import { refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

/**
 * The versions of the root package: one in `lockfileVersion` 1, two in 2 and 3. With `package` the one version of a
 * package of the workspace, by its folder or its name.
 */
export function findInNpmLock(target: SettledTarget, content: string): Search {
  const root = readJson(content);
  const written = formatOfLock(root, content);
  if (written === null) {
    return refused(`${target.path} is no lock file of npm that is known here: \`lockfileVersion\` must be 1, 2 or 3`);
  }
  const ofRoot = written === 1 ? [['version']] : [['version'], ['packages', '', 'version']];
  if (target.package === null) return placesAt(target, content, root, ofRoot);
  if (written === 1) {
    return refused(`${target.path} has \`lockfileVersion\` 1, which has no entries for packages of a workspace`);
  }
  const folder = folderOf(packagesIn(root), target.package, content);
  if (typeof folder !== 'string') return refused(`${target.path} has ${folder.problem} \`${target.package}\``);
  return placesAt(target, content, root, folder === '' ? ofRoot : [['packages', folder, 'version']]);
}

function placesAt(target: SettledTarget, content: string, root: DocumentNode, paths: readonly KeyPath[]): Search {
  const places: TextPlace[] = [];
  for (const path of paths) {
    const shown = path.map((part) => `${part}` || '""').join(' › ');
    const lookup = lookUp(root, path);
    switch (lookup.kind) {
      case 'text':
        places.push({
          start: lookup.node.start,
          end: lookup.node.end,
          text: content.slice(lookup.node.start, lookup.node.end),
        });
        break;
      case 'repeated':
        return refused(`${target.path} has the key \`${lookup.name}\` twice, so it is not clear which ${shown} counts`);
      case 'missing':
        return refused(
          `${target.path} has no ${shown}: run \`npm install\` after a version was written into package.json`,
        );
      case 'inherited':
      case 'other':
        return refused(`${shown} in ${target.path} must be a text`);
    }
  }
  places.sort((a, b) => a.start - b.start);
  return { kind: 'found', places, what: 'versions of that package', usual: paths.length };
}

/** 1, 2 or 3; `null` where the document names none of them. */
function formatOfLock(root: DocumentNode, content: string): number | null {
  if (root.kind !== 'map') return null;
  const node = root.entries.get('lockfileVersion');
  if (node?.kind !== 'number') return null;
  const version = content.slice(node.start, node.end);
  return ['1', '2', '3'].includes(version) ? Number(version) : null;
}

function packagesIn(root: DocumentNode): MapNode {
  const packages = root.kind === 'map' ? root.entries.get('packages') : undefined;
  return packages?.kind === 'map' ? packages : emptyMapNode();
}

/** The folder of a package of the workspace, from its folder, its link or its name. */
function folderOf(packages: MapNode, wanted: string, content: string): string | { readonly problem: string } {
  if (packages.entries.has(wanted) && isOwn(wanted)) return wanted;
  const link = packages.entries.get(`node_modules/${wanted}`);
  const linked = link?.kind === 'map' && link.entries.has('link') ? entryText(link, 'resolved', content) : null;
  if (linked !== null && packages.entries.has(linked)) return linked;
  const named = [...packages.entries].filter(
    ([folder, entry]) => isOwn(folder) && entry.kind === 'map' && entryText(entry, 'name', content) === wanted,
  );
  const [only, ...others] = named;
  if (only === undefined) return { problem: 'no package of the workspace with the folder or the name' };
  return others.length === 0 ? only[0] : { problem: `${named.length} packages of the workspace with the name` };
}

function isOwn(folder: string): boolean {
  return !/(?:^|\/)node_modules\//.test(folder);
}
