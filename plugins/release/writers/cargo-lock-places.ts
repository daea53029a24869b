import { entryText, type MapNode } from './document-node.ts';
import { found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import { readToml } from './toml-document.ts';

/** The entry of a package of the workspace itself: one with its name and without a source. */
export function findInCargoLock(target: SettledTarget, content: string): Search {
  const name = target.package ?? '';
  const packages = readToml(content).entries.get('package');
  const entries = (packages?.kind === 'list' ? packages.items : []).filter(
    (entry): entry is MapNode => entry.kind === 'map' && entryText(entry, 'name', content) === name,
  );
  const own = entries.filter((entry) => !entry.entries.has('source'));
  const [entry, ...others] = own;
  if (entry === undefined) {
    const foreign = entries.length > 0 ? ', only one that comes from elsewhere' : '';
    return refused(
      `${target.path} has no package \`${name}\` of this workspace${foreign}: set \`package\` to its name`,
    );
  }
  if (others.length > 0) {
    return refused(
      `${target.path} has ${own.length} packages \`${name}\` without a source, so it is not clear which one is meant`,
    );
  }
  const version = entry.entries.get('version');
  if (version?.kind !== 'text' || entry.repeated !== null) {
    return refused(`the package \`${name}\` in ${target.path} has not exactly one version that is a text`);
  }
  const text = content.slice(version.start, version.end);
  return found([{ start: version.start, end: version.end, text }], `versions of \`${name}\``);
}
