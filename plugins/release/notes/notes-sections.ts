import { isJsonList, isJsonMap, type Json } from '../../../src/plugin-api/index.ts';
import type { NotesSection, NotesStyle } from './notes-model.ts';

const conventional: readonly NotesSection[] = [
  shown('breaking', '⚠ BREAKING CHANGES'),
  shown('feat', 'Features'),
  shown('fix', 'Bug Fixes'),
  shown('perf', 'Performance'),
  shown('revert', 'Reverts'),
];

/** The six kinds of Keep a Changelog in its order. */
const keepAChangelog: readonly NotesSection[] = [
  shown('feat', 'Added'),
  shown('perf', 'Changed'),
  shown('refactor', 'Changed'),
  // A breaking change of a type that has no section of its own has to be seen all the same.
  shown('breaking', 'Changed'),
  shown('deprecate', 'Deprecated'),
  shown('revert', 'Removed'),
  shown('remove', 'Removed'),
  shown('fix', 'Fixed'),
  shown('security', 'Security'),
];

export function defaultSections(style: NotesStyle): readonly NotesSection[] {
  switch (style) {
    case 'conventional':
      return conventional;
    case 'keep-a-changelog':
      return keepAChangelog;
    case 'seed':
      return [];
  }
}

/** What the conventional style calls the types that it lists only where they release something. */
const conventionalRest: readonly NotesSection[] = [
  shown('docs', 'Documentation'),
  shown('style', 'Styles'),
  shown('refactor', 'Code Refactoring'),
  shown('test', 'Tests'),
  shown('build', 'Build System'),
  shown('ci', 'Continuous Integration'),
  shown('chore', 'Miscellaneous Chores'),
];

/**
 * Where changes of these types belong which are in none of the given sections: among those that are not conventional,
 * else where the style has them. Types that it knows come first.
 */
export function restSections(
  types: readonly string[],
  sections: readonly NotesSection[],
  style: NotesStyle,
): readonly NotesSection[] {
  if (style === 'seed') return [];
  const others = sections.find(({ type, hidden }) => type === '*' && !hidden)?.title;
  const known = [...defaultSections(style), ...conventionalRest];
  const missing = types.filter((type) => sections.every((section) => section.type !== type));
  const ranked = [...known.map(({ type }) => type).filter((type) => missing.includes(type)), ...missing];
  return [...new Set(ranked)].map((type) => shown(type, others ?? restTitle(type, style)));
}

function restTitle(type: string, style: NotesStyle): string {
  const own = [...defaultSections(style), ...(style === 'conventional' ? conventionalRest : [])];
  const title = own.find((section) => section.type === type)?.title;
  return title ?? (style === 'conventional' ? 'Other Changes' : 'Changed');
}

export type SectionsAnswer =
  | { readonly kind: 'sections'; readonly sections: readonly NotesSection[] }
  /** One sentence a mistake. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** Reads `[{ type: feat, title: Features }, { type: chore, hidden: true }]`; a title is wanted where it is shown. */
export function readSections(value: Json): SectionsAnswer {
  if (!isJsonList(value)) return { kind: 'wrong', problems: ['`sections` has to be a list'] };
  const sections: NotesSection[] = [];
  const problems: string[] = [];
  for (const [at, entry] of value.entries()) {
    const type = isJsonMap(entry) ? entry.type : undefined;
    const title = isJsonMap(entry) ? entry.title : undefined;
    const hidden = isJsonMap(entry) && entry.hidden === true;
    if (typeof type !== 'string' || type.trim() === '') problems.push(`\`sections[${at}]\` has no \`type\``);
    else if (hidden) sections.push({ type: type.trim().toLowerCase(), title: '', hidden });
    else if (typeof title !== 'string' || title.trim() === '') {
      problems.push(`\`sections[${at}]\` has no \`title\`: give one, or set \`hidden: true\``);
    } else sections.push(shown(type.trim().toLowerCase(), title.replace(/\s+/g, ' ').trim()));
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'sections', sections };
}

function shown(type: string, title: string): NotesSection {
  return { type, title, hidden: false };
}
