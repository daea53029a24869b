import type { Finding, Json } from '../../../../src/plugin-api/index.ts';
import type { LinesByPath } from './change.ts';

/** Which findings are kept: all, those on lines of the change, or those in its files. */
export type OnlyChanged = 'lines' | 'files' | null;

export function readOnlyChanged(value: Json | undefined): OnlyChanged {
  if (value === true || value === 'lines') return 'lines';
  return value === 'files' ? 'files' : null;
}

/** The finding with its mark, where it stands in the change. */
export function marked(finding: Finding, lines: LinesByPath): Finding {
  const stretches = finding.file === undefined ? undefined : lines.get(finding.file);
  if (stretches === undefined) return finding;
  const { line } = finding;
  const isOn = line !== undefined && stretches.some(([from, to]) => line >= from && line <= to);
  return { ...finding, changed: isOn ? 'lines' : 'file' };
}

/** A finding about no file, or about a file as a whole, has no line that it could miss. */
export function isWanted({ file, line, changed }: Finding, only: OnlyChanged): boolean {
  if (only === null || file === undefined || changed === 'lines') return true;
  return changed === 'file' && (only === 'files' || line === undefined);
}

/** The most useful first: on changed lines, in changed files, the rest; and errors before warnings and notices. */
export function byWorth(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => worth(one) - worth(other));
}

function worth({ changed, level }: Finding): number {
  const distance = changed === undefined ? 2 : changed === 'lines' ? 0 : 1;
  return 3 * distance + (level === 'error' ? 0 : level === 'warning' ? 1 : 2);
}
