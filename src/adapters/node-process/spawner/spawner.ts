import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Failure } from '../../../core/model/failure.ts';
import { err, ok, type Result } from '../../../core/model/result.ts';
import type { Environment, Invocation } from '../invocation.ts';
import { ownSpawners } from '../own-processes.ts';
import { startFailure } from '../start-failure.ts';
import type { StartedProcess } from '../started-process.ts';
import type { Tether } from '../tethers.ts';
import { FrameReader } from './frames.ts';
import { type SpawnerNews, type SpawnerRequest, spawnerDescriptor } from './messages.ts';
import { RemoteProcess } from './remote-process.ts';

/** It runs little code, and each page of memory that it does not have makes every start of a process cheaper. */
const smallProcess = ['--max-semi-space-size=1', '--single-threaded', '--no-opt', '--no-maglev'];

interface PendingStart {
  readonly invocation: Invocation;
  readonly resolve: (started: Result<StartedProcess, Failure>) => void;
}

/** The engine's side of the spawner: a small process that starts processes for it. */
export class Spawner {
  /** Resolves when it is ready, or when it is known that it never will be. */
  readonly settled: Promise<void>;
  readonly #settle: () => void;
  readonly #child: ChildProcess;
  readonly #pipe: Socket | null;
  readonly #starting = new Map<number, PendingStart>();
  readonly #running = new Map<number, RemoteProcess>();
  readonly #ended: Promise<void>;
  #lastId = 0;
  #state: 'starting' | 'ready' | 'ended' = 'starting';

  /** `environment` is what all invocations share: each start sends only what it changes of it. Null where none can be had. */
  static launch(script: string, environment: Environment): Spawner | null {
    try {
      return new Spawner(script, environment);
    } catch {
      // The machine is out of processes or open files: the steps, started without it, will say so if they suffer.
      return null;
    }
  }

  private constructor(script: string, environment: Environment) {
    const settled = Promise.withResolvers<void>();
    this.settled = settled.promise;
    this.#settle = settled.resolve;
    // In a group of its own: what the terminal sends to ours would end it in the middle of a run.
    this.#child = spawn(process.execPath, [...smallProcess, script], {
      env: environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const { pid } = this.#child;
    if (pid !== undefined) ownSpawners.add(pid);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = promise;
    this.#child.once('exit', () => {
      if (pid !== undefined) ownSpawners.delete(pid);
      resolve();
    });
    this.#child.once('error', () => {
      this.#lose();
      resolve();
    });
    this.#child.unref();
    this.#pipe = this.#openPipe();
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  /** Whether it starts or holds a process at the moment. */
  get isBusy(): boolean {
    return this.#starting.size + this.#running.size > 0;
  }

  /** The invocation has been checked. A failure of kind `crashed`: the spawner died before it said what it did. */
  start(invocation: Invocation, cwd: string, tether: Tether | null): Promise<Result<StartedProcess, Failure>> {
    if (this.#state === 'ended') return Promise.resolve(err(lost));
    const { promise, resolve } = Promise.withResolvers<Result<StartedProcess, Failure>>();
    const id = ++this.#lastId;
    this.#starting.set(id, { invocation, resolve });
    this.#holdOpen();
    const { command, args, changes } = invocation;
    this.#ask({ kind: 'start', id, command, args, cwd, changes, tether: tether?.descriptor ?? null });
    return promise;
  }

  /** Resolves when the spawner is gone. What it started goes on, and is heard of no more. */
  async close(): Promise<void> {
    this.#lose();
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #openPipe(): Socket | null {
    const pipe = this.#child.stdio[spawnerDescriptor];
    if (!(pipe instanceof Socket)) return null;
    const reader = new FrameReader({
      news: (news) => this.#hear(news),
      output: (id, stream, bytes) => this.#running.get(id)?.[stream].push(bytes),
    });
    pipe.on('data', (bytes: Buffer) => reader.push(bytes));
    // `close` follows and says all there is to say.
    pipe.on('error', () => {});
    pipe.once('close', () => this.#lose());
    pipe.unref();
    return pipe;
  }

  #hear(news: SpawnerNews): void {
    switch (news.kind) {
      case 'ready':
        if (this.#state === 'starting') this.#state = 'ready';
        return this.#settle();
      case 'started':
        return this.#started(news);
      case 'refused': {
        const pending = this.#starting.get(news.id);
        this.#starting.delete(news.id);
        const error = Object.assign(new Error(news.message), { code: news.code });
        pending?.resolve(err(startFailure(error, pending.invocation)));
        return this.#letGo();
      }
      case 'exited':
        return this.#running.get(news.id)?.exit({ kind: 'ended', code: news.code, signal: news.signal });
      case 'closed':
        this.#running.get(news.id)?.close();
        this.#running.delete(news.id);
        return this.#letGo();
    }
  }

  #started({ id, ...started }: Extract<SpawnerNews, { kind: 'started' }>): void {
    const process = new RemoteProcess(started, (stream, kind) => this.#ask({ kind, id, stream }));
    this.#running.set(id, process);
    this.#starting.get(id)?.resolve(ok(process));
    this.#starting.delete(id);
  }

  #ask(request: SpawnerRequest): void {
    if (this.#state !== 'ended') this.#pipe?.write(`${JSON.stringify(request)}\n`);
  }

  /** Processes that run keep the engine running, an idle spawner does not. */
  #holdOpen(): void {
    this.#pipe?.ref();
  }

  #letGo(): void {
    if (!this.isBusy) this.#pipe?.unref();
  }

  #lose(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#settle();
    for (const { resolve } of this.#starting.values()) resolve(err(lost));
    for (const process of this.#running.values()) {
      process.exit({ kind: 'lost', failure: lost });
      process.close();
    }
    this.#starting.clear();
    this.#running.clear();
    this.#pipe?.destroy();
  }
}

const lost: Failure = {
  kind: 'crashed',
  message:
    'The process that starts the steps of this run was killed from outside. What it had started is ended with it; later steps are started without it.',
};
