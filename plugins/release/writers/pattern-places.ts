import { compilePattern, type LinearPattern, type PatternMatch, PluginFailure } from '../../../src/plugin-api/index.ts';
import { absent, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

/** What `{version}` stands for: it begins with a digit, perhaps after a `v`, and ends with a letter or digit. */
const versionText = '[vV]?[0-9][0-9A-Za-z]*(?:[-.+_!~]+[0-9A-Za-z]+)*';

/** A pattern with its place, since a match alone does not tell where it stands. */
interface PlacedPattern {
  /** Matches from the very start of a text. */
  readonly first: LinearPattern;
  /** The same behind one character that is passed, so that `^` and `\b` see what stands before. */
  readonly next: LinearPattern;
  /** What stands in the match before the version; `null` where only the pattern knows. */
  readonly lead: string | null;
}

interface Match {
  readonly start: number;
  readonly text: string;
  /** Empty where the group took no part. */
  readonly version: string;
}

/** Finds each match of a pattern with the group `version`, or of a text with `{version}` in it. */
export async function findByPattern(target: SettledTarget, content: string): Promise<Search> {
  const source = target.pattern ?? '';
  const pattern = await compiled(source);
  if (typeof pattern === 'string') return refused(`${pattern} (for ${target.path})`);
  const most = (target.count ?? 1) + 1;
  const places: TextPlace[] = [];
  for (const match of matches(pattern, content, most)) {
    if (match.version === '') return refused(`the pattern \`${source}\` matches in ${target.path} without a version`);
    const offset = placeInMatch(match.text, match.version, pattern.lead);
    if (offset === null) {
      return refused(
        `the pattern \`${source}\` matches \`${match.text}\` in ${target.path}, where \`${match.version}\` stands more than once: make it match less before the group`,
      );
    }
    const start = match.start + offset;
    places.push({ start, end: start + match.version.length, text: match.version });
  }
  if (places.length === 0) return absent(`the pattern \`${source}\` matches nothing in ${target.path}`);
  const what = `matches of \`${source}\``;
  return { kind: 'found', places, what, usual: 1, ...(places.length === most && { cut: true }) };
}

async function compiled(source: string): Promise<PlacedPattern | string> {
  const isExpression = /\(\?P?<version>/.test(source);
  if (!isExpression && !source.includes('{version}')) {
    return `the pattern \`${source}\` has neither a group \`(?<version>…)\` nor \`{version}\` in it`;
  }
  const [lead = '', ...rest] = source.split('{version}');
  if (!isExpression && rest.length > 1) return `the pattern \`${source}\` has \`{version}\` in it more than once`;
  const body = isExpression ? source : `${escaped(lead)}(?<version>${versionText})${escaped(rest[0] ?? '')}`;
  try {
    // Checked alone first: a stray bracket must not close the group that is put around it.
    await compilePattern(body);
    return {
      first: await compilePattern(`\\A((?s:.*?))(${body})`),
      next: await compilePattern(`\\A((?s:..*?))(${body})`),
      lead: isExpression ? null : lead,
    };
  } catch (error) {
    if (error instanceof PluginFailure) return error.message;
    throw error;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** At most so many: each search looks through the rest of the text. */
function* matches(pattern: PlacedPattern, content: string, most: number): Generator<Match> {
  let from = content.startsWith('\uFEFF') ? 1 : 0;
  for (let count = 0; count < most; count++) {
    const rest = content.slice(from);
    const match = (count === 0 ? pattern.first : pattern.next).firstMatch(rest);
    if (match === null) return;
    const start = from + (match.groups[0] ?? '').length;
    const text = match.groups[1] ?? '';
    yield { start, text, version: withoutLineEnd(match, text, content.charAt(start + text.length)) };
    from = Math.max(start + text.length - 1, start);
  }
}

/** `.*` and `$` of a pattern know no carriage return, but one before a line feed is no part of any version. */
function withoutLineEnd(match: PatternMatch, text: string, next: string): string {
  const version = match.named['version'] ?? '';
  return version.endsWith('\r') && (next === '\n' || text.includes(`${version}\n`)) ? version.slice(0, -1) : version;
}

/** Where the version begins in its match; `null` where that is not clear. */
function placeInMatch(text: string, version: string, lead: string | null): number | null {
  if (lead !== null) return lead.length;
  const first = text.indexOf(version);
  return first === text.lastIndexOf(version) ? first : null;
}
