import type { Finding } from '../model/outcome.ts';
import type { StepView } from '../model/run-view.ts';

export interface StepFinding {
  readonly finding: Finding;
  readonly step: StepView;
}

/**
 * What the steps found, in the order in which people should read it: on lines of the change under review first, then
 * in files of the change, then the rest; else in the order of the steps.
 */
export function findingsInOrder(steps: readonly StepView[]): readonly StepFinding[] {
  const all = steps.flatMap((step) => step.findings.map((finding) => ({ finding, step })));
  return all.toSorted((one, other) => distance(one.finding) - distance(other.finding));
}

/** How many findings these are, with those that a step only counted. */
export function findingCount(findings: readonly Finding[]): number {
  return findings.reduce((sum, { count = 1 }) => sum + count, 0);
}

function distance({ changed }: Finding): number {
  if (changed === undefined) return 2;
  return changed === 'lines' ? 0 : 1;
}
