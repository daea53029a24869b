import { absent, elsewhere, firstOf, found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

interface Entry {
  /** With its section before it: `metadata.version`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** More lines belong to it. */
  isLong: boolean;
}

const lines = /([^\r\n]*)(?:\r\n|[\r\n]|$)/y;
const section = /^\[([^\]]*)\][ \t]*(?:[#;].*)?$/;

/** Finds the value of a key: `section.key`, or just `key` in files without sections, as `.properties` are. */
export function findInIni(target: SettledTarget, content: string): Search {
  const isProperties = target.path.toLowerCase().endsWith('.properties');
  const entries = readEntries(content, isProperties);
  return firstOf(target.path, target.keys, (key) => {
    const name = plainName(key);
    const named = entries.filter((entry) => entry.name === name);
    if (named.length === 0) return absent(`${target.path} has no \`${key}\``);
    if (named.some((entry) => entry.isLong)) {
      return refused(`\`${key}\` in ${target.path} runs over several lines, and it must be a text on one line`);
    }
    const places = named.map((entry) => placeOf(entry, content));
    return pointer(target, key, places) ?? found(places, `places of \`${key}\``);
  });
}

/** Names of sections may have dots and blanks: quotes around them, as in other formats, mean nothing here. */
function plainName(key: string): string {
  return key.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? '');
}

function readEntries(content: string, isProperties: boolean): readonly Entry[] {
  const entries: Entry[] = [];
  let name = '';
  let last: Entry | null = null;
  let before = '';
  for (let at = content.startsWith('\uFEFF') ? 1 : 0; at < content.length; at = lines.lastIndex) {
    lines.lastIndex = at;
    const line = lines.exec(content)?.[1] ?? '';
    // In `.properties` the line before says with a backslash that it goes on, elsewhere the line is indented.
    const isMore = isProperties ? /\\$/.test(before) : /^[ \t]+[^\s#;]/.test(line);
    before = line;
    if (last !== null && isMore) {
      last.isLong = true;
      continue;
    }
    if (/^[ \t]*(?:[#;!].*)?$/.test(line)) {
      if (isProperties || line.trim() === '') last = null;
      continue;
    }
    const header = isProperties ? null : section.exec(line);
    if (header !== null) name = `${header[1]}.`;
    last = header === null ? entryOf(line, at, name) : null;
    if (last !== null) entries.push(last);
  }
  return entries;
}

function entryOf(line: string, lineStart: number, section: string): Entry | null {
  const separator = /[=:]/.exec(line)?.index;
  if (separator === undefined) return null;
  const start = separator + 1;
  return {
    name: section + line.slice(0, separator).trim(),
    start: lineStart + start,
    end: lineStart + line.length,
    isLong: false,
  };
}

/** Without blanks, quotes and a comment behind the value. */
function placeOf(entry: Entry, content: string): TextPlace {
  const raw = content.slice(entry.start, entry.end);
  const bare = raw.slice(0, / [#;]|\t[#;]/.exec(raw)?.index).trimEnd();
  const quoted = /^[ \t]*(["'])([^"']*)\1$/.exec(bare)?.[2];
  const text = quoted ?? bare.trimStart();
  const start = entry.start + bare.length - text.length - (quoted === undefined ? 0 : 1);
  return { start, end: start + text.length, text };
}

function pointer(target: SettledTarget, key: string, places: readonly TextPlace[]): Search | null {
  const place = places.find(({ text }) => /^(?:attr|file):|%\(|\$\{/.test(text));
  if (place === undefined) return null;
  return elsewhere(
    `\`${key}\` in ${target.path} points elsewhere (\`${place.text}\`): name the file that holds the version itself`,
  );
}
