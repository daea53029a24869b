import { isJsonMap, type Json } from '../model/json.ts';
import type { SchemaType } from '../model/schema.ts';

const longestQuote = 60;

/** A value in a message: its kind, and what it is where that is short. */
export function describeValue(value: Json): string {
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  return kindOf(value);
}

/** The kind alone: for values that must not be shown. */
export function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'text';
  return isJsonMap(value) ? 'a map' : 'a list';
}

/** A text in double quotes, cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}

/** A value as it would stand in a document, cut where it is long. */
export function writeValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** `"a", "b" or "c"`. */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

export function typeName(type: string): string {
  return Object.hasOwn(typeNames, type) ? typeNames[type as SchemaType] : `of type ${type}`;
}

const typeNames: { readonly [T in SchemaType]: string } = {
  null: 'null',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  string: 'text',
  array: 'a list',
  object: 'a map',
};
