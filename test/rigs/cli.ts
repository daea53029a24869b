import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { JsonMap } from '../../src/core/model/json.ts';
import type { PlanJson } from '../../src/core/report/plan-json.ts';
import type { RunJson, StepJson } from '../../src/core/report/run-json.ts';
import { builtProgram } from './built-bundle.ts';
import { TempFolder } from './temp-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = builtProgram('cli.js');

/** The bundle is compiled once for the whole suite, not once a command. */
const compileCache = join(root, 'node_modules/.cache/vwmp-cli-tests');

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSettings {
  readonly env?: { readonly [name: string]: string };
  /** Relative to the folder. */
  readonly cwd?: string;
}

/** A folder of files in which the command line runs as a process of its own, with nothing of this one's environment. */
export class CliFolder extends TempFolder {
  readonly #started: ChildProcess[] = [];

  /** To the end of the command. */
  async vwmp(args: readonly string[], settings: CliSettings = {}): Promise<CliResult> {
    return this.start(args, settings).end;
  }

  /** `run FILE --json`: the object, read. */
  async run(file: string, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.vwmp(['run', file, '--json', ...args]));
  }

  async plan(file: string, ...args: readonly string[]): Promise<PlanJson> {
    const { stdout, stderr } = await this.vwmp(['plan', file, '--json', ...args]);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as PlanJson;
  }

  async validate(...files: readonly string[]): Promise<Validation> {
    return JSON.parse((await this.vwmp(['validate', '--json', ...files])).stdout) as Validation;
  }

  /** Writes a definition (as JSON, which is YAML too) and gives its name. */
  define(file: string, definition: object): string {
    this.write(file, JSON.stringify({ name: 'case', ...definition }));
    return file;
  }

  /** Leaves the command running. Whatever still runs when the folder is removed is killed. */
  start(args: readonly string[], settings: CliSettings = {}): RunningCli {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: join(this.path, settings.cwd ?? '.'),
      env: { ...this.environment(), ...settings.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#started.push(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const end = new Promise<CliResult>((resolve) => {
      child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    });
    return { child, end, printed: () => stdout };
  }

  /** Runs a line of bash in which `vwmp` is the command. */
  async shell(line: string): Promise<CliResult> {
    const child = spawn('bash', ['-c', `vwmp() { "${process.execPath}" "${program}" "$@"; }\n${line}`], {
      cwd: this.path,
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    return new Promise((resolve) => child.once('close', (code) => resolve({ code: code ?? -1, ...texts })));
  }

  /** The lines of a file; none where it is not there yet. */
  lines(path: string): readonly string[] {
    return this.has(path)
      ? this.read(path)
          .split('\n')
          .filter((line) => line !== '')
      : [];
  }

  environment(): { readonly [name: string]: string } {
    return {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
      HOME: this.path,
      LANG: 'C.UTF-8',
      NODE_COMPILE_CACHE: compileCache,
    };
  }

  override remove(): void {
    for (const child of this.#started) child.kill('SIGKILL');
    super.remove();
  }
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly end: Promise<CliResult>;
  /** Standard output so far. */
  readonly printed: () => string;
}

export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly path: string | null;
    readonly hint: string | null;
  }[];
}

export interface RunResult extends CliResult {
  readonly run: RunJson;
  /** What a refusal says; `run` has no meaning then. */
  readonly refusal: Validation;
  readonly step: (id: string) => StepJson;
  /** Statuses by id; a skipped step says why. */
  readonly states: { readonly [id: string]: string };
  readonly outputs: JsonMap;
}

/** Reads what `run --json`, `resume --json` or `status --json` printed. */
export function readRun(result: CliResult): RunResult {
  const printed: unknown = JSON.parse(result.stdout);
  const run = printed as RunJson;
  const steps = run.steps ?? [];
  return {
    ...result,
    run,
    refusal: printed as Validation,
    step: (id) => {
      const found = steps.find((step) => step.id === id);
      if (!found) throw new Error(`the run has no step ${id}: ${result.stdout}`);
      return found;
    },
    states: Object.fromEntries(steps.map((step) => [step.id, step.skipped_reason ?? step.status])),
    outputs: run.outputs ?? {},
  };
}

/** Polls until the question is answered with yes. */
export async function until(question: () => boolean): Promise<void> {
  while (!question()) await delay(10);
}

/** Whether a process runs: one that ended and that nobody waited for does not. */
export function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch {
    return false;
  }
}
