import { stepId } from '../model/ids.ts';
import { type Dependency, type EdgeOutcome, edgeOutcomes } from '../model/workflow.ts';
import { type Draft, isDraftMap } from './draft.ts';
import { listOfOne, textOf, textsOf } from './draft-values.ts';
import type { WrittenStep } from './written-step.ts';

/** The steps that must come first: an id, `{step, on}`, or a list of them. */
export function readDependencies(step: WrittenStep, key: string): readonly Dependency[] {
  return listOfOne(step.get(key)).flatMap((written) => {
    const dependency = readDependency(written);
    return dependency ? [dependency] : [];
  });
}

function readDependency(written: Draft): Dependency | null {
  if (typeof written === 'string') return { step: stepId(written), on: null };
  const id = isDraftMap(written) ? textOf(written.step) : undefined;
  if (!isDraftMap(written) || id === undefined) return null;
  return { step: stepId(id), on: written.on === undefined ? null : textsOf(written.on).filter(isEdgeOutcome) };
}

function isEdgeOutcome(text: string): text is EdgeOutcome {
  return edgeOutcomes.some((outcome) => outcome === text);
}
