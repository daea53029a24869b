import { entryText, type MapNode } from './document-node.ts';
import { refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';
import { readToml } from './toml-document.ts';

/**
 * The entry of a package of the workspace itself, which is one with its name and without a foreign source, and the
 * dependencies that name the version beside the name, as Cargo does where there is another package of that name. Lock files
 * of uv have the same form.
 */
export function findInCargoLock(target: SettledTarget, content: string): Search {
  const name = target.package ?? '';
  const packages = readToml(content).entries.get('package');
  const all = (packages?.kind === 'list' ? packages.items : []).filter((entry) => entry.kind === 'map');
  const entries = all.filter((entry) => entryText(entry, 'name', content) === name);
  const own = entries.filter(isOwn);
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
  const places = [
    { start: version.start, end: version.end, text },
    ...all.flatMap((each) => referencesIn(each, content, { name, version: text })),
  ].sort((a, b) => a.start - b.start);
  return { kind: 'found', places, what: `versions of \`${name}\``, usual: 'some' };
}

/** Cargo gives packages of the workspace no source, uv one that says how they are installed from it. */
function isOwn({ entries }: MapNode): boolean {
  const source = entries.get('source');
  return source === undefined || (source.kind === 'map' && ownSources.some((name) => source.entries.has(name)));
}

const ownSources = ['editable', 'virtual'];

/** Where an entry asks for this version by name; one from elsewhere has its source behind it in old lock files. */
function referencesIn(
  entry: MapNode,
  content: string,
  { name, version }: { readonly name: string; readonly version: string },
): readonly TextPlace[] {
  const dependencies = entry.entries.get('dependencies');
  const items = dependencies?.kind === 'list' ? dependencies.items : [];
  return items.flatMap((item) =>
    item.kind === 'text' && content.slice(item.start, item.end) === `${name} ${version}`
      ? [{ start: item.end - version.length, end: item.end, text: version }]
      : [],
  );
}
