import { type Failure, isFailureKind } from '../../core/model/failure.ts';
import { isJsonMap } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { copyPlainData } from './plain-data.ts';

/**
 * What a handler threw, as its failure. Errors of the context's services and those that a handler makes itself carry
 * one; anything else is a mistake in the handler, whose trace is kept for the report.
 */
export function failureOf(error: unknown, handler: string): Failure {
  const carried = error instanceof Error && 'failure' in error ? readFailure(error.failure) : null;
  if (carried?.ok) return carried.value;
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: 'handler',
    message: `The handler ${handler} broke: ${message}`,
    ...(error instanceof Error && error.stack !== undefined && { cause: error.stack }),
  };
}

const optionalFields = {
  exitCode: 'number',
  cause: 'string',
  file: 'string',
  line: 'number',
  retryable: 'boolean',
} as const;

/** Checks what is said to be a failure and copies it. The error is a clause for people. */
export function readFailure(value: unknown): Result<Failure, string> {
  const copied = copyPlainData(value, 'the failure');
  if (!copied.ok) return copied;
  const failure = copied.value;
  if (!isJsonMap(failure)) return err('the failure is not a map');
  const { kind, message } = failure;
  if (typeof kind !== 'string' || !isFailureKind(kind))
    return err(`the failure has the unknown kind ${JSON.stringify(kind)}`);
  if (typeof message !== 'string') return err('the failure has no message');
  for (const [field, type] of Object.entries(optionalFields)) {
    if (failure[field] !== undefined && typeof failure[field] !== type)
      return err(`the failure's ${field} is not a ${type}`);
  }
  return ok({ ...failure, kind, message });
}
