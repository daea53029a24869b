import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import gitPlugin from '../../../../plugins/git/index.ts';
import {
  type GitAdapter,
  type Json,
  type JsonMap,
  type Outcome,
  type ReleaseState,
  releaseOutputs,
  type StepHandler,
  type UndoContext,
  type UndoOutcome,
  type UpstreamStep,
} from '../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext, type TestContext } from '../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

export const adapters = gitPlugin.adapters ?? {};

/** A handler of the plugin by its name, with or without `git.` before it. */
export function findHandler(name: string): StepHandler {
  const handler = gitPlugin.handlers?.[name.replace(/^git\./, '')];
  if (!handler) throw new Error(`there is no handler ${name}`);
  return handler;
}

export function failureOf(outcome: Outcome) {
  if (outcome.kind !== 'failed') throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

export function outputsOf(outcome: Outcome): JsonMap {
  if (outcome.kind !== 'success') throw new Error(`expected success, got ${JSON.stringify(outcome)}`);
  return outcome.outputs;
}

/** A clone with one commit and a bare remote beside it, and the steps of one run on it. */
export class GitBench {
  readonly work: TempFolder;
  readonly remote: TempFolder;
  readonly #folders: TempFolder[] = [];
  #release: UpstreamStep | null = null;
  state = new Map<string, Json>();

  constructor() {
    this.remote = this.folder();
    this.remote.git('init', '--quiet', '--bare', '--initial-branch', 'main');
    this.work = this.folder({ 'a.txt': 'a\n', '.gitignore': 'ignored/\n*.log\n' });
    this.work.git('init', '--quiet', '--initial-branch', 'main');
    this.save('first');
    this.work.git('remote', 'add', 'origin', this.remote.path);
    this.work.git('push', '--quiet', 'origin', 'main');
  }

  folder(files: { readonly [path: string]: string } = {}): TempFolder {
    const made = new TempFolder(files);
    this.#folders.push(made);
    return made;
  }

  /** Commits everything. Gives the commit. */
  save(message: string, at = this.work): string {
    at.git('add', '--all');
    at.git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message);
    return at.git('rev-parse', 'HEAD');
  }

  /** Another clone of the remote, on its branch main. */
  clone(...options: readonly string[]): TempFolder {
    const clone = this.folder();
    clone.git('clone', '--quiet', ...options, `file://${this.remote.path}`, '.');
    return clone;
  }

  /** Says what the run releases, as the step that finds it out does. */
  release(outcome: ReleaseState['outcome'], commit: string | null = null): void {
    const before = { old: null, previous: null, previousTag: null };
    const release = {
      ...before,
      paths: [],
      remoteHead: null,
      base: null,
      movedFrom: null,
      version: '1',
      tag: 'v1',
      why: 'a test',
      outcome,
      commit,
    };
    this.#release = { id: 'bump', outputs: releaseOutputs(release) };
  }

  hook(where: 'clone' | 'remote', name: string, script: string): void {
    const [at, folder] = where === 'clone' ? [this.work, '.git/hooks'] : [this.remote, 'hooks'];
    at.write(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
  }

  context(config: JsonMap, options: ContextOptions = {}, at = this.work.path): TestContext {
    const upstream = this.#release === null ? {} : { 'release.version_bump': [this.#release] };
    return pluginContext(at, { adapters, config, state: this.state, upstream, ...options });
  }

  async call(name: string, config: JsonMap = {}, options: ContextOptions = {}, at = this.work.path): Promise<Outcome> {
    return findHandler(name)
      .execute(this.context(config, options, at))
      .catch((error: { failure: Extract<Outcome, { kind: 'failed' }>['failure'] }) => {
        if (error.failure === undefined) throw error;
        return { kind: 'failed' as const, failure: error.failure };
      });
  }

  async undo(name: string, config: JsonMap, outputs: JsonMap, at = this.work.path): Promise<UndoOutcome> {
    const context: UndoContext = { ...this.context(config, {}, at), done: { outputs } };
    const { undo } = findHandler(name);
    if (undo === undefined) throw new Error(`${name} has no undo`);
    return undo(context);
  }

  adapter(options: ContextOptions = {}, at = this.work.path): Promise<GitAdapter> {
    return this.context({}, options, at).adapter<GitAdapter>('git');
  }

  /** All refs of a repository with their objects: equal texts mean that nothing changed there. */
  refs(at: TempFolder): string {
    return at.git('for-each-ref', '--format=%(refname) %(objectname)');
  }

  /** What an undo must bring back: refs and index of the clone, and refs of the remote. */
  facts(): string {
    const { work, remote } = this;
    const head = work.git('symbolic-ref', 'HEAD');
    const local = work.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
    return [head, local, work.git('ls-files', '--stage'), this.refs(remote)].join('\n---\n');
  }

  remove(): void {
    for (const folder of this.#folders.splice(0)) folder.remove();
  }
}

/** Runs something while every process of git writes that it was started, and gives how many there were. */
export async function countProcesses(
  folder: TempFolder,
  work: (env: { readonly [name: string]: string }) => Promise<unknown>,
): Promise<readonly string[]> {
  await work({ GIT_TRACE2_EVENT: folder.path });
  return readdirSync(folder.path).flatMap((name) =>
    readFileSync(join(folder.path, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"event":"start"')),
  );
}
