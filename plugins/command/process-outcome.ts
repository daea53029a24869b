import type { Failure, HandlerContext, Outcome, ProcessResult } from '../../src/plugin-api/index.ts';
import { success } from '../../src/plugin-api/index.ts';
import { lastLines, lastMeaningfulLine, placeIn } from './last-words.ts';

export interface Subject {
  /** Begins the message: `The script`. */
  readonly what: string;
  /** What to do where the program is missing; `null`: what the failure says is enough. */
  readonly advice: string | null;
}

/** What a step's process came to. The outputs that it wrote count even where it failed. */
export async function outcomeOf(context: HandlerContext, result: ProcessResult, subject: Subject): Promise<Outcome> {
  const failure = await failureOf(context, result, subject);
  if (failure === null) return success({ ...result.outputs });
  return { kind: 'failed', failure, outputs: { ...result.outputs } };
}

async function failureOf(context: HandlerContext, result: ProcessResult, subject: Subject): Promise<Failure | null> {
  const { end } = result;
  switch (end.kind) {
    case 'exit':
      if (end.code === 0) return result.outputsFailure;
      return {
        ...(await exitFailure(context, result, `${subject.what} exited with code ${end.code}`)),
        exitCode: end.code,
      };
    case 'signal':
      return {
        ...(await exitFailure(context, result, `${subject.what} was ended by ${end.signal} (exit code ${end.code})`)),
        exitCode: end.code,
      };
    case 'timeout':
      return withTail(
        { kind: 'timeout', message: `${subject.what} was ended: it took longer than its timeout${allowed(context)}` },
        result,
      );
    case 'cancelled':
      return {
        kind: 'cancelled',
        message: context.signal.reason === '' ? 'The run was cancelled' : context.signal.reason,
      };
    case 'not-started':
      return startFailure(end.failure, subject);
    case 'too-much-output':
      return end.failure;
  }
}

function allowed(context: HandlerContext): string {
  return context.timeoutMs === null ? '' : ` of ${context.timeoutMs / 1000} s`;
}

async function exitFailure(context: HandlerContext, result: ProcessResult, what: string): Promise<Failure> {
  const line = lastMeaningfulLine(result.tail);
  const message = line === '' ? `${what} and printed nothing` : `${what}: ${line}`;
  const place = await placeIn(line, (path) => context.files.exists(path));
  return withTail({ kind: 'exit', message, ...place }, result);
}

/** The last lines stand beside the message, for the report. */
function withTail(failure: Failure, result: ProcessResult): Failure {
  const cause = lastLines(result.tail);
  return cause === '' ? failure : { ...failure, cause };
}

function startFailure(failure: Failure, subject: Subject): Failure {
  // A folder that is missing is not the shell; only where a program was looked for is there a cause of the system's.
  if (failure.kind !== 'not-found' || failure.cause === undefined || subject.advice === null) return failure;
  return { ...failure, message: `${failure.message} ${subject.advice}` };
}
