import { compilePattern, PluginFailure } from '../../../../src/plugin-api/index.ts';
import { compareTexts } from '../compare.ts';
import { defineScheme } from '../define-scheme.ts';
import { err, ok, type Result } from '../result.ts';
import type { PatternVersion } from '../version.ts';
import type { PatternConfig, VersionScheme } from '../version-scheme.ts';
import { type PatternParts, patternParts } from './pattern-parts.ts';
import { patternText } from './pattern-text.ts';
import { beginPattern, raisePattern } from './raise-pattern.ts';

/** Versions as a pattern of one's own reads them; the error is one sentence about the configuration. */
export async function patternScheme(config: PatternConfig): Promise<Result<VersionScheme, string>> {
  try {
    // By itself first, so that parentheses which do not match are found before others stand around them.
    await compilePattern(config.pattern);
  } catch (error) {
    if (error instanceof PluginFailure) return err(error.message);
    throw error;
  }
  const parts = patternParts(config, await groupsOf(config.pattern));
  if (!parts.ok) return parts;
  const text = patternText(parts.value, await compilePattern(`\\A(?:${config.pattern})\\z`));
  return ok(
    defineScheme<PatternVersion>({
      name: 'pattern',
      title: `the pattern \`${config.pattern}\``,
      increments: parts.value.increments,
      parse: text.parse,
      compare: (a, b) => comparePattern(parts.value, a, b),
      isPrerelease: (version) => isUnfinished(parts.value, version),
      raise: (version, request) => raisePattern(parts.value, text, version, request),
      begin: (version, request) => beginPattern(parts.value, version, request),
    }),
  );
}

/** The names come with a match, and what may be left out matches the empty text. */
async function groupsOf(pattern: string): Promise<readonly string[]> {
  const optional = await compilePattern(`(?:${pattern})?`);
  return Object.keys(optional.firstMatch('')?.named ?? {});
}

/** Absent numbers and texts come before all others; values in the order of their list. */
function comparePattern(parts: PatternParts, a: PatternVersion, b: PatternVersion): number {
  for (const name of parts.order) {
    const kind = parts.kinds.get(name);
    const x = a.groups[name] ?? null;
    const y = b.groups[name] ?? null;
    const difference =
      kind?.kind === 'values'
        ? kind.values.indexOf(String(x ?? '')) - kind.values.indexOf(String(y ?? ''))
        : kind?.kind === 'number'
          ? Number(x ?? -1) - Number(y ?? -1)
          : compareTexts(String(x ?? ''), String(y ?? ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

function isUnfinished(parts: PatternParts, version: PatternVersion): boolean {
  return [...parts.kinds].some(
    ([name, kind]) => kind.kind === 'values' && (version.groups[name] ?? '') !== kind.values.at(-1),
  );
}
