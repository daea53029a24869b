import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { ParameterType } from '../model/workflow.ts';
import { parseValueText } from './parse-value-text.ts';

export interface TextFault {
  /** Without subject: `must be a number`. */
  readonly message: string;
  readonly hint?: string;
}

/**
 * Turns text from a command line or a form into a value of the declared type. Types that are text take it as it is;
 * what the text says is not judged here beyond its kind.
 */
export function parseText(text: string, type: ParameterType): Result<Json, TextFault> {
  switch (type) {
    case 'string':
    case 'textarea':
    case 'enum':
    case 'date':
    case 'file':
      return ok(text);
    case 'boolean':
      return parseBoolean(text);
    case 'number':
    case 'integer':
      return parseNumber(text, type);
    case 'array':
      return parseStructure(text, 'a list', 'write it as JSON: ["a", "b"]');
    case 'object':
      return parseStructure(text, 'a map', 'write it as JSON: {"key": "value"}');
  }
}

function parseBoolean(text: string): Result<Json, TextFault> {
  if (text === 'true' || text === 'false') return ok(text === 'true');
  return err({ message: 'must be true or false', hint: 'no other word is taken for yes or no' });
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function parseNumber(text: string, type: 'number' | 'integer'): Result<Json, TextFault> {
  const value = jsonNumber.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return ok(value);
  return err({ message: type === 'integer' ? 'must be a whole number' : 'must be a number' });
}

function parseStructure(text: string, kind: string, hint: string): Result<Json, TextFault> {
  const parsed = parseValueText(text);
  return parsed.ok ? parsed : err({ message: `must be ${kind}, but the text cannot be read: ${parsed.error}`, hint });
}
