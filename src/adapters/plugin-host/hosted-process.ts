import type { Failure } from '../../core/model/failure.ts';
import type { Json } from '../../core/model/json.ts';
import type { CancelSignal } from '../../core/ports/cancel.ts';
import type { HandlerLog, ProcessChannel, Processes, ProcessResult } from '../../core/ports/plugin.ts';
import type { ContextService } from './context-service.ts';
import { type HostGrants, type HostProgram, hostArguments, hostEnvironment } from './host-program.ts';
import { failureFrom, HostedFailure, hostedFailure } from './hosted-failure.ts';
import { MessageLines } from './message-lines.ts';
import { readMessage } from './read-message.ts';
import { encodeMessage, type FromHost, type HostTask, mostLogged, type ToHost } from './wire.ts';

export interface HostedTask {
  readonly task: HostTask;
  /** `plugin "x"`, for messages. */
  readonly subject: string;
  readonly program: HostProgram;
  readonly grants: HostGrants;
  readonly processes: Processes;
  readonly signal: CancelSignal;
  readonly log: HandlerLog;
  readonly service: ContextService;
  /** `null`: whoever called ends it by the signal. */
  readonly timeoutMs: number | null;
  /** From being asked to end until it is killed; default 0.8 s. */
  readonly graceMs?: number;
}

/** The longest message that a process may write, in UTF-16 units: a file's text passes in one. */
const longestMessage = 32 * 1024 * 1024;
/** Questions that are answered at once; until one of them is, no more are read. */
const mostQuestions = 64;
/** Most that a task may print to each of its streams, in bytes. */
const mostPrinted = 16 * 1024 * 1024;
const defaultGraceMs = 800;
/** From hearing that nothing more is wanted until it is asked to end. */
const leaveMs = 1000;

interface Invocation {
  readonly resolve: (value: Json) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One plugin's process at its task, as this side sees it. Whatever it does or writes becomes an answer or a
 * `HostedFailure`; it lives in the process group of the step and is gone when `gone` resolves.
 */
export class HostedProcess {
  /** The task's answer. Rejects with a `HostedFailure`. */
  readonly answer: Promise<Json>;
  readonly gone: Promise<void>;
  readonly #task: HostedTask;
  readonly #lines = new MessageLines(longestMessage);
  readonly #invocations = new Map<number, Invocation>();
  readonly #resolve: (value: Json) => void;
  readonly #reject: (error: Error) => void;
  #channel: ProcessChannel | null = null;
  #settled = false;
  #invoked = 0;
  #questions = 0;
  #fewer = Promise.withResolvers<void>();
  #logged = 0;
  #fault: Failure | null = null;

  constructor(task: HostedTask) {
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    this.#task = task;
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    // Whoever waits for the process alone has no use for its answer.
    promise.catch(() => {});
    this.gone = this.#run();
  }

  /** Calls a method of the adapter that the process holds. */
  invoke(method: string, args: readonly Json[]): Promise<Json> {
    const id = ++this.#invoked;
    return new Promise((resolve, reject) => {
      if (this.#fault !== null) return reject(new HostedFailure(this.#fault));
      this.#invocations.set(id, { resolve, reject });
      void this.#send({ kind: 'invoke', id, method, args });
    });
  }

  /** Nothing more is wanted. Resolves when the process is gone, by itself or by force. */
  async end(): Promise<void> {
    void this.#send({ kind: 'end' });
    const timer = setTimeout(() => this.#channel?.stop(), leaveMs);
    await this.gone;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const { task, program, grants, processes, signal, timeoutMs, graceMs, subject } = this.#task;
    const stopListening = signal.onCancel((reason) => void this.#send({ kind: 'cancel', reason }));
    try {
      const result = await processes.run({
        command: program.node,
        args: hostArguments(program, grants),
        env: hostEnvironment,
        output: 'both',
        maxBytes: mostPrinted,
        title: subject,
        graceMs: graceMs ?? defaultGraceMs,
        ...(timeoutMs !== null && { timeoutMs }),
        channel: (channel) => this.#open(channel, task),
      });
      this.#failWith(endFailure(result, this.#task));
    } catch (error) {
      this.#failWith(failureFrom(error));
    } finally {
      stopListening();
    }
  }

  #open(channel: ProcessChannel, task: HostTask): void {
    this.#channel = channel;
    channel.onText((text) => this.#hear(text));
    void this.#send({ kind: 'task', task });
  }

  #hear(text: string): undefined | Promise<void> {
    if (this.#fault !== null) return undefined;
    const lines = this.#lines.push(text);
    if (lines === null) {
      return this.#violate('output', `sent a message of more than ${longestMessage} characters`);
    }
    for (const line of lines) {
      const message = readMessage(line);
      if (message === null) return this.#violate('handler', 'wrote something to its channel that is no message');
      this.#take(message);
    }
    return this.#questions < mostQuestions ? undefined : this.#fewer.promise;
  }

  #take(message: FromHost): void {
    switch (message.kind) {
      case 'ask':
        return void this.#serve(message.id, message.member, message.args);
      case 'log':
        return this.#log(message.level, message.message);
      case 'answer':
        this.#settled = true;
        return this.#resolve(message.value);
      case 'broke':
        this.#settled = true;
        return this.#reject(new HostedFailure(message.failure));
      case 'returned':
        return this.#endInvocation(message.id, ({ resolve }) => resolve(message.value));
      case 'threw':
        return this.#endInvocation(message.id, ({ reject }) => reject(new HostedFailure(message.failure)));
    }
  }

  async #serve(id: number, member: string, args: readonly Json[]): Promise<void> {
    this.#questions++;
    try {
      const value = await this.#task.service(member, args);
      await this.#send({ kind: 'reply', id, value });
    } catch (error) {
      await this.#send({ kind: 'refused', id, failure: failureFrom(error) });
    }
    if (--this.#questions === mostQuestions - 1) {
      this.#fewer.resolve();
      this.#fewer = Promise.withResolvers<void>();
    }
  }

  #log(level: Parameters<HandlerLog>[0], message: string): void {
    this.#logged += message.length;
    if (this.#logged > mostLogged) this.#violate('output', `logged more than ${mostLogged} characters`);
    else this.#task.log(level, message);
  }

  #endInvocation(id: number, end: (invocation: Invocation) => void): void {
    const invocation = this.#invocations.get(id);
    this.#invocations.delete(id);
    if (invocation) end(invocation);
  }

  /** The process does what none may: it is ended, and what it says from now on counts for nothing. */
  #violate(kind: Failure['kind'], what: string): undefined {
    this.#failWith({ kind, message: `The process of ${this.#task.subject} ${what} and was ended.` });
    this.#channel?.stop();
    return undefined;
  }

  #failWith(failure: Failure): void {
    this.#fault ??= failure;
    for (const { reject } of this.#invocations.values()) reject(new HostedFailure(this.#fault));
    this.#invocations.clear();
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(new HostedFailure(this.#fault));
  }

  #send(message: ToHost): Promise<void> {
    return this.#channel?.send(encodeMessage(message)) ?? Promise.resolve();
  }
}

const mostCauseLines = 20;

/** Why a process that is gone gave no answer. */
function endFailure({ end, tail }: ProcessResult, { subject, signal, timeoutMs }: HostedTask): Failure {
  const lines = tail.trimEnd().split('\n').slice(-mostCauseLines).join('\n');
  const cause = lines === '' ? {} : { cause: lines };
  switch (end.kind) {
    case 'exit':
      return {
        kind: 'crashed',
        message: `The process of ${subject} ended with exit code ${end.code} before it had answered.`,
        ...cause,
      };
    case 'signal':
      return { kind: 'crashed', message: `The process of ${subject} was ended by ${end.signal}.`, ...cause };
    case 'timeout':
      return { kind: 'timeout', message: `The process of ${subject} took longer than ${(timeoutMs ?? 0) / 1000} s.` };
    case 'cancelled':
      return { kind: 'cancelled', message: signal.reason === '' ? 'the step has ended' : signal.reason };
    case 'not-started':
      return end.failure;
    case 'too-much-output':
      return hostedFailure(
        'output',
        `The process of ${subject} was ended: it printed more than ${mostPrinted} bytes. Large data belongs into a file.`,
      ).failure;
  }
}
