import type { Failure } from '../../core/model/failure.ts';
import type { FileChange } from '../../core/model/file-change.ts';
import { isJsonMap } from '../../core/model/json.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type {
  HandledOutcome,
  HandlerCall,
  HandlerRunner,
  Preview,
  ProbeAnswer,
  UndoCall,
} from '../../core/ports/handlers.ts';
import type { StepHandler, UndoContext } from '../../core/ports/plugin.ts';
import { failureOf } from './failure-of.ts';
import { type HandlerServices, HandlerSession, placeOf } from './handler-session.ts';
import { readOutcome, readOutputs } from './read-outcome.ts';
import { readUndoOutcome } from './read-undo-outcome.ts';

export interface InProcessRunnerOptions extends HandlerServices {
  /** The handler of that name, or of the name that it is an alias of; undefined where none is enabled. */
  readonly handler: (name: string) => StepHandler | undefined;
}

/** How long a handler may take to answer after it was stopped and its processes are gone. */
const graceMs = 250;

/**
 * Runs handlers in this process, for plugins that are trusted. Whatever a handler throws or answers becomes an
 * outcome; one that ignores its signal is left behind, with nothing that it could still change.
 */
export class InProcessHandlerRunner implements HandlerRunner {
  readonly #options: InProcessRunnerOptions;

  constructor(options: InProcessRunnerOptions) {
    this.#options = options;
  }

  async execute(call: HandlerCall): Promise<HandledOutcome> {
    const handler = this.#options.handler(call.handler);
    if (handler === undefined) return { kind: 'failed', failure: unknownHandler(call) };
    try {
      const session = new HandlerSession(call, this.#options, 'run');
      const answer = answerOf(handler, session, call.handler);
      const first = await Promise.race([answer, session.stop.happened.then((failure) => ({ stopped: failure }))]);
      const outcome =
        'stopped' in first ? await stoppedOutcome(first.stopped, session, answer, this.#options.clock) : first;
      await session.end();
      // An attempt that was lost may have written what this one finds done.
      if (outcome.kind !== 'success') return outcome;
      const changes = await this.changesOf(call);
      return changes.length === 0 ? outcome : { ...outcome, changes };
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error, call.handler) };
    }
  }

  changesOf(call: HandlerCall): Promise<readonly FileChange[]> {
    return this.#options.backups.changes(placeOf(call));
  }

  /** The handler first, the files after it: what it looks at when it decides is still as the step left it. */
  async undo(call: UndoCall): Promise<UndoOutcome> {
    const handler = this.#options.handler(call.handler);
    try {
      if (handler?.undo !== undefined && call.done !== null) {
        const outcome = await this.#undoByHandler(handler, { ...call, done: call.done });
        if (outcome.kind !== 'undone') return outcome;
        const files = await this.#restoreFiles(call);
        return files.kind === 'undone' && outcome.message !== undefined ? outcome : files;
      }
      return await this.#restoreFiles(call);
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error, call.handler) };
    }
  }

  async #undoByHandler(handler: StepHandler, call: UndoCall & Pick<UndoContext, 'done'>): Promise<UndoOutcome> {
    const session = new HandlerSession(call, this.#options, 'run');
    const stopped = session.stop.happened.then((failure): UndoOutcome => ({ kind: 'failed', failure }));
    try {
      const answer = handler.undo?.({ ...session.context, done: call.done });
      return await Promise.race([Promise.resolve(answer).then(readUndoOutcome), stopped]);
    } finally {
      await session.end();
    }
  }

  async #restoreFiles({ runId, changes }: UndoCall): Promise<UndoOutcome> {
    const changed: string[] = [];
    for (const change of changes) {
      if ((await this.#options.backups.restore(runId, change)) === 'changed') changed.push(change.path);
    }
    if (changed.length === 0) return { kind: 'undone' };
    const reason = `${changed.join(', ')} ${changed.length === 1 ? 'is' : 'are'} not as the step left ${changed.length === 1 ? 'it' : 'them'}`;
    return { kind: 'left', reason, commands: [`git diff -- ${changed.map(shellWord).join(' ')}`] };
  }

  /**
   * A preview that fails says so in its summary: the plan of the other steps is worth showing. What is certain to fail again
   * would fail in the run, too; of the rest nobody knows.
   */
  async preview(call: HandlerCall): Promise<Preview | null> {
    const handler = this.#options.handler(call.handler);
    if (handler?.preview === undefined) return null;
    try {
      return await this.#look(call, async ({ context }) => (await handler.preview?.(context)) ?? null);
    } catch (error) {
      const { message, retryable } = failureOf(error, call.handler);
      const outlook = retryable === false ? 'would fail' : 'No preview';
      return { summary: `${outlook}: ${message}`, diffs: [], commands: [] };
    }
  }

  /** A probe that fails knows nothing; the step's log says why. */
  async probe(call: HandlerCall): Promise<ProbeAnswer> {
    const handler = this.#options.handler(call.handler);
    if (handler?.probe === undefined) return { kind: 'unknown' };
    const { observer, masker } = this.#options;
    try {
      return await this.#look(call, async ({ context }) => readProbeAnswer(await handler.probe?.(context)));
    } catch (error) {
      const { message } = failureOf(error, call.handler);
      observer.log(
        call.step.address,
        'warning',
        masker.mask(`Whether the step was done could not be found out: ${message}`),
      );
      return { kind: 'unknown' };
    }
  }

  /** A handler whose word cannot be had says nothing: the failure that it was asked about is the one to show. */
  retryable(handler: string, failure: Failure): boolean | null {
    try {
      return this.#options.handler(handler)?.retryable?.(failure) ?? null;
    } catch {
      return null;
    }
  }

  async #look<T>(call: HandlerCall, look: (session: HandlerSession) => Promise<T>): Promise<T> {
    const session = new HandlerSession(call, this.#options, 'look');
    const stopped = session.stop.happened.then((failure): never => {
      throw Object.assign(new Error(failure.message), { failure });
    });
    try {
      return await Promise.race([look(session), stopped]);
    } finally {
      await session.end();
    }
  }
}

async function answerOf(handler: StepHandler, session: HandlerSession, name: string): Promise<Outcome> {
  try {
    return readOutcome(await handler.execute(session.context), name);
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, name) };
  }
}

/**
 * The outcome of a call that was stopped. Its processes are ended before anything is said, and the handler has a
 * moment for its last words. What it finished in spite of a cancel is finished; past its time nothing is.
 */
async function stoppedOutcome(
  stopped: Failure,
  session: HandlerSession,
  answer: Promise<Outcome>,
  clock: Clock,
): Promise<Outcome> {
  await session.processes.idle();
  const { promise: patienceOver, resolve } = Promise.withResolvers<null>();
  const stopTimer = clock.schedule(graceMs, () => resolve(null));
  const late = await Promise.race([answer, patienceOver]);
  stopTimer();
  if (late?.kind === 'success' && stopped.kind === 'cancelled') return late;
  if (late?.kind !== 'failed') return { kind: 'failed', failure: stopped };
  return { ...late, failure: { ...late.failure, kind: stopped.kind, message: stopped.message } };
}

function readProbeAnswer(answer: unknown): ProbeAnswer {
  if (isJsonMap(answer)) {
    if (answer.kind === 'not-done' || answer.kind === 'unknown') return { kind: answer.kind };
    if (answer.kind === 'done') {
      const outputs = readOutputs(answer.outputs);
      if (!outputs.ok) throw new Error(outputs.error);
      return { kind: 'done', outputs: outputs.value };
    }
  }
  throw new Error('the probe answered with something that is no answer');
}

/** For people who paste it into a shell. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function unknownHandler(call: HandlerCall): Failure {
  return {
    kind: 'not-found',
    message: `No plugin provides the handler ${call.handler}, or the configuration file switches it off.`,
  };
}
