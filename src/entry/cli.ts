import { writeSync } from 'node:fs';
import { wantsColour } from '../adapters/terminal/palette.ts';
import type { Host } from './cli/host.ts';
import { main } from './cli/main.ts';
import { exitCodes } from './exit-codes.ts';
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

/** A reader that has gone away (`| head -1`) takes no more; the run goes on all the same. */
function write(stream: NodeJS.WriteStream, text: string): undefined | Promise<void> {
  if (stream.destroyed || stream.write(text)) return undefined;
  return new Promise((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2), host);
} catch (error) {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeSync(2, `vwmp ${version} has a bug. Please report it with these lines:\n${stack}\n`);
  process.exitCode = exitCodes.bug;
}
