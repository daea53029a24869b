import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type AdapterContext,
  type AdapterFactory,
  CancelSource,
  type HandlerContext,
  type Json,
  type JsonMap,
  type ParameterValue,
  PluginFailure,
  type Processes,
  type ProcessRequest,
  type ProcessResult,
  type UpstreamStep,
  type WorkspaceFiles,
} from '../../src/plugin-api/index.ts';

/** What a test says about one call of a handler; everything has a plain default. */
export interface ContextOptions {
  readonly config?: JsonMap;
  readonly env?: { readonly [name: string]: string };
  readonly parameters?: readonly ParameterValue[];
  readonly outputs?: { readonly [stepId: string]: JsonMap };
  readonly state?: Map<string, Json>;
  /** Milliseconds since 1970. */
  readonly now?: number;
  readonly attempt?: number;
  readonly changedFiles?: readonly string[];
  readonly upstream?: { readonly [handler: string]: readonly UpstreamStep[] };
  /** What adapters get. */
  readonly secrets?: { readonly [name: string]: string };
  readonly adapters?: { readonly [name: string]: AdapterFactory };
  readonly adapterConfig?: { readonly [name: string]: JsonMap };
  readonly signal?: CancelSource;
}

export interface TestContext extends HandlerContext {
  /** What the handler logged, as `level: message`. */
  readonly logged: string[];
  /** Processes in the order of their start. */
  readonly started: ProcessRequest[];
  readonly stateMap: Map<string, Json>;
}

/** The moment that tests run at, unless they say otherwise. */
export const testNow = Date.UTC(2025, 10, 20, 14, 5, 9);

/** A context over a real folder, with real files and processes, and a clock that stands still. */
export function pluginContext(root: string, options: ContextOptions = {}): TestContext {
  const logged: string[] = [];
  const started: ProcessRequest[] = [];
  const stateMap = options.state ?? new Map<string, Json>();
  const signal = options.signal ?? new CancelSource();
  const env = { ...quietEnvironment(), ...options.env };
  const shared: Omit<AdapterContext, 'config'> = {
    env,
    secrets: options.secrets ?? {},
    signal,
    files: realFiles(root),
    processes: realProcesses(root, env, signal, started),
    log: (level, message) => logged.push(`${level}: ${message}`),
    now: async () => options.now ?? testNow,
  };
  const made = new Map<string, Promise<{ readonly api: unknown }>>();
  const { secrets: _ofAdapters, ...forHandlers } = shared;
  return {
    ...forHandlers,
    run: { id: 'run-1', workflow: { name: 'Release Workflow', version: '1.0.0' } },
    step: { id: 'step', address: 'step', name: 'step', visit: 1, attempt: options.attempt ?? 1 },
    config: options.config ?? {},
    secrets: {},
    idempotencyKey: 'run-1/step/1',
    timeoutMs: null,
    parameters: async () => options.parameters ?? [],
    outputs: async (stepId) => options.outputs?.[stepId] ?? null,
    upstream: async (handler) => options.upstream?.[handler] ?? [],
    changedFiles: async () => options.changedFiles ?? [],
    getState: async (key) => stateMap.get(key) ?? null,
    setState: async (key, value) => {
      stateMap.set(key, value);
    },
    async adapter<T>(name: string): Promise<T> {
      const factory = options.adapters?.[name];
      if (!factory) throw new PluginFailure('not-found', `there is no adapter ${name}`);
      const pending = made.get(name) ?? factory.initialize({ ...shared, config: options.adapterConfig?.[name] ?? {} });
      made.set(name, pending);
      return (await pending).api as T;
    },
    logged,
    started,
    stateMap,
  };
}

/** Settings of the machine must not change what tests see. */
export function quietEnvironment(): { readonly [name: string]: string } {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.invalid',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.invalid',
  };
}

function realFiles(root: string): WorkspaceFiles {
  const inside = async (path: string): Promise<string> => {
    const full = resolve(root, path);
    const top = await realpath(root);
    let existing = full;
    while ((await stat(existing).catch(() => null)) === null) existing = dirname(existing);
    if (relative(top, await realpath(existing)).startsWith('..')) {
      throw new PluginFailure('permission', `${path} leads outside the workspace`);
    }
    return full;
  };
  const found = async (path: string) => stat(await inside(path)).catch(missingAsNull);
  return {
    root,
    async read(path) {
      const full = await inside(path);
      if ((await found(path)) === null) throw new PluginFailure('not-found', `${path} does not exist`);
      return readFile(full, 'utf8');
    },
    readBytes: async (path) => readFile(await inside(path)),
    glob: async (patterns) => globSync([...patterns], { cwd: root, exclude: ['.git/**', '.vwmp/**'] }).sort(),
    async write(path, text) {
      const full = await inside(path);
      await mkdir(dirname(full), { recursive: true });
      const mode = (await found(path))?.mode;
      await writeFile(`${full}.new`, text);
      if (mode !== undefined) await chmod(`${full}.new`, mode);
      await rename(`${full}.new`, full);
    },
    exists: async (path) => (await found(path)) !== null,
    async stat(path) {
      const info = await found(path);
      if (info === null) return null;
      return { kind: info.isDirectory() ? 'folder' : 'file', executable: (info.mode & 0o100) !== 0, size: info.size };
    },
    list: async (path) => (await readdir(await inside(path)).catch(() => [])).sort(),
  };
}

function missingAsNull(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}

function realProcesses(
  root: string,
  env: { readonly [name: string]: string },
  signal: CancelSource,
  started: ProcessRequest[],
): Processes {
  return {
    async run(request) {
      started.push(request);
      return runProcess(root, env, signal, request);
    },
  };
}

function runProcess(
  root: string,
  env: { readonly [name: string]: string },
  signal: CancelSource,
  request: ProcessRequest,
): Promise<ProcessResult> {
  const environment: { [name: string]: string } = { ...env };
  for (const [name, value] of Object.entries(request.env ?? {})) {
    if (value === null) delete environment[name];
    else environment[name] = value;
  }
  return new Promise((settle) => {
    const child = spawn(request.command, [...request.args], {
      cwd: join(root, request.cwd ?? '.'),
      env: environment,
      detached: true,
    });
    const streams = { stdout: '', stderr: '' };
    let ended: 'timeout' | 'cancelled' | null = null;
    const kill = (reason: 'timeout' | 'cancelled') => {
      ended = reason;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = request.timeoutMs === undefined ? null : setTimeout(() => kill('timeout'), request.timeoutMs);
    const forget = signal.onCancel(() => kill('cancelled'));
    const finish = (end: ProcessResult['end']) => {
      if (timer) clearTimeout(timer);
      forget();
      const tail = `${streams.stdout}${streams.stderr}`.split('\n').slice(-100).join('\n');
      settle({ end, ...streams, tail, outputs: {}, outputsFailure: null });
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      streams.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      streams.stderr += text;
    });
    // A program that ends without reading its input is none of the test's business.
    child.stdin.on('error', () => {});
    child.stdin.end(request.stdin ?? '');
    child.on('error', (error) =>
      finish({ kind: 'not-started', failure: { kind: 'not-found', message: error.message } }),
    );
    child.on('close', (code, name) => {
      if (ended !== null) finish({ kind: ended });
      else if (name !== null) finish({ kind: 'signal', signal: name, code: 128 });
      else finish({ kind: 'exit', code: code ?? 0 });
    });
  });
}
