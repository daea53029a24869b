import { isJsonMap, type Json, type JsonMap } from '../../../../src/plugin-api/index.ts';
import { type CalendarDay, guessScheme, type SchemeConfig, schemeOf } from '../../scheme/scheme.ts';

/** How versions are written and raised here. */
export interface SchemeFacts {
  /** For `scheme` of a step; `auto` where the step finds the same out by itself. */
  readonly scheme: Json;
  /** For people and for answers: `semver`, `calver YYYY.MM.MICRO`, `parts 4`. */
  readonly title: string;
  /** What can be raised, the most significant first. */
  readonly increments: readonly string[];
  readonly why: string;
  /** False where another scheme reads the versions too. */
  readonly certain: boolean;
}

/** What tells the scheme beside the versions. */
export interface SchemeEvidence {
  readonly today: CalendarDay;
  /** How many of the versions the step sees that raises the version. */
  readonly alone: number;
  /** The scheme that files are for such as the one that holds the first version. */
  readonly usual: 'semver' | 'pep440' | null;
}

/** The scheme of versions, the one that counts first; `null` where nothing reads them. */
export async function schemeFacts(
  versions: readonly string[],
  { today, alone, usual }: SchemeEvidence,
): Promise<SchemeFacts | null> {
  if (versions.length === 0) return factsOf({ scheme: 'semver' }, 'there is no version yet', true, true);
  const plain = guessScheme(versions, today);
  if (plain.kind === 'unknown') return null;
  // A step heeds the scheme of Python's files for pre-releases alone: numbers are raised alike, other numbers are not.
  const pythons = usual === 'pep440' ? guessScheme(versions, today, usual) : plain;
  const guess = plain.config.scheme === 'semver' && pythons.kind === 'guessed' ? pythons : plain;
  const seen = [null, usual].map((each) => guessScheme(versions.slice(0, alone), today, each));
  const same = seen.every((each) => each.kind === 'guessed' && each.certain && sameConfig(each.config, guess.config));
  return factsOf(guess.config, guess.message, guess.certain, same);
}

async function factsOf(
  config: SchemeConfig,
  why: string,
  certain: boolean,
  auto: boolean,
): Promise<SchemeFacts | null> {
  const scheme = await schemeOf(config);
  if (!scheme.ok) return null;
  const { increments } = scheme.value;
  return { scheme: auto ? 'auto' : asStep(config), title: titleOf(config), increments, why, certain };
}

/**
 * Reads `semver`, `pep440`, `calver FORMAT` or `parts COUNT`; the error says what is wrong with it. `version`: one that
 * the scheme has to read.
 */
export async function schemeNamed(
  text: string,
  version: string | null = null,
): Promise<
  { readonly kind: 'scheme'; readonly facts: SchemeFacts } | { readonly kind: 'wrong'; readonly message: string }
> {
  const config = configNamed(text.trim());
  if (config === null) {
    return {
      kind: 'wrong',
      message: `\`${text}\` is no scheme: write semver, pep440, calver with its format (\`calver YYYY.MM.MICRO\`), or parts with their number (\`parts 4\`)`,
    };
  }
  const read = await schemeOf(config);
  if (!read.ok) return { kind: 'wrong', message: read.error };
  if (version !== null && read.value.parse(version) === null) {
    return { kind: 'wrong', message: `${version} is no version of ${read.value.title}` };
  }
  const { increments } = read.value;
  const facts = { scheme: asStep(config), title: titleOf(config), increments, why: 'it was asked for', certain: true };
  return { kind: 'scheme', facts };
}

function configNamed(text: string): SchemeConfig | null {
  const [name = '', argument = ''] = text.split(/\s+/, 2);
  if (name === 'semver' || name === 'pep440') return argument === '' ? { scheme: name } : null;
  if (name === 'calver' && argument !== '') return { scheme: 'calver', format: argument };
  if (name !== 'parts' || !/^[1-9]?$/.test(argument)) return null;
  return { scheme: 'parts', ...(argument !== '' && { count: Number(argument) }) };
}

function asStep(config: SchemeConfig): Json {
  if (config.scheme === 'semver' || config.scheme === 'pep440') return config.scheme;
  const { scheme: name, ...rest } = config;
  const map = JSON.parse(JSON.stringify({ name, ...rest }));
  return isJsonMap(map) && Object.keys(map).length > 1 ? map : name;
}

function titleOf(config: SchemeConfig): string {
  switch (config.scheme) {
    case 'calver':
      return `calver ${config.format}`;
    case 'parts':
      return config.count === undefined ? 'parts 4' : `parts ${config.count}`;
    default:
      return config.scheme;
  }
}

function sameConfig(a: SchemeConfig, b: SchemeConfig): boolean {
  const plain = (config: SchemeConfig): JsonMap => ({ ...JSON.parse(JSON.stringify(config)) });
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** Parts of a version that whoever releases it may name, `auto` first. */
export function offeredIncrements({ title, increments }: SchemeFacts): readonly string[] {
  const pep440Only = title === 'pep440' ? ['micro'] : [];
  const inner = new Set(['auto', 'prerelease', 'release', 'pre', 'post', 'dev', ...pep440Only]);
  return ['auto', ...increments.filter((part) => !inner.has(part)).toReversed()];
}

/** The day of a moment, in UTC. */
export function dayOf(epochMs: number): CalendarDay {
  const day = new Date(epochMs);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}
