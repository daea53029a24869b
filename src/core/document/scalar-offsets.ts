import type { ScalarNode } from './source-node.ts';

/**
 * Where each character of a scalar's value stands in the text: `offsets[i]` is the place of the value's i-th code
 * unit, and one more entry the place after the last. `null` where the value cannot be followed through the text
 * (a tag changed it), so that the whole scalar is the best answer.
 *
 * The value is followed through the text once more, because decoders of YAML and JSON forget where characters came from.
 */
export function scalarOffsets(text: string, scalar: ScalarNode): readonly number[] | null {
  if (typeof scalar.value !== 'string') return null;
  const decoded = decode(text, scalar);
  if (decoded.value !== scalar.value) return null;
  decoded.offsets.push(decoded.end);
  return decoded.offsets;
}

interface Decoded {
  value: string;
  readonly offsets: number[];
  end: number;
}

function decode(text: string, scalar: ScalarNode): Decoded {
  switch (scalar.style) {
    case 'plain':
      return decodeFlow(text, scalar.start, scalar.end, 'plain');
    case 'single-quoted':
      return decodeFlow(text, scalar.start + 1, scalar.end - 1, 'single-quoted');
    case 'double-quoted':
      return decodeFlow(text, scalar.start + 1, scalar.end - 1, 'double-quoted');
    case 'json':
      return decodeFlow(text, scalar.start + 1, scalar.end - 1, 'json');
    case 'literal':
    case 'folded':
      return decodeBlock(text, scalar);
  }
}

type FlowStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'json';

/** Scalars that stand between other things on their line: line breaks inside them fold. */
function decodeFlow(text: string, start: number, end: number, style: FlowStyle): Decoded {
  const decoded: Decoded = { value: '', offsets: [], end };
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (style !== 'json' && isBreak(character)) at = foldLine(text, at, end, decoded);
    else if (style === 'single-quoted' && character === "'") at = take(decoded, "'", at, 2);
    else if ((style === 'double-quoted' || style === 'json') && character === '\\')
      at = takeEscape(text, at, end, decoded);
    else at = take(decoded, character, at, 1);
  }
  return decoded;
}

function take(decoded: Decoded, value: string, at: number, length: number): number {
  for (let i = 0; i < value.length; i++) decoded.offsets.push(at);
  decoded.value += value;
  return at + length;
}

/** One break is a space, each further one a line break; white space around them is no part of the value. */
function foldLine(text: string, start: number, end: number, decoded: Decoded): number {
  dropTrailingWhite(text, start, decoded);
  let at = start;
  let breaks = 0;
  while (at < end && /[ \t\r\n]/.test(text.charAt(at))) {
    if (text.charAt(at) === '\n') breaks++;
    at++;
  }
  return take(decoded, breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), start, at - start);
}

/** Only white space that stands there as such: what an escape made stays. */
function dropTrailingWhite(text: string, before: number, decoded: Decoded): void {
  let keep = decoded.value.length;
  for (let at = before - 1; keep > 0 && decoded.offsets[keep - 1] === at && isWhite(text.charAt(at)); at--) keep--;
  decoded.value = decoded.value.slice(0, keep);
  decoded.offsets.length = keep;
}

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const codeEscapes: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function takeEscape(text: string, at: number, end: number, decoded: Decoded): number {
  const letter = text.charAt(at + 1);
  const digits = codeEscapes.get(letter);
  if (digits !== undefined) {
    const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
    return take(decoded, code <= 0x10ffff ? String.fromCodePoint(code) : '', at, 2 + digits);
  }
  if (isBreak(letter)) return continueLine(text, at + 1, end);
  return take(decoded, namedEscapes.get(letter) ?? letter, at, 2);
}

/** An escaped line break joins two lines: neither it nor the white space after it is part of the value. */
function continueLine(text: string, start: number, end: number): number {
  let at = text.startsWith('\r\n', start) ? start + 2 : start + 1;
  while (at < end && isWhite(text.charAt(at))) at++;
  return at;
}

/**
 * Block scalars: behind the header's line stands the value, with white space added at the start of lines and changed at
 * their end. All else is unchanged, so the value is laid along the text by the characters that are not white.
 */
function decodeBlock(text: string, scalar: ScalarNode): Decoded {
  const target = typeof scalar.value === 'string' ? scalar.value : '';
  const decoded: Decoded = { value: '', offsets: [], end: scalar.end };
  const headerEnd = text.indexOf('\n', scalar.start);
  let at = headerEnd === -1 ? scalar.end : headerEnd + 1;
  let index = 0;
  while (index < target.length) {
    const gapEnd = skipWhite(target, index, target.length);
    const place = skipWhite(text, at, scalar.end);
    if (gapEnd === target.length) {
      layFromLeft(target.slice(index), text, at, place, decoded);
      break;
    }
    if (place >= scalar.end || text[place] !== target[gapEnd]) return decoded;
    layFromRight(target.slice(index, gapEnd), text, at, place, decoded);
    take(decoded, target.charAt(gapEnd), place, 1);
    at = place + 1;
    index = gapEnd + 1;
  }
  const last = decoded.offsets.at(-1);
  if (last !== undefined) decoded.end = Math.min(last + 1, scalar.end);
  return decoded;
}

function skipWhite(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (isWhite(text.charAt(at)) || isBreak(text.charAt(at)))) at++;
  return at;
}

/** White space before a character: what stands right before it belongs to the value, the indentation is left over. */
function layFromRight(white: string, text: string, start: number, end: number, decoded: Decoded): void {
  const offsets: number[] = [];
  let at = end - 1;
  for (let index = white.length - 1; index >= 0; index--) {
    if (text[at] !== white[index]) at = Math.max(text.lastIndexOf('\n', at), start);
    offsets.push(Math.max(at, start));
    if (at > start) at--;
  }
  decoded.value += white;
  decoded.offsets.push(...offsets.reverse());
}

/** White space at the end of the value: line breaks that the header cuts off stand behind it. */
function layFromLeft(white: string, text: string, start: number, end: number, decoded: Decoded): void {
  let at = start;
  for (const character of white) {
    const found = text.indexOf(character, at);
    const place = found === -1 || found >= end ? Math.min(at, end) : found;
    take(decoded, character, place, 1);
    at = Math.min(place + 1, end);
  }
}

function isBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}

function isWhite(character: string): boolean {
  return character === ' ' || character === '\t';
}
