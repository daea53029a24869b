import { err, ok, type Result } from '../result.ts';
import type { PatternConfig } from '../version-scheme.ts';
import { type FormatPiece, groupNames, parsePatternFormat, sectionOf } from './pattern-format.ts';

export type GroupKind =
  | { readonly kind: 'number' }
  /** An empty text stands for a group that takes no part. */
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'text' };

/** What a configuration says of its groups, checked. */
export interface PatternParts {
  readonly pieces: readonly FormatPiece[];
  readonly kinds: ReadonlyMap<string, GroupKind>;
  readonly increments: readonly string[];
  /** Every group, the most significant first. */
  readonly order: readonly string[];
  readonly reset: ReadonlyMap<string, number | string>;
}

/** Brings the groups of a pattern and the rest of its configuration together; the error is one sentence. */
export function patternParts(config: PatternConfig, groups: readonly string[]): Result<PatternParts, string> {
  const parsed = parsePatternFormat(config.format);
  if (!parsed.ok) return parsed;
  const pieces = parsed.value;
  const written = groupNames(pieces);
  const texts = config.texts ?? [];
  const values = new Map(Object.entries(config.values ?? {}));
  const reset = new Map(Object.entries(config.reset ?? {}));
  const increments = config.increments ?? written.filter((name) => !texts.includes(name));
  const mentioned = [...values.keys(), ...texts, ...reset.keys(), ...increments];
  const fault =
    namesFault(config.format, groups, written, mentioned) ??
    valuesFault(values, texts, pieces) ??
    incrementsFault(increments, texts);
  if (fault !== null) return err(fault);
  const kinds = new Map(written.map((name) => [name, kindOf(name, values, texts)]));
  const unfit = [...reset].find(([name, value]) => !fits(kinds.get(name), value));
  if (unfit !== undefined) return err(`the group \`${unfit[0]}\` can never be \`${unfit[1]}\`: correct its \`reset\``);
  const order = [...increments, ...written.filter((name) => !increments.includes(name))];
  return ok({ pieces, kinds, increments, order, reset });
}

function namesFault(
  format: string,
  groups: readonly string[],
  written: readonly string[],
  mentioned: readonly string[],
): string | null {
  if (groups.length === 0) return 'the pattern has no named group: write its parts as `(?<name>…)`';
  const unwritten = groups.find((name) => !written.includes(name));
  if (unwritten !== undefined) return `the format \`${format}\` leaves out the group \`${unwritten}\` of the pattern`;
  const unknown = [...written, ...mentioned].find((name) => !groups.includes(name));
  if (unknown !== undefined) return `the pattern has no group \`${unknown}\`: its groups are ${groups.join(', ')}`;
  const twice = written.find((name, at) => written.indexOf(name) !== at);
  return twice === undefined ? null : `the format \`${format}\` writes the group \`${twice}\` more than once`;
}

function valuesFault(
  values: ReadonlyMap<string, readonly string[]>,
  texts: readonly string[],
  pieces: readonly FormatPiece[],
): string | null {
  const optional = pieces.flatMap((piece) => (piece.kind === 'section' ? groupNames(piece.pieces) : []));
  for (const [name, list] of values) {
    if (texts.includes(name)) return `the group \`${name}\` stands in both \`values\` and \`texts\`: choose one`;
    if (list.length === 0 || new Set(list).size < list.length) {
      return `the values of the group \`${name}\` have to be a list with no text twice`;
    }
    if (list.includes('') && !optional.includes(name)) {
      return `the group \`${name}\` can be empty, so the format has to have \`[…]\` around it`;
    }
    const rival = sectionOf(pieces, name).find((other) => other !== name && values.has(other));
    if (rival !== undefined)
      return `the groups \`${name}\` and \`${rival}\` share one \`[…]\`: only one may have values`;
  }
  return null;
}

function incrementsFault(increments: readonly string[], texts: readonly string[]): string | null {
  if (increments.length === 0) return 'no group of the pattern can be raised: leave one out of `texts`';
  const twice = increments.find((name, at) => increments.indexOf(name) !== at);
  if (twice !== undefined) return `the group \`${twice}\` stands in \`increments\` more than once`;
  const text = increments.find((name) => texts.includes(name));
  return text === undefined ? null : `the group \`${text}\` takes any text, so it cannot be in \`increments\``;
}

function kindOf(name: string, values: ReadonlyMap<string, readonly string[]>, texts: readonly string[]): GroupKind {
  const list = values.get(name);
  if (list !== undefined) return { kind: 'values', values: list };
  return texts.includes(name) ? { kind: 'text' } : { kind: 'number' };
}

function fits(kind: GroupKind | undefined, value: number | string): boolean {
  switch (kind?.kind) {
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    case 'values':
      return typeof value === 'string' && kind.values.includes(value);
    case 'text':
      return typeof value === 'string' && value !== '';
    case undefined:
      return false;
  }
}
