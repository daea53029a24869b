import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { Host } from '../../../src/entry/cli/host.ts';
import { main } from '../../../src/entry/cli/main.ts';
import { builtProgram } from '../../rigs/built-bundle.ts';
import { type CliResult, type RunResult, readRun } from '../../rigs/cli.ts';
import { ReleaseRepository, releasePaths } from '../../rigs/release-repository.ts';

const program = builtProgram('cli.js');
/** The sample definition, byte for byte. */
export const seed = join(import.meta.dirname, '../../golden/seeds/000-release.yml');
export const summary = 'Workflows can be resumed';

const made: ReleaseBench[] = [];
afterEach(() => {
  for (const bench of made.splice(0)) bench.remove();
});

/** Made once a file of tests and copied for each bench. */
let template: ReleaseRepository | null = null;
afterAll(() => template?.remove());

/** A bench that is removed after the test. */
export function releaseBench(branch = 'epic/21-story-3'): ReleaseBench {
  template ??= new ReleaseRepository();
  const bench = new ReleaseBench(template, branch);
  made.push(bench);
  return bench;
}

export interface CallSettings {
  readonly env?: { readonly [name: string]: string };
  /** Absolute, or relative to the clone. */
  readonly cwd?: string;
}

/**
 * The repository that the sample definition speaks of, with a bare remote beside it and a home folder without
 * settings. The command line runs as a process of its own, and what it leaves is judged from the outside.
 */
export class ReleaseBench {
  readonly base: string;
  readonly root: string;
  readonly remote: string;
  readonly branch: string;
  readonly home: string;
  /** Where a definition of a test's own stands: outside of the repository. */
  readonly definition: string;

  constructor(sample: ReleaseRepository, branch: string) {
    this.base = realpathSync(mkdtempSync(join(tmpdir(), 'release bench é-')));
    this.root = join(this.base, 'work');
    this.remote = join(this.base, 'remote.git');
    this.home = join(this.base, 'home');
    this.definition = join(this.base, 'definition.json');
    this.branch = branch;
    mkdirSync(this.home);
    writeFileSync(join(this.home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.invalid\n');
    cpSync(sample.root, this.root, { recursive: true });
    cpSync(sample.remote, this.remote, { recursive: true });
    for (const script of [releasePaths.branchValidator, releasePaths.changelogValidator]) this.write(script, 'pass\n');
    this.git('remote', 'set-url', 'origin', this.remote);
    if (branch !== sample.branch) this.git('branch', '--quiet', '--move', branch);
    this.save('chore: quick validators');
  }

  /** Commits everything and pushes it. */
  save(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message);
    this.git('push', '--quiet', '--no-verify', 'origin', this.branch);
  }

  git(...args: readonly string[]): string {
    return this.gitIn(this.root, ...args);
  }

  gitIn(folder: string, ...args: readonly string[]): string {
    const env = { ...this.environment(), GIT_ALLOW_PROTOCOL: 'file' };
    return execFileSync('git', [...args], { cwd: folder, env, stdio: 'pipe' })
      .toString('utf8')
      .trimEnd();
  }

  /** All refs of a repository with their objects: equal texts mean that nothing changed. */
  refs(folder: string): string {
    return this.gitIn(folder, 'for-each-ref', '--format=%(refname) %(objectname)');
  }

  /** The commit that a name of the remote leads to; empty where it has none. */
  onRemote(name: string): string {
    return (
      this.gitIn(this.remote, 'for-each-ref', '--format=%(objectname) %(*objectname)', name).split(' ').at(-1) ?? ''
    );
  }

  path(path: string): string {
    return join(this.root, path);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  write(path: string, content: string | Uint8Array, mode?: number): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
    if (mode !== undefined) chmodSync(this.path(path), mode);
  }

  delete(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  /** A hook of the clone, or of the remote. */
  hook(where: 'clone' | 'remote', name: string, script: string): void {
    const folder = where === 'clone' ? this.path('.git/hooks') : join(this.remote, 'hooks');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  /** Puts a script before the real git of `PATH`; `real` in it is the real one. Gives the environment for a call. */
  gitWrapper(script: string): { readonly PATH: string } {
    const folder = join(this.base, 'bin');
    mkdirSync(folder, { recursive: true });
    const real = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
    writeFileSync(join(folder, 'git'), `#!/bin/sh\nreal=${real}\n${script}\n`);
    chmodSync(join(folder, 'git'), 0o755);
    return { PATH: `${folder}${delimiter}${this.environment().PATH}` };
  }

  environment(): { readonly PATH: string; readonly [name: string]: string } {
    return {
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      HOME: this.home,
      GIT_CONFIG_NOSYSTEM: '1',
      LANG: 'C.UTF-8',
    };
  }

  /** The command line inside this process: the same code, and no start to wait for. */
  async vwmp(args: readonly string[], settings: CallSettings = {}): Promise<CliResult> {
    const texts = { stdout: '', stderr: '' };
    const out = (text: string) => {
      texts.stdout += text;
      return undefined;
    };
    const host: Host = {
      env: { ...this.environment(), ...settings.env },
      cwd: resolve(this.root, settings.cwd ?? '.'),
      out,
      paced: out,
      err: (text) => {
        texts.stderr += text;
      },
      isTerminal: false,
      columns: () => 120,
      rows: () => 40,
      colour: false,
      onInterrupt: () => {},
    };
    const code = await main(args, host);
    return { code, ...texts };
  }

  /** The command line as a process of its own, which can be killed. */
  vwmpProcess(args: readonly string[], settings: CallSettings = {}): Promise<CliResult> {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: resolve(this.root, settings.cwd ?? '.'),
      env: { ...this.environment(), ...settings.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, ...texts })));
  }

  /** `run --json` of the sample definition. */
  release(...args: readonly string[]): Promise<RunResult> {
    return this.releaseWith({}, ...args);
  }

  async releaseWith(settings: CallSettings, ...args: readonly string[]): Promise<RunResult> {
    const named = args.some((arg) => arg === '--summary') ? [] : ['--summary', summary];
    return readRun(await this.vwmp(['run', seed, '--json', ...named, ...args], settings));
  }

  /** `run --json` of a definition of the test's own. */
  async runDefinition(definition: object, ...args: readonly string[]): Promise<RunResult> {
    writeFileSync(this.definition, JSON.stringify({ name: 'case', ...definition }));
    return readRun(await this.vwmp(['run', this.definition, '--json', ...args]));
  }

  /** The same with steps that start at once, one after another, whatever becomes of the others. */
  runEach(steps: readonly object[]): Promise<RunResult> {
    return this.runDefinition({ order: 'graph', on_failure: 'continue', max_parallel: 1, steps });
  }

  async resume(runId: string, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.vwmp(['resume', runId, '--json', ...args]));
  }

  /** Commits that are on the branch here since a commit. */
  commitsSince(commit: string): number {
    return Number(this.git('rev-list', '--count', `${commit}..HEAD`));
  }

  /** Whether branch and tag stand on the remote where they stand here. */
  isReleased(tag: string): boolean {
    const head = this.git('rev-parse', 'HEAD');
    return this.onRemote(`refs/heads/${this.branch}`) === head && this.onRemote(`refs/tags/${tag}`) === head;
  }

  /** Files of the state folder, in which a text stands. */
  stateFilesWith(text: string): readonly string[] {
    const files = readdirSync(this.path('.vwmp'), { recursive: true, withFileTypes: true });
    return files
      .filter((file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(text))
      .map((file) => file.name);
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
