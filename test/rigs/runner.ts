import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { parse } from 'yaml';
import { readCommandFile } from './runner/command-file.ts';
import { JobLog } from './runner/job-log.ts';
import { kill, killTree, type LiveProcess, processesNaming } from './runner/processes.ts';
import { TempFolder } from './temp-folder.ts';

/** One step of a job that uses the action. */
export interface ActionStep {
  /** The bundle's entry file, absolute. */
  readonly main: string;
  /** `GITHUB_WORKSPACE`, absolute. */
  readonly workspace: string;
  /** What stands under `with:`. */
  readonly with?: { readonly [input: string]: string };
  /** Over the runner's own variables; `null` takes one away. */
  readonly env?: { readonly [name: string]: string | null };
  readonly event?: { readonly name: string; readonly payload: unknown };
}

/** How far the runner had to go to end a step that was cancelled. */
export type CancelEnd = 'ended after SIGINT' | 'ended after SIGTERM' | 'killed';

export interface StepEnd {
  readonly exitCode: number | null;
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly log: JobLog;
  /** Everything that the action printed, before masks: what the runner got, not what people see. */
  readonly printed: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
  /** As the page has it: masked line by line. Empty where nothing was written, or it was too large and was dropped. */
  readonly summary: string;
  /** The file as it was written. */
  readonly summaryFile: string;
  /** Outputs that a job could not pass on, because a masked text stands in them. */
  readonly lostOutputs: readonly string[];
  /** `null` where nobody cancelled. */
  readonly cancel: { readonly end: CancelEnd; readonly tookMs: number } | null;
  /** What was alive when the entry process had ended; the runner killed it. */
  readonly survivors: readonly LiveProcess[];
}

const root = resolve(import.meta.dirname, '../..');
const summaryLimit = 1024 * 1024;
const interruptGraceMs = 7500;
const terminateGraceMs = 2500;
const streamGraceMs = 5000;

/**
 * Does to the action what the Actions runner does: starts the entry file in a process of its own with the runner's
 * variables and files, obeys what it prints and writes, applies the platform's limits and masks, and cancels with
 * SIGINT to that process alone, SIGTERM 7.5 s later, and the end of the whole tree 2.5 s after that.
 */
export class Runner {
  readonly #folder = new TempFolder();
  readonly #trackingId = `github_${randomUUID()}`;
  readonly #step: ActionStep;
  readonly #log = new JobLog();
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  /** Nobody holds its streams any more. */
  readonly #closed: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #printed = '';
  #over = false;
  #cancelled: StepEnd['cancel'] = null;
  #cancelling: Promise<void> | null = null;

  constructor(step: ActionStep) {
    this.#step = step;
    const { env, unknownInputs } = this.#environment();
    for (const name of unknownInputs) this.#log.complaints.push(`Unexpected input '${name}'.`);
    this.#child = spawn(process.execPath, [step.main], {
      cwd: step.workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#read(this.#child.stdout);
    this.#read(this.#child.stderr);
    this.#exited = new Promise((done, failed) => {
      this.#child.once('error', failed);
      this.#child.once('exit', (code) => done(code));
    });
    this.#closed = new Promise((done) => this.#child.once('close', () => done()));
  }

  /** The runner's own folder for the step, outside the checkout. */
  get temp(): string {
    return join(this.#folder.path, 'temp');
  }

  /** Resolves when the log holds the text; rejects where the step ends without it. */
  async prints(text: string): Promise<void> {
    while (!this.#printed.includes(text)) {
      if (this.#over) throw new Error(`the step ended without printing ${JSON.stringify(text)}:\n${this.#printed}`);
      await new Promise<void>((more) => this.#waiting.add(more));
    }
  }

  /** Begins to cancel the step; `end` tells how that went. */
  cancel(): void {
    this.#cancelling ??= this.#cancel();
  }

  /** The step's end, as the job sees it. */
  async end(): Promise<StepEnd> {
    const exitCode = await this.#exited;
    if (!(await within(streamGraceMs, this.#closed))) {
      this.#log.complaints.push('A process that outlived the action held its streams.');
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    }
    this.#over = true;
    this.#tell();
    await this.#cancelling;
    return this.#judged(exitCode, this.#survivors());
  }

  remove(): void {
    this.#folder.remove();
  }

  #environment(): { readonly env: NodeJS.ProcessEnv; readonly unknownInputs: readonly string[] } {
    const declared = declaredInputs();
    const given = this.#step.with ?? {};
    const inputs = { ...declared, ...given };
    const env: NodeJS.ProcessEnv = {
      ...runnerVariables(this.#step.workspace),
      ...this.#files(),
      RUNNER_TEMP: this.temp,
      RUNNER_TRACKING_ID: this.#trackingId,
      HOME: join(this.#folder.path, 'home'),
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
      ),
    };
    for (const [name, value] of Object.entries(this.#step.env ?? {})) {
      if (value === null) delete env[name];
      else env[name] = value;
    }
    return { env, unknownInputs: Object.keys(given).filter((name) => declared[name] === undefined) };
  }

  #files(): { readonly [variable: string]: string } {
    for (const folder of ['temp', 'home']) mkdirSync(join(this.#folder.path, folder));
    for (const name of Object.values(fileNames)) this.#folder.write(`commands/${name}`, '');
    const { name, payload } = this.#step.event ?? { name: 'push', payload: {} };
    writeFileSync(join(this.#folder.path, 'event.json'), JSON.stringify(payload));
    return {
      ...Object.fromEntries(Object.entries(fileNames).map(([key, file]) => [key, this.#commandFile(file)])),
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: join(this.#folder.path, 'event.json'),
    };
  }

  #commandFile(name: string): string {
    return join(this.#folder.path, 'commands', name);
  }

  #read(stream: NodeJS.ReadableStream | null): void {
    if (stream === null) throw new Error('the stream of the action is no pipe');
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (text: string): void => {
      this.#printed += text;
      // A carriage return alone ends a line, but one at the end of a chunk may be half of a line end.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) this.#log.line(line);
      this.#tell();
    };
    stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
    stream.on('end', () => {
      take(decoder.end());
      if (rest !== '') this.#log.line(rest.replace(/\r$/, ''));
    });
  }

  #tell(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const more of waiting) more();
  }

  async #cancel(): Promise<void> {
    const started = performance.now();
    const end = await this.#escalate();
    this.#cancelled = { end, tookMs: performance.now() - started };
  }

  async #escalate(): Promise<CancelEnd> {
    this.#child.kill('SIGINT');
    if (await within(interruptGraceMs, this.#exited)) return 'ended after SIGINT';
    this.#child.kill('SIGTERM');
    if (await within(terminateGraceMs, this.#exited)) return 'ended after SIGTERM';
    if (this.#child.pid !== undefined) killTree(this.#child.pid);
    return 'killed';
  }

  /** The runner sweeps by its variable alone; a process that took it away is found by the folders of the job. */
  #survivors(): readonly LiveProcess[] {
    const left = processesNaming(this.#trackingId, this.#folder.path, this.#step.workspace);
    for (const { id } of left) kill(id);
    return left;
  }

  #judged(exitCode: number | null, survivors: readonly LiveProcess[]): StepEnd {
    const read = (name: string) => readFileSync(this.#commandFile(name), 'utf8');
    const mask = (text: string) => this.#log.mask.apply(text);
    const summaryFile = read('summary');
    const tooLarge = Buffer.byteLength(summaryFile) > summaryLimit;
    if (tooLarge) this.#log.complaints.push('The summary is larger than 1024k and was dropped.');
    const outputs = readCommandFile(read('output'));
    const failed = exitCode !== 0;
    return {
      exitCode,
      conclusion: this.#cancelled === null ? (failed ? 'failure' : 'success') : 'cancelled',
      log: this.#log,
      printed: this.#printed,
      outputs,
      state: readCommandFile(read('state')),
      variables: readCommandFile(read('env')),
      paths: read('path')
        .split('\n')
        .filter((path) => path !== ''),
      summary: tooLarge ? '' : summaryFile.split('\n').map(mask).join('\n'),
      summaryFile,
      lostOutputs: [...outputs].filter(([, value]) => mask(value) !== value).map(([name]) => name),
      cancel: this.#cancelled,
      survivors,
    };
  }
}

/** Whether it settles in time. */
function within(ms: number, settled: Promise<unknown>): Promise<boolean> {
  const { promise, resolve: tell } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => tell(false), ms);
  void settled.then(() => tell(true));
  return promise.finally(() => clearTimeout(timer));
}

const fileNames = {
  GITHUB_OUTPUT: 'output',
  GITHUB_ENV: 'env',
  GITHUB_PATH: 'path',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary',
} as const;

/** The runner gives every declared input, with its default where `with:` has none. */
function declaredInputs(): { readonly [name: string]: string } {
  const metadata: { readonly inputs: { readonly [name: string]: { readonly default?: string } } } = parse(
    readFileSync(join(root, 'action.yml'), 'utf8'),
  );
  return Object.fromEntries(Object.entries(metadata.inputs).map(([name, input]) => [name, input.default ?? '']));
}

/** As on a hosted machine; the tokens are those that a step must never see. */
function runnerVariables(workspace: string): NodeJS.ProcessEnv {
  const repository = 'acme/widget';
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ID: '8675309',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'ci',
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/ci.yml@refs/heads/main`,
    GITHUB_JOB: 'build',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'ada',
    GITHUB_TRIGGERING_ACTOR: 'ada',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_PROTECTED: 'true',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'rig',
    RUNNER_ENVIRONMENT: 'github-hosted',
    ACTIONS_RUNTIME_TOKEN: 'runtime-token-of-the-runner',
    ACTIONS_RUNTIME_URL: 'https://pipelines.example/',
    ACTIONS_RESULTS_URL: 'https://results.example/',
    ACTIONS_CACHE_URL: 'https://cache.example/',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-of-the-runner',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/',
    GITHUB_TOKEN: 'github-token-of-the-job',
  };
}
