import { formats } from './formats.ts';
import type { SchemaFault } from './schema-fault.ts';
import { numberAt, textAt } from './schema-node.ts';
import type { Keywords } from './walk.ts';

/** `minLength`, `maxLength` (in characters, an emoji of one code point is one), `pattern`, `format`. */
export const checkText: Keywords = (schema, value, path, walk) => {
  if (typeof value !== 'string') return [];
  const faults: SchemaFault[] = [];
  const fault = (keyword: string, message: string) => faults.push({ path, keyword, message });

  const shortest = numberAt(schema, 'minLength');
  const longest = numberAt(schema, 'maxLength');
  if (shortest !== null || longest !== null) {
    const length = characterCount(value);
    if (shortest !== null && length < shortest) {
      fault('minLength', `must be at least ${count(shortest, 'character')} long, not ${length}`);
    }
    if (longest !== null && length > longest) {
      fault('maxLength', `must be at most ${count(longest, 'character')} long, not ${length}`);
    }
  }
  const pattern = textAt(schema, 'pattern');
  if (pattern !== null && walk.matches(pattern, value) === false) {
    fault('pattern', `must match the pattern ${pattern}, which ${walk.describe(value)} does not`);
  }
  const format = textAt(schema, 'format');
  const known = format !== null && Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (known && !known.fits(value)) fault('format', `must be ${known.name}, not ${walk.describe(value)}`);
  return faults;
};

function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`. */
export const checkNumber: Keywords = (schema, value, path) => {
  if (typeof value !== 'number') return [];
  const faults: SchemaFault[] = [];
  for (const { keyword, breaks, words } of bounds) {
    const bound = numberAt(schema, keyword);
    if (bound !== null && breaks(value, bound)) {
      faults.push({ path, keyword, message: `must be ${words} ${bound}` });
    }
  }
  return faults;
};

const bounds: readonly {
  readonly keyword: string;
  readonly breaks: (value: number, bound: number) => boolean;
  readonly words: string;
}[] = [
  { keyword: 'minimum', breaks: (value, bound) => value < bound, words: 'at least' },
  { keyword: 'maximum', breaks: (value, bound) => value > bound, words: 'at most' },
  { keyword: 'exclusiveMinimum', breaks: (value, bound) => value <= bound, words: 'greater than' },
  { keyword: 'exclusiveMaximum', breaks: (value, bound) => value >= bound, words: 'less than' },
  { keyword: 'multipleOf', breaks: (value, bound) => !isMultiple(value, bound), words: 'a multiple of' },
];

/** 0.3 is a multiple of 0.1 for people, though not for binary fractions. */
function isMultiple(value: number, divisor: number): boolean {
  if (divisor <= 0) return true;
  const quotient = value / divisor;
  return Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.max(1, Math.abs(quotient)) * 4;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
