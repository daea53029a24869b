import type { JsonMap } from '../model/json.ts';
import { type Draft, isDraftMap } from './draft.ts';

/*
 * Readers of single values. The structural check took out what has another type, so "of another type" means here that
 * the key is not written.
 */

export function textOf(value: Draft | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function flagOf(value: Draft | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function numberOf(value: Draft | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Numbers, durations and templates for them. */
export function numberOrText(value: Draft | undefined): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

export function mapOf(value: Draft | undefined): JsonMap | undefined {
  return isDraftMap(value) ? value : undefined;
}

/** A single value stands for a list of one. */
export function listOfOne(value: Draft | undefined): readonly Draft[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function textsOf(value: Draft | undefined): readonly string[] {
  return listOfOne(value).filter((item) => typeof item === 'string');
}
