import type { Failure } from '../../core/model/failure.ts';
import { environmentOf, type Invocation, placeOf } from './invocation.ts';

/** Linux refuses a single argument or environment entry beyond this, its end character included. */
const longestText = 128 * 1024;

/** Turns what the system said when it would not start the program into something to act on. */
export function startFailure(error: Error, invocation: Invocation): Failure {
  const code = 'code' in error ? String(error.code) : '';
  const program = invocation.command;
  const cause = error.message;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        kind: 'not-found',
        message: `The program "${program}" was not found. ${
          program.includes('/') ? 'Check the path.' : 'Install it, or check that its folder stands in PATH.'
        }`,
        cause,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'permission',
        message: `The program "${program}" may not be started: is the file executable?`,
        cause,
      };
    case 'ENOEXEC':
      return {
        kind: 'permission',
        message: `"${program}" is no program of this machine: a script needs a first line such as #!/bin/sh.`,
        cause,
      };
    case 'E2BIG':
      return { kind: 'budget', message: tooBig(invocation), cause };
    case 'EAGAIN':
    case 'ENOMEM':
    case 'EMFILE':
    case 'ENFILE':
      return {
        kind: 'budget',
        message: `The program "${program}" could not be started (${code}): the machine is out of processes, memory or open files. Lower max_parallel.`,
        cause,
      };
    default:
      return { kind: 'handler', message: `The program "${program}" could not be started: ${cause}`, cause };
  }
}

function tooBig(invocation: Invocation): string {
  const argument = [invocation.command, ...invocation.args].findIndex((text) => Buffer.byteLength(text) >= longestText);
  if (argument >= 0) {
    const size = Buffer.byteLength(invocation.args[argument - 1] ?? invocation.command);
    return `${placeOf(argument)} of "${invocation.command}" has ${size} bytes; the system takes at most ${longestText - 1}. Pass it by a file or by stdin.`;
  }
  const sizes = Object.entries(environmentOf(invocation)).map(([name, value]) => ({
    name,
    size: Buffer.byteLength(`${name}=${value}`),
  }));
  const entry = sizes.find(({ size }) => size >= longestText);
  if (entry) {
    return `The environment variable ${entry.name} has ${entry.size} bytes with its name; the system takes at most ${longestText - 1}. Pass the value by a file.`;
  }
  const largest = sizes.sort((a, b) => b.size - a.size).slice(0, 3);
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return `Arguments and environment are together too large for the system (environment: ${total} bytes; largest: ${largest
    .map(({ name, size }) => `${name} ${size}`)
    .join(', ')}). Pass large values by files.`;
}
