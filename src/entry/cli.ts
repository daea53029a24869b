import { writeSync } from 'node:fs';
import { wantsColour } from '../adapters/terminal/palette.ts';
import type { Host } from './cli/host.ts';
import { main } from './cli/main.ts';
import { exitCodes } from './exit-codes.ts';
import { usedParts } from './used-parts.ts';
import { version } from './version.ts';

const host: Host = {
  env: process.env,
  cwd: process.cwd(),
  out: (text) => void write(process.stdout, text),
  paced: (text) => write(process.stdout, text),
  err: (text) => void write(process.stderr, text),
  isTerminal: process.stdout.isTTY === true && process.env['CI'] === undefined,
  columns: () => process.stdout.columns ?? 80,
  rows: () => process.stdout.rows ?? 24,
  colour: wantsColour(process.env, process.stdout.isTTY === true),
  onInterrupt: (listener) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => listener(signal));
  },
};

/** One wait a stream, however many writers ask: each text would add listeners otherwise. */
const drains = new WeakMap<NodeJS.WriteStream, Promise<void>>();

/** A reader that has gone away (`| head -1`) takes no more; the run goes on all the same. */
function write(stream: NodeJS.WriteStream, text: string): undefined | Promise<void> {
  if (stream.destroyed || stream.write(text)) return undefined;
  const waiting = drains.get(stream);
  if (waiting) return waiting;
  const drained = new Promise<void>((resolve) => {
    const goOn = () => {
      stream.off('drain', goOn).off('close', goOn);
      resolve();
    };
    stream.on('drain', goOn).on('close', goOn);
  }).finally(() => drains.delete(stream));
  drains.set(stream, drained);
  return drained;
}

// What it may be is looked up at the end, for the event can come after it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** Why what was printed is not complete (a full disk behind `> FILE`); null where nothing was lost. */
function lossOfOutput(): string | null {
  const errors: readonly (NodeJS.ErrnoException | null)[] = [process.stdout.errored, process.stderr.errored];
  return errors.find((error) => error !== null && error.code !== 'EPIPE')?.message ?? null;
}

let ended = false;
process.once('exit', () => {
  const lostOutput = lossOfOutput();
  if (!ended) reportBug('The command stopped before its end: nothing was left that could go on with it.');
  else if (lostOutput !== null) {
    writeLine(`vwmp: the output cannot be written (${lostOutput})\n`);
    if (process.exitCode === exitCodes.success) process.exitCode = exitCodes.failed;
  }
});

try {
  process.exitCode = await main(process.argv.slice(2), host);
  // A run that fails goes other ways than one that succeeds.
  usedParts.publish(`exit ${process.exitCode}`);
} catch (error) {
  reportBug(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
ended = true;
await Promise.all([written(process.stdout), written(process.stderr)]);
// At a natural end the engine would wait until its collector of garbage has gone through all memory once.
process.exit();

/** Resolves when all that was written to it has gone, or can go nowhere. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}

function reportBug(report: string): void {
  writeLine(`vwmp ${version} has a bug. Please report it with these lines:\n${report}\n`);
  process.exitCode = exitCodes.bug;
}

function writeLine(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Standard error is closed or full: the exit code is all that can still be said.
  }
}
