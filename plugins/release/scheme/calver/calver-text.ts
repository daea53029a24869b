import { plainNumber } from '../numbers.ts';
import type { CalverModifier, CalverVersion } from '../version.ts';
import { daysInMonth } from './calendar.ts';
import type { CalverFormat, DateUnit } from './calver-format.ts';

/** Reads versions of one format; `null` for other texts, and for days that no calendar has. */
export function calverReader(format: CalverFormat): (text: string) => CalverVersion | null {
  const sources = format.pieces.map((piece) =>
    piece.kind === 'field' ? `(${piece.field.spelling.source})` : `\\${piece.text}`,
  );
  const pattern = new RegExp(`^${sources.join('')}${modifierSource(format.modifier)}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return null;
    const numbers = format.fields.map(({ spelling }, at) => Number(match[at + 1]) + spelling.from);
    const version = calverOf(format, numbers, modifierIn(match.groups ?? {}));
    return isDay(format, numbers) ? version : null;
  };
}

/** The record with its text. */
export function calverOf(
  format: CalverFormat,
  fields: readonly number[],
  modifier: CalverModifier | null,
): CalverVersion {
  const numbers = fields.values();
  const text = format.pieces.map((piece) => {
    if (piece.kind === 'separator') return piece.text;
    const { from, width } = piece.field.spelling;
    return String((numbers.next().value ?? 0) - from).padStart(width, '0');
  });
  return { scheme: 'calver', text: text.join('') + modifierText(format, modifier), fields, modifier };
}

function modifierSource(separator: string | null): string {
  if (separator === null) return '';
  const before = separator === '' ? '' : `\\${separator}`;
  return `(?:${before}(?<name>[A-Za-z]+)(?:(?<dot>\\.)?(?<number>${plainNumber}))?)?`;
}

function modifierIn(groups: { readonly [name: string]: string | undefined }): CalverModifier | null {
  const name = groups.name;
  if (name === undefined) return null;
  const number = groups.number;
  return { name, dotted: groups.dot !== undefined, number: number === undefined ? null : Number(number) };
}

function modifierText(format: CalverFormat, modifier: CalverModifier | null): string {
  if (modifier === null) return '';
  return `${format.modifier ?? ''}${modifier.name}${modifier.dotted ? '.' : ''}${modifier.number ?? ''}`;
}

function isDay(format: CalverFormat, numbers: readonly number[]): boolean {
  const numberOf = (unit: DateUnit): number | undefined =>
    numbers[format.fields.findIndex((field) => field.kind === 'date' && field.unit === unit)];
  return (numberOf('day') ?? 1) <= daysInMonth(numberOf('year') ?? 0, numberOf('month') ?? 1);
}
