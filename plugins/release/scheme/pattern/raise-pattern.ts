import { given } from '../define-scheme.ts';
import { listed } from '../listed.ts';
import { err, ok, type Result } from '../result.ts';
import type { PatternVersion } from '../version.ts';
import type { FirstRequest, RaiseRequest } from '../version-scheme.ts';
import { groupNames } from './pattern-format.ts';
import type { PatternParts } from './pattern-parts.ts';
import type { PatternText } from './pattern-text.ts';

type GroupValue = PatternVersion['groups'][string];
type Values = Map<string, GroupValue>;

/** Raises one group; what is less significant begins again, other texts stay as they are. */
export function raisePattern(
  parts: PatternParts,
  text: PatternText,
  version: PatternVersion,
  request: RaiseRequest,
): Result<PatternVersion, string> {
  const refusal = refusalOf(parts, request);
  if (refusal !== null) return err(refusal);
  const { increment } = request;
  const raised = raisedValue(parts, version, increment);
  if (!raised.ok) return raised;
  const values: Values = new Map(Object.entries(version.groups)).set(increment, raised.value);
  resetLater(parts, values, increment);
  settleSections(parts, values);
  const next = text.write(Object.fromEntries(values));
  if (next !== null) return ok(next);
  const shown = [...values].map(([name, value]) => `${name} ${value ?? 'absent'}`).join(', ');
  return err(`raising \`${increment}\` of ${version.text} gives ${shown}, which the format cannot write and read back`);
}

/** What a pattern says of a first version is all in its groups. */
export function beginPattern(
  parts: PatternParts,
  version: PatternVersion,
  request: FirstRequest,
): Result<PatternVersion, string> {
  const refusal = refusalOf(parts, request);
  return refusal === null ? ok(version) : err(refusal);
}

function refusalOf(
  parts: PatternParts,
  request: Pick<RaiseRequest, 'prerelease' | 'build' | 'keepBuild'>,
): string | null {
  if (given(request.build) !== null || request.keepBuild === true) {
    return 'a pattern has no build metadata but its own groups: leave out `build` and `keep_build`';
  }
  if (given(request.prerelease) === null) return null;
  return `a pattern has no pre-releases but its own groups: leave out \`prerelease\` and raise ${listed(parts.increments)}`;
}

function raisedValue(parts: PatternParts, version: PatternVersion, name: string): Result<GroupValue, string> {
  const kind = parts.kinds.get(name);
  const current = version.groups[name] ?? null;
  if (kind?.kind === 'values') {
    const next = kind.values[kind.values.indexOf(String(current ?? '')) + 1];
    if (next !== undefined) return ok(next === '' ? null : next);
    return err(`\`${name}\` of ${version.text} is at the last of its values already: raise what comes before it`);
  }
  if (typeof current === 'number') return ok(current + 1);
  return err(`${version.text} has no \`${name}\` that could be raised`);
}

function resetLater(parts: PatternParts, values: Values, raised: string): void {
  for (const name of parts.order.slice(parts.order.indexOf(raised) + 1)) {
    const first = parts.reset.get(name);
    const isNumber = parts.kinds.get(name)?.kind === 'number';
    if (isNumber && values.get(name) !== null) values.set(name, first ?? 0);
    else if (!isNumber && first !== undefined) values.set(name, first === '' ? null : first);
  }
}

/** A section is there as a whole or not at all; a group with values decides, where it has one. */
function settleSections(parts: PatternParts, values: Values): void {
  for (const piece of parts.pieces) {
    if (piece.kind !== 'section') continue;
    const names = groupNames(piece.pieces);
    const leaders = names.filter((name) => parts.kinds.get(name)?.kind === 'values');
    const present = (leaders.length > 0 ? leaders : names).some((name) => (values.get(name) ?? null) !== null);
    for (const name of names) {
      if (!present) values.set(name, null);
      else if (values.get(name) === null) values.set(name, parts.reset.get(name) ?? firstOf(parts, name));
    }
  }
}

/** Where a group begins that joins its section. */
function firstOf(parts: PatternParts, name: string): GroupValue {
  return parts.kinds.get(name)?.kind === 'number' ? 0 : null;
}
