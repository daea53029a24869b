import { PluginFailure } from '../../../src/plugin-api/index.ts';
import { type CalendarDay, guessScheme, type SchemeConfig, schemeOf, type VersionScheme } from '../scheme/scheme.ts';

export interface ChosenScheme {
  readonly scheme: VersionScheme;
  /** What is worth saying where the choice was a guess that another scheme fits too. */
  readonly remark: string | null;
}

/**
 * The scheme that is configured, or the one that the versions which are there are of. `texts`: those versions, the one
 * that counts first. Rejects where nothing reads them: a first version is never made up.
 */
export async function chooseScheme(
  config: SchemeConfig | 'auto',
  texts: readonly string[],
  today: CalendarDay,
): Promise<ChosenScheme> {
  if (config !== 'auto') {
    const scheme = await schemeOf(config);
    if (!scheme.ok) throw misfit('configuration', scheme.error);
    const [first] = texts;
    if (first !== undefined && scheme.value.parse(first) === null) {
      throw misfit('handler', `\`${first}\` is no version of ${scheme.value.title}: correct it, or set \`scheme\``);
    }
    return { scheme: scheme.value, remark: null };
  }
  if (texts.length === 0) return chooseScheme({ scheme: 'semver' }, [], today);
  const guess = guessScheme(texts, today);
  if (guess.kind === 'unknown') {
    throw misfit('handler', `\`${texts[0]}\` is not a version that can be raised: ${guess.message}`);
  }
  return { scheme: guess.scheme, remark: guess.certain ? null : guess.message };
}

function misfit(kind: 'configuration' | 'handler', message: string): PluginFailure {
  return new PluginFailure(kind, message, { retryable: false });
}
