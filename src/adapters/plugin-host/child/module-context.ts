import { format } from 'node:util';
import type { HandlerContext, ProcessRequest } from '../../../core/ports/plugin.ts';
import type { ParentLink } from './parent-link.ts';

/** What modules know a finished command by. */
export interface CommandResult {
  /** 128 and the signal's number where a signal ended it. */
  readonly exitCode: number;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Relative to the workspace. */
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string | null };
  readonly stdin?: string;
  readonly timeoutMs?: number;
}

type Say = (...parts: readonly unknown[]) => void;

/** A handler's context with the two members that modules have besides. */
export interface ModuleContext extends HandlerContext {
  readonly logger: {
    readonly debug: Say;
    readonly info: Say;
    readonly log: Say;
    readonly warn: Say;
    readonly warning: Say;
    readonly error: Say;
  };
  readonly executor: {
    /**
     * Runs a text with bash (`-eo pipefail`), or a list as program and arguments without a shell. An exit code other
     * than 0 is a result; what keeps the command from running to its end rejects.
     */
    run(command: string | readonly string[], options?: CommandOptions): Promise<CommandResult>;
  };
}

export function moduleContext(context: HandlerContext, link: ParentLink): ModuleContext {
  const say =
    (level: 'debug' | 'info' | 'warning' | 'error'): Say =>
    (...parts) =>
      context.log(level, format(...parts));
  return {
    ...context,
    logger: {
      debug: say('debug'),
      info: say('info'),
      log: say('info'),
      warn: say('warning'),
      warning: say('warning'),
      error: say('error'),
    },
    executor: { run: (command, options = {}) => runCommand(command, options, context, link) },
  };
}

async function runCommand(
  command: string | readonly string[],
  options: CommandOptions,
  context: HandlerContext,
  link: ParentLink,
): Promise<CommandResult> {
  const { end, stdout, stderr } = await context.processes.run({ ...invocationOf(command), ...options, output: 'both' });
  switch (end.kind) {
    case 'exit':
      return { exitCode: end.code, signal: null, stdout, stderr };
    case 'signal':
      return { exitCode: end.code, signal: end.signal, stdout, stderr };
    case 'timeout':
      throw link.makeError({ kind: 'timeout', message: `The command took longer than its time: ${shown(command)}` });
    case 'cancelled':
      throw link.makeError({ kind: 'cancelled', message: `The command was cancelled: ${shown(command)}` });
    case 'not-started':
    case 'too-much-output':
      throw link.makeError(end.failure);
  }
}

function invocationOf(command: string | readonly string[]): Pick<ProcessRequest, 'command' | 'args'> {
  if (typeof command === 'string') {
    return { command: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', '--', command] };
  }
  const [program = '', ...args] = command;
  return { command: program, args };
}

function shown(command: string | readonly string[]): string {
  return typeof command === 'string' ? command : command.join(' ');
}
