import { compilePattern } from '../expression/pattern.ts';
import { suggest } from '../expression/suggest.ts';
import { isJsonMap, type Json } from '../model/json.ts';
import type { ParameterDeclaration, ParameterType, ParameterValidation } from '../model/workflow.ts';
import { checkValue } from '../schema/check-value.ts';
import { describeValue, kindOf, orList, quote } from '../schema/describe-value.ts';
import { isIsoDate } from '../schema/formats.ts';
import { count } from '../schema/scalar-keywords.ts';
import type { TextFault } from './parse-text.ts';
import { workspacePathFault } from './workspace-path.ts';

/**
 * The ways in which a value does not fit a parameter's type, options and validation. Messages have no subject, and
 * tell nothing of the value where the parameter is secret.
 */
export function checkParameterValue(declaration: ParameterDeclaration, value: Json): readonly TextFault[] {
  const wrongType = checkKind(declaration, value);
  if (wrongType !== null) return [wrongType];
  return [
    ...checkBounds(declaration.validation, value),
    ...checkPattern(declaration, value),
    ...checkAgainstSchema(declaration, value),
  ];
}

function checkKind(declaration: ParameterDeclaration, value: Json): TextFault | null {
  const shown = declaration.secret ? kindOf(value) : describeValue(value);
  const rule = kinds[declaration.type];
  if (!rule.fits(value)) {
    const hint = kindHint(declaration.type, value);
    return { message: `must be ${rule.name}, not ${shown}`, ...(hint === null ? {} : { hint }) };
  }
  if (declaration.type === 'enum') return checkOption(declaration, String(value), shown);
  if (declaration.type === 'date' && !isIsoDate(String(value))) {
    return { message: `must be a date such as 2026-11-21, not ${shown}` };
  }
  const fault = declaration.type === 'file' ? workspacePathFault(String(value)) : null;
  return fault === null ? null : { message: fault, hint: 'name a file inside the workspace' };
}

const isText = (value: Json) => typeof value === 'string';

const kinds: { readonly [T in ParameterType]: { readonly name: string; readonly fits: (value: Json) => boolean } } = {
  string: { name: 'text', fits: isText },
  textarea: { name: 'text', fits: isText },
  enum: { name: 'one of the options, a text', fits: isText },
  date: { name: 'a date as text', fits: isText },
  file: { name: 'a path as text', fits: isText },
  number: { name: 'a number', fits: (value) => typeof value === 'number' },
  integer: { name: 'a whole number', fits: (value) => Number.isSafeInteger(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  array: { name: 'a list', fits: (value) => Array.isArray(value) },
  object: { name: 'a map', fits: isJsonMap },
};

function kindHint(type: ParameterType, value: Json): string | null {
  if (value === null) return 'leave the parameter out to give it no value';
  const takesText = kinds[type].fits('');
  if (takesText && (typeof value === 'number' || typeof value === 'boolean')) return 'quote it';
  if (!takesText && typeof value === 'string') return 'write it without quotes';
  return null;
}

function checkOption(declaration: ParameterDeclaration, value: string, shown: string): TextFault | null {
  const values = declaration.options.map((option) => option.value);
  if (values.includes(value)) return null;
  const nearest = declaration.secret ? null : suggest(value, values);
  const message = `must be ${orList(values.map(quote))}, not ${shown}`;
  return { message, ...(nearest === null ? {} : { hint: `did you mean "${nearest}"?` }) };
}

function checkBounds(validation: ParameterValidation, value: Json): readonly TextFault[] {
  const faults: TextFault[] = [];
  const check = (
    size: number,
    least: number | undefined,
    most: number | undefined,
    words: (bound: number) => string,
  ) => {
    if (least !== undefined && size < least)
      faults.push({ message: `must ${words(least).replace('%', 'at least')}, not ${size}` });
    if (most !== undefined && size > most)
      faults.push({ message: `must ${words(most).replace('%', 'at most')}, not ${size}` });
  };
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = validation;
  if (typeof value === 'string')
    check([...value].length, minLength, maxLength, (n) => `be % ${count(n, 'character')} long`);
  if (Array.isArray(value)) check(value.length, minItems, maxItems, (n) => `have % ${count(n, 'item')}`);
  if (typeof value === 'number') {
    if (minimum !== undefined && value < minimum) faults.push({ message: `must be at least ${minimum}` });
    if (maximum !== undefined && value > maximum) faults.push({ message: `must be at most ${maximum}` });
  }
  return faults;
}

function checkPattern({ validation, secret }: ParameterDeclaration, value: Json): readonly TextFault[] {
  if (validation.pattern === undefined || typeof value !== 'string') return [];
  const pattern = compilePattern(validation.pattern);
  if (!pattern.ok)
    return [{ message: `cannot be checked: its pattern ${validation.pattern} is wrong: ${pattern.error}` }];
  if (pattern.value.test(value)) return [];
  const shown = secret ? '' : `, which ${describeValue(value)} does not`;
  return [{ message: `must match the pattern ${validation.pattern}${shown}` }];
}

function checkAgainstSchema({ validation, secret }: ParameterDeclaration, value: Json): readonly TextFault[] {
  if (validation.schema === undefined) return [];
  return checkValue(validation.schema, value, { secret }).map(({ path, message, hint }) => ({
    message: path.length === 0 ? message : `does not fit its schema: ${writePath(path)} ${message}`,
    ...(hint === undefined ? {} : { hint }),
  }));
}

/** `servers[0].port`. */
export function writePath(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
