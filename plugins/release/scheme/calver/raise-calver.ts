import { compareNumbers } from '../compare.ts';
import { given } from '../define-scheme.ts';
import { err, ok, type Result } from '../result.ts';
import type { CalverModifier, CalverVersion } from '../version.ts';
import type { CalendarDay, FirstRequest, RaiseRequest } from '../version-scheme.ts';
import { formatDay, weekOfYear } from './calendar.ts';
import type { CalverField, CalverFormat, DateUnit } from './calver-format.ts';
import { calverOf } from './calver-text.ts';

/**
 * Date parts become those of today. Counters behind a part that changed begin again at 0; where no part changed, the
 * named counter goes up, or the last one. A version with a modifier comes before the one without.
 */
export function raiseCalver(
  format: CalverFormat,
  version: CalverVersion,
  request: RaiseRequest,
): Result<CalverVersion, string> {
  const name = given(request.prerelease);
  const refusal = refusalOf(format, request, name);
  if (refusal !== null) return err(refusal);
  const numbers = nextNumbers(format, version, request);
  if (!numbers.ok) return numbers;
  if (name === null) return ok(calverOf(format, numbers.value, null));
  const modifier = nextModifier(format, version, numbers.value, name);
  return modifier.ok ? ok(calverOf(format, numbers.value, modifier.value)) : modifier;
}

/** Today's version; counters begin at 0. */
export function firstCalver(format: CalverFormat, { today }: FirstRequest): CalverVersion {
  const numbers = format.fields.map((field) => (field.kind === 'date' ? partOf(today, field.unit) : 0));
  return calverOf(format, numbers, null);
}

/** A first version that has a modifier already stays the one it is. */
export function beginCalver(
  format: CalverFormat,
  version: CalverVersion,
  request: FirstRequest,
): Result<CalverVersion, string> {
  const name = given(request.prerelease);
  const refusal = refusalOf(format, request, name);
  if (refusal !== null) return err(refusal);
  if (name === null || version.modifier !== null) return ok(version);
  const modifier = nextModifier(format, version, version.fields, name);
  return modifier.ok ? ok(calverOf(format, version.fields, modifier.value)) : modifier;
}

function refusalOf(
  format: CalverFormat,
  request: Pick<RaiseRequest, 'build' | 'keepBuild'>,
  name: string | null,
): string | null {
  if (given(request.build) !== null || request.keepBuild === true) {
    return 'calendar versions have no build metadata: leave out `build` and `keep_build`';
  }
  if (name === null) return null;
  if (format.modifier === null) {
    return `the format \`${format.text}\` has no place for \`prerelease: ${name}\`: add MODIFIER to it, such as \`${format.text}-MODIFIER\``;
  }
  if (/^[A-Za-z]+$/.test(name)) return null;
  return `\`prerelease: ${name}\` is no name of a pre-release: write a word such as rc or beta`;
}

function nextNumbers(
  format: CalverFormat,
  version: CalverVersion,
  { increment, today }: RaiseRequest,
): Result<readonly number[], string> {
  const { fields } = format;
  const before = version.fields;
  const now = fields.map((field, at) => (field.kind === 'date' ? partOf(today, field.unit) : (before[at] ?? 0)));
  const order = compareNumbers(before, now);
  if (order > 0) return err(laterMessage(version, today));
  const changed = order === 0 ? fields.length : now.findIndex((number, at) => number !== before[at]);
  const counter = counterAt(fields, increment);
  // A counter behind the part that changed has nothing left to go up from.
  if (counter > changed || (counter < 0 && order < 0)) return ok(restarted(fields, now, changed));
  if (order === 0 && version.modifier !== null && now.every((number, at) => isSettled(fields, at, counter, number))) {
    return ok(now);
  }
  if (counter < 0) return err(stuckMessage(format, version, today));
  return ok(restarted(fields, now.with(counter, (now[counter] ?? 0) + 1), counter));
}

/** The place of the counter to raise; below zero where there is none. `auto` takes no counter from before the year. */
function counterAt(fields: readonly CalverField[], increment: string): number {
  if (increment !== 'auto') return fields.findIndex((field) => field.kind === 'counter' && field.name === increment);
  const last = fields.findLastIndex((field) => field.kind === 'counter');
  return last > fields.findIndex((field) => field.kind === 'date') ? last : -1;
}

/** True where a number says nothing against the version being made for this very raise, as in 2026.3.0-rc.1 + minor. */
function isSettled(fields: readonly CalverField[], at: number, counter: number, number: number): boolean {
  return counter < 0 || at <= counter || fields[at]?.kind === 'date' || number === 0;
}

function restarted(fields: readonly CalverField[], numbers: readonly number[], from: number): readonly number[] {
  return numbers.map((number, at) => (at > from && fields[at]?.kind === 'counter' ? 0 : number));
}

function nextModifier(
  format: CalverFormat,
  version: CalverVersion,
  numbers: readonly number[],
  name: string,
): Result<CalverModifier, string> {
  const current = compareNumbers(numbers, version.fields) === 0 ? version.modifier : null;
  if (current === null || name > current.name) return ok({ name, dotted: format.modifier === '-', number: 1 });
  if (name === current.name) return ok({ ...current, number: (current.number ?? 0) + 1 });
  return err(`${version.text} cannot become a \`${name}\` of the same release: ${name} comes before ${current.name}`);
}

function partOf(today: CalendarDay, unit: DateUnit): number {
  return unit === 'week' ? weekOfYear(today) : today[unit];
}

function laterMessage(version: CalverVersion, today: CalendarDay): string {
  return `${version.text} is later than today, ${formatDay(today)}: a version is never raised to an earlier date, so correct it by hand or wait`;
}

function stuckMessage(format: CalverFormat, version: CalverVersion, today: CalendarDay): string {
  const modifier = format.modifier === null ? '' : `${format.modifier}MODIFIER`;
  const body = format.text.slice(0, format.text.length - modifier.length);
  const free = ['MICRO', 'MINOR', 'MAJOR'].find((token) => !body.includes(token));
  const advice = free === undefined ? 'raise one by name' : `add ${free} to it, such as \`${body}.${free}${modifier}\``;
  return `${version.text} is of today, ${formatDay(today)}, and the format \`${format.text}\` has no counter behind the date that could go up: ${advice}`;
}
