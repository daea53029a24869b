import type { LinearPattern } from '../../../../src/plugin-api/index.ts';
import { isDigits, smallNumber } from '../numbers.ts';
import type { PatternVersion } from '../version.ts';
import { formatGroups } from './pattern-format.ts';
import type { GroupKind, PatternParts } from './pattern-parts.ts';

type Groups = PatternVersion['groups'];
type GroupValue = Groups[string];

/** Reads and writes versions of one pattern. */
export interface PatternText {
  parse(text: string): PatternVersion | null;
  /** `null` where the groups cannot be written so that they read back as they are. */
  write(groups: Groups): PatternVersion | null;
}

export function patternText(parts: PatternParts, pattern: LinearPattern): PatternText {
  const read = (text: string): Groups | null => {
    const match = pattern.firstMatch(text);
    return match === null ? null : groupsIn(parts, match.named);
  };
  const write = (groups: Groups): PatternVersion | null => {
    const text = formatGroups(parts.pieces, groups);
    const again = text === null ? null : read(text);
    if (text === null || again === null) return null;
    const same = parts.order.every((name) => again[name] === groups[name]);
    return same ? { scheme: 'pattern', text, groups } : null;
  };
  return {
    write,
    parse(text) {
      const groups = read(text);
      return groups === null ? null : write(groups);
    },
  };
}

function groupsIn(parts: PatternParts, named: { readonly [name: string]: string | null }): Groups | null {
  const groups: [string, GroupValue][] = [];
  for (const [name, kind] of parts.kinds) {
    const value = valueIn(kind, named[name] ?? '');
    if (value === undefined) return null;
    groups.push([name, value]);
  }
  return Object.fromEntries(groups);
}

/** `undefined` where a group of this kind cannot have the text. */
function valueIn(kind: GroupKind, text: string): GroupValue | undefined {
  switch (kind.kind) {
    case 'number':
      if (text === '') return null;
      return isDigits(text) ? (smallNumber(text) ?? undefined) : undefined;
    case 'values':
      if (!kind.values.includes(text)) return undefined;
      return text === '' ? null : text;
    case 'text':
      return text === '' ? null : text;
  }
}
