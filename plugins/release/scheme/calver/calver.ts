import { compareNumbers, compareTexts } from '../compare.ts';
import { defineScheme } from '../define-scheme.ts';
import { ok, type Result } from '../result.ts';
import type { CalverModifier, CalverVersion } from '../version.ts';
import type { VersionScheme } from '../version-scheme.ts';
import { parseCalverFormat } from './calver-format.ts';
import { calverReader } from './calver-text.ts';
import { beginCalver, firstCalver, raiseCalver } from './raise-calver.ts';

/** Calendar versioning by a format; the error is one sentence about the format. */
export function calverScheme(text: string): Result<VersionScheme, string> {
  const parsed = parseCalverFormat(text);
  if (!parsed.ok) return parsed;
  const format = parsed.value;
  const counters = format.fields.flatMap((field) => (field.kind === 'counter' ? [field.name] : []));
  return ok(
    defineScheme<CalverVersion>({
      name: 'calver',
      title: `calendar versioning ${text}`,
      increments: ['auto', ...counters],
      parse: calverReader(format),
      compare: (a, b) => compareNumbers(a.fields, b.fields) || compareModifiers(a.modifier, b.modifier),
      isPrerelease: (version) => version.modifier !== null,
      raise: (version, request) => raiseCalver(format, version, request),
      usualFirst: (request) => firstCalver(format, request),
      begin: (version, request) => beginCalver(format, version, request),
    }),
  );
}

/** What has a modifier comes before what has none. */
function compareModifiers(a: CalverModifier | null, b: CalverModifier | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareTexts(a.name, b.name) || (a.number ?? -1) - (b.number ?? -1);
}
