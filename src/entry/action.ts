import { RunnerConsole } from '../adapters/github-runner/runner-console.ts';
import { CommandNeutraliser } from '../adapters/output/neutralise.ts';
import { runAction } from './action/run-action.ts';
import { buildPlatform, defaultStateFolder } from './build-platform.ts';
import { exitCodes } from './exit-codes.ts';
import { version } from './version.ts';

const { env, stdout } = process;

/** With the time that `finally` gets, a step that ignores SIGTERM still ends before the runner loses its patience. */
const stepGraceMs = 2000;

// A log that nobody reads any more must not end the run.
stdout.on('error', () => {});
process.on('uncaughtException', reportBug);
process.on('unhandledRejection', reportBug);

try {
  process.exitCode = await runAction({
    env,
    cwd: process.cwd(),
    write,
    platform: (request) =>
      buildPlatform({
        ...request,
        env,
        cancelGraceMs: stepGraceMs,
        stateFolder: defaultStateFolder(request.workspace, env),
      }),
    onSignal: listenToSignals,
  });
} catch (error) {
  reportBug(error);
}

function write(text: string): undefined | Promise<void> {
  if (stdout.destroyed || stdout.write(text)) return undefined;
  return new Promise((resolve) => {
    stdout.once('drain', resolve);
    stdout.once('close', resolve);
  });
}

/** The runner asks with SIGINT, 7.5 seconds later with SIGTERM, and kills 2.5 seconds after that. */
function listenToSignals(listener: (last: boolean) => void): void {
  process.on('SIGINT', () => listener(false));
  process.on('SIGHUP', () => listener(false));
  process.on('SIGTERM', () => listener(true));
}

function reportBug(error: unknown): void {
  const console = new RunnerConsole(write, new CommandNeutraliser());
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.line(`VWMP ${version}, Node ${process.version}, ${process.platform}\n${text}`);
  console.command(
    'error',
    { title: 'A bug of VWMP' },
    'This should not have happened. Please report it with the log of this step.',
  );
  process.exitCode = exitCodes.bug;
}
