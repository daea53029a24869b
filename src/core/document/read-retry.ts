import { hasTemplate } from '../expression/parse-template.ts';
import { suggest } from '../expression/suggest.ts';
import { failureKinds, isFailureKind } from '../model/failure.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import type { DocumentPath } from './document-path.ts';
import { type DraftMap, isDraftList } from './draft.ts';
import { numberOrText, textOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';

/** A retry policy as written. Entries of `on` that name nothing are reported and left out. */
export function readRetry(written: DraftMap, path: DocumentPath, faults: PlacedFaults): RetryDeclaration {
  const maxAttempts = numberOrText(written.max_attempts);
  const delay = numberOrText(written.delay);
  const backoff = textOf(written.backoff);
  const factor = numberOrText(written.factor);
  const maxDelay = numberOrText(written.max_delay);
  const jitter = numberOrText(written.jitter);
  const condition = conditionText(written.condition);
  const deadline = numberOrText(written.deadline);
  const on = written.on === undefined ? undefined : readFilters(written.on, [...path, 'on'], faults);
  return {
    ...(maxAttempts !== undefined && { maxAttempts }),
    ...(delay !== undefined && { delay }),
    ...(backoff !== undefined && { backoff }),
    ...(factor !== undefined && { factor }),
    ...(maxDelay !== undefined && { maxDelay }),
    ...(jitter !== undefined && { jitter }),
    ...(on !== undefined && { on }),
    ...(condition !== undefined && { condition }),
    ...(deadline !== undefined && { deadline }),
  };
}

/** A condition that is written as a boolean is the expression of that name. */
export function conditionText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function readFilters(written: DraftMap[string], path: DocumentPath, faults: PlacedFaults): (number | string)[] {
  const isList = isDraftList(written);
  const filters: (number | string)[] = [];
  (isList ? written : [written]).forEach((filter, index) => {
    if (typeof filter !== 'number' && typeof filter !== 'string') return;
    if (isFilter(filter)) filters.push(filter);
    else reportFilter(String(filter), isList ? [...path, index] : path, faults);
  });
  return filters;
}

function isFilter(filter: number | string): boolean {
  // What a template gives is known when the step is settled.
  return typeof filter === 'number' || isFailureKind(filter) || hasTemplate(filter) || /^\/.+\/$/s.test(filter);
}

function reportFilter(filter: string, path: DocumentPath, faults: PlacedFaults): void {
  const near = suggest(filter, failureKinds);
  const isCode = /^\d+$/.test(filter);
  faults.report('value', path, `\`${filter}\` is no exit code, no failure kind and no /pattern/.`, {
    hint: isCode
      ? `Write an exit code without quotes: ${filter}.`
      : near === null
        ? `Failure kinds are ${failureKinds.join(', ')}.`
        : `Did you mean \`${near}\`?`,
  });
}
