import type { Failure } from '../model/failure.ts';

/** The kind with its exit code, as people read it: `exit 3`, `timeout`. */
export function failureKindText(failure: Failure): string {
  return failure.kind === 'exit' && failure.exitCode !== undefined ? `exit ${failure.exitCode}` : failure.kind;
}
