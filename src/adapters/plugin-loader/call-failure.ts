import type { Failure, FailureKind } from '../../core/model/failure.ts';

/** Thrown at a handler by the services of its call; becomes the step's failure where the handler lets it pass. */
export class CallFailure extends Error {
  readonly failure: Failure;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.failure = { kind, message };
  }
}
