import { FileFailure } from '../../adapters/node-files/file-failure.ts';
import { StateError } from '../../adapters/sqlite-journal/state-error.ts';
import { workflowFiles } from '../../app/find-workflow.ts';
import { history } from '../../app/look-up-run.ts';
import { suggest } from '../../core/expression/suggest.ts';
import { exitCodes } from '../exit-codes.ts';
import { version } from '../version.ts';
import { type Command, commands } from './command.ts';
import { completions } from './completion.ts';
import { helpFor, overview } from './help.ts';
import { type Host, UsageError } from './host.ts';
import { init } from './init-command.ts';
import * as look from './look-commands.ts';
import * as machine from './machine-commands.ts';
import { parseArguments } from './parse-arguments.ts';
import * as runs from './run-commands.ts';
import { Session } from './session.ts';

const actions: { readonly [command: string]: (session: Session) => Promise<number> } = {
  run: runs.run,
  plan: runs.plan,
  resume: runs.resume,
  rollback: runs.rollback,
  validate: look.validate,
  graph: look.graph,
  list: look.list,
  show: look.show,
  status: look.status,
  history: look.showHistory,
  logs: look.logs,
  init,
  schema: look.schema,
  config: machine.config,
  plugins: machine.plugins,
  doctor: machine.doctor,
  completion: machine.completion,
};

/** The command line from its arguments to the exit code. */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case undefined:
      host.err(overview());
      return exitCodes.wrong;
    case 'help':
    case '--help':
    case '-h':
      return help(rest[0], host);
    case '--version':
    case '-v':
      host.out(`vwmp ${version}\n`);
      return exitCodes.success;
    case '__complete':
      return complete(rest, host);
    default: {
      const command = commands.find((candidate) => candidate.name === name);
      return command ? perform(command, rest, host) : unknownCommand(name, host);
    }
  }
}

async function perform(command: Command, args: readonly string[], host: Host): Promise<number> {
  const wantsJson = args.includes('--json');
  const parsed = parseArguments(command, args);
  if (!parsed.ok) return usage(parsed.error.message, parsed.error.hint, wantsJson, host);
  if (parsed.value.flags.has('help')) {
    host.out(helpFor(command));
    return exitCodes.success;
  }
  const session = new Session(host, parsed.value);
  try {
    const action = actions[command.name];
    if (!action) throw new Error(`the command ${command.name} does nothing`);
    return await action(session);
  } catch (error) {
    if (error instanceof UsageError) return usage(error.message, error.hint, wantsJson, host);
    if (error instanceof StateError) return runs.refuseState(session, error.message);
    // A folder that may not be looked into, or lies elsewhere, is no bug.
    if (error instanceof FileFailure) return usage(error.message, undefined, wantsJson, host);
    throw error;
  } finally {
    await session.close();
  }
}

function help(name: string | undefined, host: Host): number {
  const command = commands.find((candidate) => candidate.name === name);
  if (name !== undefined && !command) return unknownCommand(name, host);
  host.out(command ? helpFor(command) : overview());
  return exitCodes.success;
}

function unknownCommand(name: string, host: Host): number {
  const near = suggest(
    name,
    commands.map((command) => command.name),
  );
  return usage(
    `there is no command "${name}"`,
    near === null ? 'vwmp --help lists them' : `did you mean vwmp ${near}?`,
    false,
    host,
  );
}

function usage(message: string, hint: string | undefined, wantsJson: boolean, host: Host): number {
  if (wantsJson) {
    const place = { file: null, line: null, column: null, end_line: null, end_column: null, path: null };
    const diagnostic = { code: 'command', severity: 'error', message, ...place, hint: hint ?? null };
    host.out(`${JSON.stringify({ valid: false, diagnostics: [diagnostic] }, null, 2)}\n`);
  } else host.err(`vwmp: ${message}\n${hint === undefined ? '' : `  hint: ${hint}\n`}`);
  return exitCodes.wrong;
}

/** What the shell asks while the user types. Whatever goes wrong, the shell offers files instead. */
async function complete(words: readonly string[], host: Host): Promise<number> {
  const session = new Session(host, { positionals: [], flags: new Set(), values: new Map(), parameters: [] });
  const files = await workflowFiles(session.platform).catch(() => []);
  const recorded = await history(session.platform);
  const answers = completions(words, {
    workflows: () => files.map((file) => file.name),
    runs: () => (recorded.ok ? recorded.value.map((run) => run.runId) : []),
  });
  host.out(answers.map((answer) => `${answer}\n`).join(''));
  return exitCodes.success;
}
