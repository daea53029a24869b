import type { Failure, FailureKind } from '../../core/model/failure.ts';

/** Thrown at whoever called a plugin's process, or a service on its behalf; becomes the step's failure. */
export class HostedFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function hostedFailure(kind: FailureKind, message: string, cause?: string): HostedFailure {
  return new HostedFailure({ kind, message, ...(cause !== undefined && { cause }) });
}

/** What a service of this process threw, as data that another process can be told. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Error && 'failure' in error && isFailureLike(error.failure)) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'handler', message };
}

function isFailureLike(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;
}
