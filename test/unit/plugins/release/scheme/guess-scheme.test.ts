import { describe, expect, it } from 'vitest';
import { guessScheme } from '../../../../../plugins/release/scheme/scheme.ts';
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
