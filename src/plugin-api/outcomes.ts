import type { Failure, FailureKind } from '../core/model/failure.ts';
import type { JsonMap } from '../core/model/json.ts';
import type { Finding, Outcome } from '../core/model/outcome.ts';

export function success(outputs: JsonMap, findings: readonly Finding[] = []): Outcome {
  return { kind: 'success', outputs, findings };
}

export function skipped(reason: string): Outcome {
  return { kind: 'skipped', reason };
}

export function failed(failure: Failure, findings: readonly Finding[] = []): Outcome {
  return { kind: 'failed', failure, findings };
}

export function handlerFailure(message: string, more: Partial<Failure> = {}): Failure {
  return { kind: 'handler', message, ...more };
}

/** Thrown by the context's services and by handlers deep in their own calls; the runner turns it into its failure. */
export class PluginFailure extends Error {
  readonly failure: Failure;

  constructor(kind: FailureKind, message: string, more: Partial<Failure> = {}) {
    super(message);
    this.failure = { kind, message, ...more };
  }
}
