import { PluginFailure } from '../../../src/plugin-api/index.ts';
import {
  type CalendarDay,
  guessScheme,
  isGuessedAlone,
  type SchemeConfig,
  schemeOf,
  type VersionScheme,
} from '../scheme/scheme.ts';
import { schemeOfFile } from '../writers/format-of-file.ts';
import type { ReleaseRequest } from './release-facts.ts';

export interface ChosenScheme {
  readonly scheme: VersionScheme;
  /** What is worth saying where the choice was a guess that another scheme fits too. */
  readonly remark: string | null;
}

/** The versions that are there. */
export interface SeenVersions {
  /** What the file says; `null`: tags alone say which version there is. */
  readonly written: string | null;
  /** What tags say, the newest first. */
  readonly tagged: readonly string[];
  /** The scheme that files of this name are for. */
  readonly usual: 'semver' | 'pep440' | null;
  readonly today: CalendarDay;
}

/**
 * The scheme that is configured, or the one that the versions which are there are of: the file's, or the newest tag's,
 * and what the others tell of it. Rejects where nothing reads them: a first version is never made up.
 */
export async function chooseScheme(config: SchemeConfig | 'auto', seen: SeenVersions): Promise<ChosenScheme> {
  const { written, tagged, usual, today } = seen;
  if (config !== 'auto') {
    const scheme = await schemeOf(config);
    if (!scheme.ok) throw misfit('configuration', scheme.error);
    if (written !== null && scheme.value.parse(written) === null) {
      throw misfit('handler', `\`${written}\` is no version of ${scheme.value.title}: correct it, or set \`scheme\``);
    }
    return { scheme: scheme.value, remark: null };
  }
  const texts = [...(written === null ? [] : [written]), ...tagged];
  if (texts.length === 0) return chooseScheme({ scheme: 'semver' }, seen);
  const guess = guessScheme(texts, today, usual);
  if (guess.kind === 'unknown') {
    throw misfit('handler', `\`${texts[0]}\` is not a version that can be raised: ${guess.message}`);
  }
  return { scheme: guess.scheme, remark: guess.certain ? null : guess.message };
}

/**
 * The scheme that files of the name are for. Python's is taken where it makes a difference: numbers alone are written
 * and raised alike.
 */
export function usualSchemeOf(path: string, { prerelease }: ReleaseRequest): 'semver' | 'pep440' | null {
  const scheme = schemeOfFile(path);
  return scheme === 'pep440' && prerelease === null ? null : scheme;
}

/** Whether no tag can make a difference to the choice. */
export function isChosenByFile(
  config: SchemeConfig | 'auto',
  { written, usual }: Pick<SeenVersions, 'written' | 'usual'>,
): boolean {
  return written !== null && (config !== 'auto' || isGuessedAlone(written, usual));
}

function misfit(kind: 'configuration' | 'handler', message: string): PluginFailure {
  return new PluginFailure(kind, message, { retryable: false });
}
