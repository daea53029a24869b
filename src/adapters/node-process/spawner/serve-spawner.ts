import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Environment, environmentOf } from '../invocation.ts';
import { outputsOf } from '../started-process.ts';
import { withTether } from '../tethers.ts';
import { frameOfNews, frameOfOutput } from './frames.ts';
import { readRequest, type SpawnerNews, type SpawnerRequest, type StreamName, spawnerDescriptor } from './messages.ts';

type StartRequest = Extract<SpawnerRequest, { kind: 'start' }>;

/**
 * The spawner: starts processes for the engine and passes on what becomes of them. It stays small, and so does what the
 * system copies for each start. It ends with the engine, whose end of the pipe closes however it dies.
 */
export function serveSpawner(): void {
  const engine = new EnginePipe(new Socket({ fd: spawnerDescriptor, readable: true, writable: true }));
  const shared = ownEnvironment();
  const tethers = new EngineTethers(process.ppid);
  const children = new Map<number, ChildProcess>();
  engine.onRequest((request) => {
    if (request.kind === 'start') return start(request, { shared, tethers, engine, children });
    const stream = children.get(request.id)?.[request.stream];
    if (!stream) return undefined;
    if (request.kind === 'destroy') return void stream.destroy();
    return engine.setPaused(stream, request.kind === 'pause');
  });
  engine.tell({ kind: 'ready', id: 0 });
}

interface Serving {
  readonly shared: Environment;
  readonly tethers: EngineTethers;
  readonly engine: EnginePipe;
  readonly children: Map<number, ChildProcess>;
}

function start(request: StartRequest, { shared, tethers, engine, children }: Serving): void {
  const { id, command, args, cwd, changes } = request;
  const refuse = (error: NodeJS.ErrnoException): void =>
    engine.tell({ kind: 'refused', id, code: error.code ?? '', message: error.message });
  try {
    const env = environmentOf({ shared, changes });
    const tether = request.tether === null ? null : tethers.open(request.tether);
    const stdio = [...withTether(['ignore', 'pipe', 'pipe'], tether)];
    const child = spawn(command, args, { cwd, env, detached: true, stdio });
    if (child.pid === undefined) {
      child.once('error', refuse);
      return;
    }
    children.set(id, child);
    engine.tell({ kind: 'started', id, pid: child.pid, outputs: outputsOf(child.pid) });
    watch(id, child, engine, () => children.delete(id));
  } catch (error) {
    refuse(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Tethers have no names: they are opened by the engine's own descriptors, which stay what they are. */
class EngineTethers {
  readonly #enginePid: number;
  readonly #opened = new Map<number, number>();

  constructor(enginePid: number) {
    this.#enginePid = enginePid;
  }

  /** Null where it cannot be had; the process is started all the same. */
  open(descriptor: number): number | null {
    const before = this.#opened.get(descriptor);
    if (before !== undefined) return before;
    try {
      const opened = openSync(`/proc/${this.#enginePid}/fd/${descriptor}`, 'r');
      this.#opened.set(descriptor, opened);
      return opened;
    } catch {
      return null;
    }
  }
}

/** Asking `process.env` for every name at every start would be slow. */
function ownEnvironment(): Environment {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function watch(id: number, child: ChildProcess, engine: EnginePipe, onClose: () => void): void {
  // A signal that could not be sent is the engine's affair: it sends them itself.
  child.on('error', () => {});
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = child[name];
    if (!stream) continue;
    engine.addSource(stream);
    stream.on('data', (bytes: Buffer) => engine.pass(name, id, bytes));
    stream.on('error', () => {});
    stream.once('close', () => engine.removeSource(stream));
  }
  child.once('exit', (code, signal) => engine.tell({ kind: 'exited', id, code, signal }));
  child.once('close', () => {
    onClose();
    engine.tell({ kind: 'closed', id });
  });
}

interface Source {
  pause(): unknown;
  resume(): unknown;
}

/** The pipe to the engine. Where the engine does not read, the processes are not read either. */
class EnginePipe {
  readonly #socket: Socket;
  readonly #sources = new Set<Source>();
  readonly #paused = new Set<Source>();
  #full = false;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('drain', () => this.#drained());
    socket.on('error', () => process.exit());
    socket.on('close', () => process.exit());
  }

  onRequest(listener: (request: SpawnerRequest) => void): void {
    let rest = '';
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) listener(readRequest(line));
    });
  }

  tell(news: SpawnerNews): void {
    this.#write(frameOfNews(news));
  }

  pass(stream: StreamName, id: number, bytes: Buffer): void {
    this.#write(frameOfOutput(stream, id, bytes.length));
    this.#write(bytes);
  }

  addSource(source: Source): void {
    this.#sources.add(source);
    if (this.#full) source.pause();
  }

  removeSource(source: Source): void {
    this.#sources.delete(source);
    this.#paused.delete(source);
  }

  setPaused(source: Source, paused: boolean): void {
    if (paused) {
      this.#paused.add(source);
      source.pause();
      return;
    }
    this.#paused.delete(source);
    if (!this.#full) source.resume();
  }

  /** All that comes up in one turn leaves in one write. */
  #write(bytes: Buffer): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    if (this.#socket.write(bytes) || this.#full) return;
    this.#full = true;
    for (const source of this.#sources) source.pause();
  }

  #drained(): void {
    this.#full = false;
    for (const source of this.#sources) if (!this.#paused.has(source)) source.resume();
  }
}
