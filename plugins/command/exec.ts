import type { HandlerContext, Outcome, Preview, StepHandler } from '../../src/plugin-api/index.ts';
import { PluginFailure } from '../../src/plugin-api/index.ts';
import { outcomeOf } from './process-outcome.ts';

/** `command.exec`: one program with a list of arguments, no shell between: nothing in them is ever read as code. */
export const exec: StepHandler = {
  title: 'Run a program',
  description: 'Starts a program with a list of arguments, without a shell.',
  icon: 'terminal',
  category: 'command',
  configuration: {
    type: 'object',
    properties: {
      command: { type: 'string', minLength: 1, description: 'The program: a name on PATH, or a path.' },
      args: {
        type: 'array',
        items: { type: ['string', 'number', 'boolean'] },
        default: [],
        description: 'Its arguments, each passed on as it is.',
      },
      stdin: { type: 'string', description: 'What the program reads from its standard input; default nothing.' },
      working_directory: {
        type: 'string',
        minLength: 1,
        path: true,
        description: 'Folder in the workspace where the program starts; default its top.',
      },
    },
    required: ['command'],
    additionalProperties: false,
  },
  process: true,
  permissions: ['processes'],
  execute,
  preview,
  retryable: () => null,
};

interface ExecConfig {
  readonly command: string;
  readonly args: readonly string[];
  readonly stdin: string | null;
  readonly workingDirectory: string | null;
}

async function execute(context: HandlerContext): Promise<Outcome> {
  const config = readConfig(context);
  const result = await context.processes.run({
    command: config.command,
    args: config.args,
    ...(config.stdin === null ? {} : { stdin: config.stdin }),
    ...(config.workingDirectory === null ? {} : { cwd: config.workingDirectory }),
    ...(context.timeoutMs === null ? {} : { timeoutMs: context.timeoutMs }),
    output: 'stream',
    outputFile: true,
  });
  return outcomeOf(context, result, { what: config.command, advice: null });
}

async function preview(context: HandlerContext): Promise<Preview> {
  const { command, args } = readConfig(context);
  return { summary: `Runs ${command}`, diffs: [], commands: [[command, ...args].map(quoted).join(' ')] };
}

/** For people who read it: plain words as they are, anything else in single quotes. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The schema was checked; what it cannot say is checked here. */
function readConfig({ config }: HandlerContext): ExecConfig {
  const { command, args = [], stdin = null, working_directory: workingDirectory = null } = config;
  if (typeof command !== 'string') throw new PluginFailure('configuration', '`command` must be a text.');
  if (!Array.isArray(args)) throw new PluginFailure('configuration', '`args` must be a list.');
  if (stdin !== null && typeof stdin !== 'string') throw new PluginFailure('configuration', '`stdin` must be a text.');
  if (workingDirectory !== null && typeof workingDirectory !== 'string') {
    throw new PluginFailure('configuration', '`working_directory` must be a text.');
  }
  return { command, args: args.map(String), stdin, workingDirectory };
}
