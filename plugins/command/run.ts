import type { HandlerContext, Outcome, Preview, ProcessResult, StepHandler } from '../../src/plugin-api/index.ts';
import { PluginFailure } from '../../src/plugin-api/index.ts';
import { outcomeOf } from './process-outcome.ts';
import { type ShellName, shellNames, shells } from './shells.ts';

/** `command.run`: a script in one of five shells. Values reach it through its environment only. */
export const run: StepHandler = {
  title: 'Run a script',
  description: 'Runs a script with bash, sh, PowerShell, Python or Node in the workspace.',
  icon: 'terminal',
  category: 'command',
  configuration: {
    type: 'object',
    properties: {
      script: {
        type: 'string',
        minLength: 1,
        script: true,
        description: 'The script. It is never templated: pass values through `env`.',
      },
      shell: {
        type: 'string',
        enum: shellNames,
        default: 'bash',
        description: 'bash stops at the first error, in pipes too; sh at the first error.',
      },
      working_directory: {
        type: 'string',
        minLength: 1,
        path: true,
        description: 'Folder in the workspace where the script starts; default its top.',
      },
    },
    required: ['script'],
    additionalProperties: false,
  },
  process: true,
  permissions: ['processes'],
  execute,
  preview,
  retryable: () => null,
};

interface RunConfig {
  readonly script: string;
  readonly shell: ShellName;
  readonly workingDirectory: string | null;
}

async function execute(context: HandlerContext): Promise<Outcome> {
  const config = readConfig(context);
  const result = await startFirst(context, config);
  return outcomeOf(context, result, { what: 'The script', advice: shells[config.shell].advice });
}

/** Python has two names: the next is tried only where the machine does not know the one before. */
async function startFirst(context: HandlerContext, config: RunConfig): Promise<ProcessResult> {
  const shell = shells[config.shell];
  const [first = config.shell, ...others] = shell.programs;
  let result = await start(context, config, first);
  for (const program of others) {
    if (result.end.kind !== 'not-started' || result.end.failure.kind !== 'not-found') return result;
    result = await start(context, config, program);
  }
  return result;
}

function start(context: HandlerContext, config: RunConfig, command: string): Promise<ProcessResult> {
  return context.processes.run({
    command,
    ...shells[config.shell].start(config.script),
    ...(config.workingDirectory === null ? {} : { cwd: config.workingDirectory }),
    ...(context.timeoutMs === null ? {} : { timeoutMs: context.timeoutMs }),
    output: 'stream',
    outputFile: true,
    title: `${config.shell} script of step ${context.step.id}`,
  });
}

async function preview(context: HandlerContext): Promise<Preview> {
  const { script, shell, workingDirectory } = readConfig(context);
  const lines = script.trimEnd().split('\n').length;
  const place = workingDirectory === null ? 'the workspace' : workingDirectory;
  return {
    summary: `Runs a ${shell} script of ${lines} ${lines === 1 ? 'line' : 'lines'} in ${place}`,
    diffs: [],
    commands: [script],
  };
}

/** The schema was checked; what it cannot say is checked here. */
function readConfig({ config }: HandlerContext): RunConfig {
  const { script, shell = 'bash', working_directory: workingDirectory = null } = config;
  if (typeof script !== 'string') throw new PluginFailure('configuration', '`script` must be a text.');
  const known = shellNames.find((name) => name === shell);
  if (known === undefined) {
    throw new PluginFailure('configuration', `\`shell\` must be one of ${shellNames.join(', ')}.`);
  }
  if (workingDirectory !== null && typeof workingDirectory !== 'string') {
    throw new PluginFailure('configuration', '`working_directory` must be a text.');
  }
  // A carriage return at the end of a line would become a part of the line's last word.
  return { script: script.replaceAll('\r\n', '\n'), shell: known, workingDirectory };
}
