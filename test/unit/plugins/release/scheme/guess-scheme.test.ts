import { describe, expect, it } from 'vitest';
import { guessScheme, isGuessedAlone } from '../../../../../plugins/release/scheme/scheme.ts';
import { type GuessCase, readTable, schemeFor, today, versionOf } from './scheme-tables.ts';

interface LastVersion {
  readonly last: string;
  readonly by: string;
  readonly next: string;
}

describe('the scheme of versions', () => {
  it.each(readTable<GuessCase[]>('guesses'))('is found for $texts: $scheme', (row) => {
    const guess = guessScheme(row.texts, today);
    expect(guess.message).toContain(row.message ?? '');
    if (guess.kind === 'unknown') {
      expect(row.scheme).toBeNull();
      return;
    }
    const { config, scheme, certain, unread } = guess;
    expect(config).toStrictEqual(
      row.format === undefined ? { scheme: row.scheme } : { scheme: row.scheme, format: row.format },
    );
    expect(scheme.name).toBe(row.scheme);
    expect(certain).toBe(row.certain);
    expect(unread).toStrictEqual(row.unread ?? []);
  });
});

describe('a version in a file of semantic versions', () => {
  const others = readTable<GuessCase[]>('guesses').flatMap(({ texts }) => texts);

  it.each(['1.2.3', '0.0.0', '1.4.0-rc.1', '2026.13.0', '24.10.0'])('%s settles the scheme alone', (newest) => {
    expect(isGuessedAlone(newest, 'semver')).toBe(true);
    for (const other of others) {
      const guess = guessScheme([newest, other], today, 'semver');
      expect(guess.kind === 'guessed' && [guess.config.scheme, guess.certain]).toEqual(['semver', true]);
    }
  });

  it.each(['2026.11.0', '2026.09.01', '1.2', '1.4.0rc1', '0.21.0.2+1'])('%s does not', (newest) => {
    expect(isGuessedAlone(newest, 'semver')).toBe(false);
  });
});

describe('a last version of any scheme', () => {
  it.each(readTable<LastVersion[]>('guessed-and-raised'))('$last by $by gives $next', async ({ last, by, next }) => {
    const guess = guessScheme([last], today);
    if (guess.kind === 'unknown') throw new Error(guess.message);
    const configured = await schemeFor(guess.config);
    for (const scheme of [guess.scheme, configured]) {
      const raised = scheme.raise(versionOf(scheme, last), { increment: by, today });
      expect(raised.ok ? raised.value.text : raised.error).toBe(next);
    }
  });
});
