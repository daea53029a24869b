import { readFileSync } from 'node:fs';
import {
  type CalendarDay,
  type SchemeConfig,
  schemeOf,
  type Version,
  type VersionScheme,
} from '../../../../../plugins/release/scheme/scheme.ts';

export const today: CalendarDay = { year: 2026, month: 11, day: 20 };

export interface RaiseCase {
  readonly from: string;
  readonly by: string;
  readonly prerelease?: string | null;
  readonly build?: string | null;
  readonly keepBuild?: boolean;
  readonly today?: readonly [year: number, month: number, day: number];
  readonly to?: string;
  readonly error?: string;
}

export interface SchemeTable {
  readonly config: SchemeConfig;
  readonly read: readonly string[];
  readonly normalised?: { readonly [text: string]: string };
  readonly refused: readonly string[];
  readonly early: readonly string[];
  readonly final: readonly string[];
  readonly ordered: readonly (readonly string[])[];
  readonly equal: readonly (readonly [string, string])[];
  readonly raise: readonly RaiseCase[];
}

export interface GuessCase {
  readonly texts: readonly string[];
  readonly scheme: string | null;
  readonly format?: string;
  readonly certain?: boolean;
  readonly message?: string;
  readonly unread?: readonly string[];
}

export function readTable<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8')) as T;
}

export async function schemeFor(config: SchemeConfig): Promise<VersionScheme> {
  const scheme = await schemeOf(config);
  if (!scheme.ok) throw new Error(scheme.error);
  return scheme.value;
}

export function versionOf(scheme: VersionScheme, text: string): Version {
  const version = scheme.parse(text);
  if (version === null) throw new Error(`${text} is no version of ${scheme.title}`);
  return version;
}
