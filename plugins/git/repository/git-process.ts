import { type AdapterContext, PluginFailure, type ProcessResult } from '../../../src/plugin-api/index.ts';

/** How one git command ended by itself; other ends are failures. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitCommand {
  readonly args: readonly string[];
  /** Settings for this command alone, as `name=value`. */
  readonly settings?: readonly string[];
  readonly stdin?: string;
  /** Over the environment of the step; `null` takes a name away. */
  readonly env?: { readonly [name: string]: string | null };
  readonly timeoutMs?: number;
  /** Gets the standard output as it comes; then nothing is kept of it. */
  readonly onStdout?: (text: string) => undefined;
}

/**
 * Starts git in one folder of the workspace, so that it never asks anybody anything: no terminal, no askpass, no
 * editor, no pager. Credentials that the repository or the environment brings are used as they are.
 */
export class GitProcess {
  readonly #context: AdapterContext;
  readonly #folder: string;

  constructor(context: AdapterContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  /** Rejects where git cannot be started, was ended from outside, or finds no usable repository. */
  async run(command: GitCommand): Promise<GitAnswer> {
    const own = (command.settings ?? []).flatMap((setting) => ['-c', setting]);
    const result = await this.#context.processes.run({
      command: 'git',
      args: [...steadyConfiguration, ...own, ...command.args],
      cwd: this.#folder,
      env: { ...silentEnvironment, ...command.env },
      // Without one it reads from nothing, as with an empty one, and there is no pipe to be set up.
      ...(command.stdin ? { stdin: command.stdin } : {}),
      output: 'capture',
      maxBytes: 64 * 1024 * 1024,
      title: `git ${nameOf(command.args)}`,
      ...(command.timeoutMs === undefined ? {} : { timeoutMs: command.timeoutMs }),
      ...(command.onStdout === undefined ? {} : { onStdout: command.onStdout }),
    });
    const answer = answerOf(result);
    if (answer.code !== 0) refuseUnusable(answer.stderr);
    return answer;
  }

  /** As `run`, and any code but 0 rejects with the last words of git. */
  async require(command: GitCommand): Promise<string> {
    const answer = await this.run(command);
    if (answer.code !== 0) throw gitFailure(nameOf(command.args), answer);
    return answer.stdout;
  }
}

/** The subcommand: options of git itself may stand before it. */
function nameOf(args: readonly string[]): string {
  return args.find((argument) => !argument.startsWith('-')) ?? '';
}

/** The failure for a git command that ended with a code other than 0. */
export function gitFailure(name: string, answer: GitAnswer): PluginFailure {
  const said = lastWords(answer.stderr) || lastWords(answer.stdout) || 'it gave no reason';
  return new PluginFailure('exit', `git ${name} ended with code ${answer.code}: ${said}`, { exitCode: answer.code });
}

/** What git said, at most 20 lines, with credentials of URLs and headers taken out. */
export function lastWords(text: string): string {
  const lines = withoutCredentials(text)
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('hint:'));
  return lines.slice(-20).join('\n');
}

export function withoutCredentials(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s'"@]*@/gi, '$1')
    .replace(/(authorization:\s*(?:basic|bearer|token)\s+)\S+/gi, '$1***');
}

/**
 * Repository settings that would change what is read back. Housekeeping is left to the user's own commands: its
 * background process would outlive the step.
 */
const steadyConfiguration = [
  '--no-pager',
  ...[
    'color.ui=false',
    'core.quotePath=false',
    'log.showSignature=false',
    'advice.detachedHead=false',
    'gc.auto=0',
    'maintenance.auto=false',
  ].flatMap((setting) => ['-c', setting]),
];

const silentEnvironment = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  GCM_INTERACTIVE: 'never',
  // Where the agent of gpg would ask for a passphrase: without a terminal or a screen it says no instead.
  GPG_TTY: null,
  GIT_EDITOR: 'true',
  GIT_SEQUENCE_EDITOR: 'true',
  GIT_MERGE_AUTOEDIT: 'no',
  // What git says is read back: it must not be translated.
  LC_ALL: 'C.UTF-8',
  LANGUAGE: 'C',
};

function answerOf(result: ProcessResult): GitAnswer {
  const { end } = result;
  switch (end.kind) {
    case 'exit':
      return { code: end.code, stdout: result.stdout, stderr: result.stderr };
    case 'signal':
      throw new PluginFailure('exit', `git was ended by ${end.signal}`, { exitCode: end.code });
    case 'timeout':
      throw new PluginFailure('timeout', 'git did not end in time');
    case 'cancelled':
      throw new PluginFailure('cancelled', 'git was ended because the run was cancelled');
    case 'not-started':
      throw new PluginFailure('not-found', 'git cannot be started: install it, or put it on PATH', {
        cause: end.failure.message,
        retryable: false,
      });
    case 'too-much-output':
      throw new PluginFailure(end.failure.kind, `git gave more output than expected: ${end.failure.message}`);
  }
}

function refuseUnusable(stderr: string): void {
  // Of a remote it is the remote's own affair.
  const lock = /^(?!remote:).*Unable to create '([^'\n]+\.lock)': File exists/m.exec(stderr)?.[1];
  if (lock !== undefined) {
    throw new PluginFailure(
      'handler',
      `git finds ${lock}: another git may be at work in this repository, so wait for its end and start again. Where none is (one that was killed leaves the file behind), delete the file first`,
      { cause: lastWords(stderr) },
    );
  }
  if (/not a git repository/.test(stderr)) {
    throw new PluginFailure('not-found', 'the workspace is not in a git repository: check it out, or run `git init`', {
      retryable: false,
      details: { reason: 'no-repository' },
    });
  }
  if (/dubious ownership/.test(stderr)) {
    throw new PluginFailure(
      'permission',
      'the repository belongs to another user, so git refuses it: run `git config --global --add safe.directory <folder>` first',
      { cause: lastWords(stderr), retryable: false },
    );
  }
}
