import type { RE2JS } from 're2js';
import { PluginFailure } from './outcomes.ts';

/** A pattern that runs in linear time, whatever the text. */
export interface LinearPattern {
  /** The groups of the first match anywhere in the text; `null` where nothing matches. */
  firstMatch(text: string): PatternMatch | null;
}

export interface PatternMatch {
  readonly text: string;
  /** Group 1 first; `null` where a group took no part. */
  readonly groups: readonly (string | null)[];
  readonly named: { readonly [name: string]: string | null };
}

/**
 * Compiles a pattern that a definition brings, in RE2 syntax: no look-around and no back-references, which is what
 * makes it linear. Rejects with a failure of kind `configuration` where the pattern cannot be read.
 */
export async function compilePattern(source: string): Promise<LinearPattern> {
  // Loaded on first use: most runs bring no pattern, and the engine is the largest module of all.
  const { RE2JS } = await import('re2js');
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginFailure('configuration', `the pattern \`${source}\` cannot be read: ${reason}`, {
      retryable: false,
    });
  }
  const names = Object.entries(compiled.namedGroups());
  return {
    firstMatch(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return null;
      const groups: (string | null)[] = [];
      for (let at = 1; at <= matcher.groupCount(); at++) groups.push(matcher.group(at) ?? null);
      const named = Object.fromEntries(names.map(([name, at]) => [name, groups[Number(at) - 1] ?? null]));
      return { text: matcher.group() ?? '', groups, named };
    },
  };
}
