import type { Json, JsonList, JsonMap } from '../../model/json.ts';
import type { Call } from '../call.ts';
import { isList, isMap, nameOfKind } from '../values.ts';

/** Readers of arguments: the value in its type, or a fault that says which argument is of which other kind. */
export function textArgument(values: readonly Json[], index: number, call: Call): string {
  const value = values[index] ?? null;
  return typeof value === 'string' ? value : failKind(value, { index, call, wanted: 'text', hint: "`?? ''`" });
}

export function numberArgument(values: readonly Json[], index: number, call: Call): number {
  const value = values[index] ?? null;
  return typeof value === 'number' ? value : failKind(value, { index, call, wanted: 'a number', hint: '`?? 0`' });
}

export function integerArgument(values: readonly Json[], index: number, call: Call): number {
  const value = numberArgument(values, index, call);
  if (!Number.isInteger(value)) call.fail('argument', `takes a whole number as its ${ordinal(index, call)} argument`);
  return value;
}

export function listArgument(values: readonly Json[], index: number, call: Call): JsonList {
  const value = values[index] ?? null;
  return isList(value) ? value : failKind(value, { index, call, wanted: 'a list', hint: '`?? []`' });
}

export function mapArgument(values: readonly Json[], index: number, call: Call): JsonMap {
  const value = values[index] ?? null;
  return isMap(value) ? value : failKind(value, { index, call, wanted: 'a map' });
}

interface Mismatch {
  readonly index: number;
  readonly call: Call;
  /** Kinds that would do, for the message. */
  readonly wanted: string;
  /** What to append to a value that may be null. */
  readonly hint?: string;
}

export function failKind(value: Json, { index, call, wanted, hint }: Mismatch): never {
  const message = `takes ${wanted} as its ${ordinal(index, call)} argument, not ${nameOfKind(value)}`;
  if (value === null) return call.fail('null', message, hint && `give null another value with ${hint}`);
  return call.fail('kind', message);
}

/** A method's value stands before the dot and is not counted among its arguments. */
function ordinal(index: number, call: Call): string {
  const counted = call.name.startsWith('.') ? index - 1 : index;
  return ['first', 'second', 'third'][counted] ?? `${counted + 1}th`;
}

/** Numbers and booleans as text, lists and maps as JSON; null is a fault. */
export function textForm(value: Json, call: Call): string {
  if (typeof value === 'string') return value;
  if (value === null) return call.fail('null', 'cannot write null as text', "give null another value with `?? ''`");
  return call.jsonText(value);
}
