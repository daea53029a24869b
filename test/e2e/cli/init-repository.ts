import { isJsonMap, type Json, type JsonMap } from '../../../src/core/model/json.ts';
import { commands } from '../../../src/entry/cli/command.ts';
import type { Host } from '../../../src/entry/cli/host.ts';
import { initWith } from '../../../src/entry/cli/init-command.ts';
import { main } from '../../../src/entry/cli/main.ts';
import { parseArguments } from '../../../src/entry/cli/parse-arguments.ts';
import { Session } from '../../../src/entry/cli/session.ts';
import { quietEnvironment } from '../../rigs/plugin-context.ts';
import { TempFolder } from '../../rigs/temp-folder.ts';

export interface InitRepositoryOptions {
  readonly files: { readonly [path: string]: string };
  /** Tags on the first commit. */
  readonly tags?: readonly string[];
  /** Further commits: the message, and the file that it writes. */
  readonly work?: readonly (readonly [message: string, path: string])[];
  readonly firstMessage?: string;
  /** Default: the bare repository beside it. Otherwise nothing is pushed. */
  readonly remoteUrl?: string;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

interface Outputs {
  readonly out: string[];
  readonly err: string[];
}

function outputs(): Outputs {
  return { out: [], err: [] };
}

/** A clone with a bare remote beside it, for `vwmp init` and what comes of it. */
export class InitRepository {
  readonly root: string;
  readonly #folder = new TempFolder();
  readonly #remote: string;

  constructor({ files, tags = [], work = [], firstMessage = 'feat: the beginning', remoteUrl }: InitRepositoryOptions) {
    this.root = `${this.#folder.path}/work`;
    this.#remote = `${this.#folder.path}/remote.git`;
    this.#folder.git('init', '--quiet', '--bare', '--initial-branch', 'main', this.#remote);
    this.#folder.git('init', '--quiet', '--initial-branch', 'main', this.root);
    this.commit(firstMessage, files);
    for (const tag of tags) this.git('tag', '--annotate', '--message', tag, tag);
    for (const [message, path] of work) this.commit(message, { [path]: `${message}\n` });
    this.git('remote', 'add', 'origin', remoteUrl ?? this.#remote);
    if (remoteUrl === undefined) this.push();
  }

  write(path: string, text: string): void {
    this.#folder.write(`work/${path}`, text);
  }

  read(path: string): string {
    return this.#folder.read(`work/${path}`);
  }

  has(path: string): boolean {
    return this.#folder.has(`work/${path}`);
  }

  commit(message: string, files: { readonly [path: string]: string } = {}): void {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  push(): void {
    this.git('push', '--quiet', 'origin', 'main', '--tags');
  }

  refusePushes(): void {
    this.#folder.write('remote.git/hooks/pre-receive', '#!/bin/sh\nexit 1\n', 0o755);
  }

  git(...args: readonly string[]): string {
    return this.#folder.git('-C', this.root, ...args);
  }

  /** Refs of the remote with the commits that they lead to. */
  remoteRefs(): { readonly [ref: string]: string } {
    const lines = this.#folder.git(
      '-C',
      this.#remote,
      'for-each-ref',
      '--format=%(refname) %(objectname) %(*objectname)',
    );
    return Object.fromEntries(
      lines.split('\n').map((line) => {
        const [ref = '', object = '', peeled = ''] = line.split(' ');
        return [ref, peeled === '' ? object : peeled];
      }),
    );
  }

  /** Paths that the newest commit changed, sorted. */
  changedInHead(): readonly string[] {
    return this.git('show', '--format=', '--name-only', 'HEAD')
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  }

  /** Runs the command line in this process. */
  async vwmp(args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<CommandResult> {
    const output = outputs();
    const exitCode = await main(args, this.#host(output, env));
    return { exitCode, out: output.out.join(''), err: output.err.join('') };
  }

  /** `vwmp init` with somebody who answers with these lines; `err` is what they are told. */
  async initAnswered(args: readonly string[], lines: readonly string[]): Promise<CommandResult> {
    const command = commands.find(({ name }) => name === 'init');
    const parsed = command === undefined ? null : parseArguments(command, args);
    if (!parsed?.ok) throw new Error(`vwmp init ${args.join(' ')} cannot be read`);
    const output = outputs();
    const open = [...lines];
    const session = new Session(this.#host(output), parsed.value);
    try {
      const exitCode = await initWith(session, {
        tell: (text) => void output.err.push(text),
        ask: async (prompt) => {
          output.err.push(prompt);
          return open.shift() ?? null;
        },
      });
      return { exitCode, out: output.out.join(''), err: output.err.join('') };
    } finally {
      await session.close();
    }
  }

  #host({ out, err }: Outputs, env: { readonly [name: string]: string } = {}): Host {
    const keep = (texts: string[]) => (text: string) => {
      texts.push(text);
      return undefined;
    };
    return {
      env: { ...quietEnvironment(), ...env },
      cwd: this.root,
      out: keep(out),
      paced: keep(out),
      err: keep(err),
      isTerminal: false,
      columns: () => 120,
      rows: () => 40,
      colour: false,
      onInterrupt: () => {},
    };
  }

  /** The same for a command that has to end well and print one JSON object. */
  async json(args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<JsonMap> {
    const { exitCode, out, err } = await this.vwmp([...args, '--json'], env);
    const value: Json = JSON.parse(out);
    if (exitCode !== 0 || !isJsonMap(value))
      throw new Error(`vwmp ${args.join(' ')} ends with ${exitCode}\n${out}${err}`);
    return value;
  }

  remove(): void {
    this.#folder.remove();
  }
}

/** A lock file of npm that describes one package. */
export function npmLock(name: string, version: string): string {
  const root = { name, version };
  return `${JSON.stringify({ ...root, lockfileVersion: 3, packages: { '': root } }, null, 2)}\n`;
}
