import { relative, resolve, sep } from 'node:path';
import type { Json } from '../../core/model/json.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { FileBackups, VisitPlace } from '../../core/ports/file-backups.ts';
import type { HandlerCall } from '../../core/ports/handlers.ts';
import type { Masker } from '../../core/ports/masker.ts';
import type { LogLevel, Observer } from '../../core/ports/observer.ts';
import type { AdapterContext, HandlerContext, WorkspaceFiles } from '../../core/ports/plugin.ts';
import { AttemptStop } from './attempt-stop.ts';
import { type AdapterSource, CallAdapters } from './call-adapters.ts';
import { CallFailure } from './call-failure.ts';
import { type CallProcesses, CountedProcesses } from './call-processes.ts';
import { accessedFiles, HandlerAccess } from './handler-access.ts';
import { copyPlainData } from './plain-data.ts';

/** What handler calls are served with. */
export interface HandlerServices {
  readonly files: WorkspaceFiles;
  /** Keeps what steps write over. */
  readonly backups: FileBackups;
  /** The processes of one call. They listen to the signal of the call that is given, which ends with the attempt. */
  readonly processes: (call: HandlerCall) => CallProcesses;
  readonly adapters: AdapterSource;
  /** The scrubbed environment that steps start from. */
  readonly env: { readonly [name: string]: string };
  readonly clock: Clock;
  readonly masker: Masker;
  readonly observer: Observer;
}

/** What handlers and adapters get alike. */
type SharedContext = Omit<AdapterContext, 'config' | 'secrets'>;

/** How long adapters may take to clean up; past it the step ends without them. */
const cleanUpMs = 5000;

/** One call of a handler from its start to its end: its context, and everything that must be gone afterwards. */
export class HandlerSession {
  readonly context: HandlerContext;
  readonly processes: CountedProcesses;
  readonly stop: AttemptStop;
  readonly #call: HandlerCall;
  readonly #services: HandlerServices;
  readonly #access: HandlerAccess;
  readonly #adapters: CallAdapters;
  readonly #closeProcesses: () => void;
  readonly #kept = new Set<string>();

  constructor(call: HandlerCall, services: HandlerServices, access: 'run' | 'look') {
    this.#call = call;
    this.#services = services;
    this.#access = new HandlerAccess(access);
    this.stop = new AttemptStop(call, services.clock);
    const processes = services.processes({ ...call, signal: this.stop.signal });
    this.processes = new CountedProcesses(processes);
    this.#closeProcesses = () => processes.close();
    const shared = this.#shared();
    this.#adapters = new CallAdapters(services.adapters, shared);
    this.context = this.#context(shared);
  }

  readonly log = (level: LogLevel, message: string): void => {
    this.#services.observer.log(this.#call.step.address, level, this.#services.masker.mask(String(message)));
  };

  /** Takes everything from the handler; resolves when its processes and adapters are gone. */
  async end(): Promise<void> {
    this.stop.dispose();
    this.#access.end();
    if (!this.processes.areIdle) this.stop.signal.cancel('the step has ended');
    await this.processes.idle();
    await this.#cleanUpAdapters();
    try {
      this.#closeProcesses();
    } catch (error) {
      // What the handler did is done, whatever becomes of its log.
      this.log(
        'warning',
        `The log of the step could not be finished: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  async #cleanUpAdapters(): Promise<void> {
    if (!this.#adapters.areUsed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stopTimer = this.#services.clock.schedule(cleanUpMs, () => {
      this.log('warning', `The step's adapters took longer than ${cleanUpMs / 1000} s to clean up and were left.`);
      resolve();
    });
    await Promise.race([this.#adapters.cleanUp((message) => this.log('warning', message)), promise]);
    stopTimer();
  }

  #shared(): SharedContext {
    const { files, env, clock } = this.#services;
    return {
      // Mostly a step adds nothing to it, and it is large.
      env: Object.keys(this.#call.env).length === 0 ? env : { ...env, ...this.#call.env },
      signal: this.stop.signal,
      files: accessedFiles(files, this.#access, (path) => this.#keep(path)),
      processes: {
        run: async (request) => {
          this.#access.checkUse();
          return this.processes.run(request);
        },
      },
      log: this.log,
      now: async () => clock.now(),
    };
  }

  #context(shared: SharedContext): HandlerContext {
    const { runId, workflow, step, visit, attempt, config, secrets, idempotencyKey, timeoutMs, reads } = this.#call;
    return {
      ...shared,
      run: { id: runId, workflow },
      step: { ...step, visit, attempt },
      config,
      secrets,
      idempotencyKey,
      timeoutMs,
      parameters: async () => reads.parameters(),
      outputs: async (stepId) => reads.outputs(stepId),
      upstream: async (handler) => reads.upstream(handler),
      changedFiles: async () => reads.changedFiles(),
      getState: async (key) => reads.state(key),
      setState: async (key, value) => this.#setState(key, value),
      adapter: async (name) => {
        this.#access.checkUse();
        return asApi(await this.#adapters.get(name));
      },
    };
  }

  /** What stands in the file goes into the run's copies before the step's first write to it. */
  async #keep(path: string): Promise<void> {
    const { files, backups } = this.#services;
    const inside = pathInside(files.root, path);
    if (inside === null || this.#kept.has(inside)) return;
    await backups.keep(placeOf(this.#call), inside);
    this.#kept.add(inside);
  }

  #setState(key: string, value: Json): void {
    this.#access.checkChange();
    const copied = copyPlainData(value, `the value of "${key}"`);
    if (!copied.ok) throw new CallFailure('handler', `The state cannot hold it: ${copied.error}.`);
    this.#call.reads.setState(key, copied.value);
  }
}

export function placeOf({ runId, step, visit }: HandlerCall): VisitPlace {
  return { runId, address: step.address, visit };
}

/** As the run's copies name it; null for a path that the files will refuse. */
function pathInside(root: string, path: string): string | null {
  const way = relative(root, resolve(root, path)).split(sep).join('/');
  return way === '' || way === '..' || way.startsWith('../') ? null : way;
}

/** The handler knows which interface the adapter of that name has: both belong to one contract. */
function asApi<T>(api: unknown): T {
  return api as T;
}
