import { topLevelTexts } from './json-text.ts';
import { parseVersion, type Version } from './version.ts';

/** Where a file keeps its version. */
export interface VersionPlace {
  readonly version: Version;
  /** The version's characters, without a leading `v`. */
  readonly start: number;
  readonly end: number;
}

export type VersionSearch =
  | { readonly kind: 'found'; readonly place: VersionPlace }
  /** One sentence that says what was looked for. */
  | { readonly kind: 'refused'; readonly message: string };

interface Candidate {
  readonly text: string;
  readonly start: number;
}

/** Behind a whole value: a comment, another statement, or the end of the line. */
const endOfStatement = /^[ \t]*(?:[#;\r\n]|$)/;

/**
 * Finds the one version that a file declares: `__version__ = "…"` in Python, the key `version` of the outermost map
 * in JSON, the only line of any other file.
 */
export function findVersion(path: string, content: string): VersionSearch {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  if (ending === 'py' || ending === 'pyi') return findInPython(path, content);
  if (ending === 'json') return findInJson(path, content);
  return findInPlain(path, content);
}

/** The same content with another version at the place. */
export function withVersion(content: string, place: VersionPlace, version: string): string {
  return content.slice(0, place.start) + version + content.slice(place.end);
}

function findInPython(path: string, content: string): VersionSearch {
  for (const name of ['__version__', 'VERSION', 'version']) {
    const pattern = new RegExp(
      `^\\uFEFF?(${name}[ \\t]*(?::[^=\\n]*)?=[ \\t]*(["']))(?!\\2\\2)([^"'\\\\\\n\\r]*)\\2`,
      'gm',
    );
    const matches = [...content.matchAll(pattern)];
    if (matches.some((match) => !endOfStatement.test(content.slice(match.index + match[0].length)))) {
      return refused(`${path} puts ${name} together from several parts: write it as one text`);
    }
    const candidates = matches.map((match) => ({
      text: match[3] ?? '',
      start: match.index + match[0].length - 1 - (match[3] ?? '').length,
    }));
    if (candidates.length > 0) return only(path, candidates, `assignments of ${name}`);
  }
  return refused(`${path} has no line \`__version__ = "…"\``);
}

function findInJson(path: string, content: string): VersionSearch {
  try {
    JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused(`${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const candidates = topLevelTexts(content, 'version').map(({ start, end }) => ({
    text: content.slice(start, end),
    start,
  }));
  if (candidates.length === 0) return refused(`${path} has no text \`version\` in its outermost map`);
  return only(path, candidates, 'keys `version`');
}

function findInPlain(path: string, content: string): VersionSearch {
  const candidates = [...content.matchAll(/[^\s\uFEFF][^\n\r]*/g)].map((match) => ({
    text: match[0].trimEnd(),
    start: match.index,
  }));
  if (candidates.length === 0) return refused(`${path} is empty: write the current version into it`);
  return only(path, candidates, 'lines that are not empty');
}

function only(path: string, candidates: readonly Candidate[], what: string): VersionSearch {
  const [candidate, ...others] = candidates;
  if (candidate === undefined || others.length > 0) {
    return refused(`${path} has ${candidates.length} ${what}, so it is not clear which one is the version`);
  }
  const prefix = /^[vV]/.test(candidate.text) ? 1 : 0;
  const text = candidate.text.slice(prefix);
  const version = parseVersion(text);
  if (version === null) {
    return refused(
      `\`${candidate.text}\` in ${path} is not a version that can be raised: three parts (1.2.3, 1.2.3-rc.1) or four with an optional build (0.21.0.2+1)`,
    );
  }
  const start = candidate.start + prefix;
  return { kind: 'found', place: { version, start, end: start + text.length } };
}

function refused(message: string): VersionSearch {
  return { kind: 'refused', message };
}
