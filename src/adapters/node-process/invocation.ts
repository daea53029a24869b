import type { Failure } from '../../core/model/failure.ts';
import { err, ok, type Result } from '../../core/model/result.ts';

export interface Environment {
  readonly [name: string]: string;
}

export interface EnvironmentChanges {
  readonly [name: string]: string | null;
}

/** A program to start. Its environment is in two parts, because most of it is the same for a thousand steps. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  /** What all processes of the run get, and what this one changes of it; `null` takes a name away. */
  readonly shared: Environment;
  readonly changes: EnvironmentChanges;
}

/** What the system would refuse without saying which text is at fault. The shared environment is the host's own. */
export function checkInvocation(invocation: Invocation): Result<null, Failure> {
  if (invocation.command === '') return err({ kind: 'configuration', message: 'The command to start is empty.' });
  const texts = [invocation.command, ...invocation.args];
  const nul = texts.findIndex((text) => text.includes('\0'));
  if (nul >= 0) {
    return err({
      kind: 'configuration',
      message: `${placeOf(nul)} holds a NUL character, which no program can be given.`,
    });
  }
  for (const [name, value] of Object.entries(invocation.changes)) {
    if (name === '' || name.includes('=') || name.includes('\0') || value?.includes('\0')) {
      return err({
        kind: 'configuration',
        message: `The environment variable ${JSON.stringify(name)} cannot be set: names are not empty and hold no "=", names and values hold no NUL character.`,
      });
    }
  }
  return ok(null);
}

/** The whole environment of a process. */
export function environmentOf({ shared, changes }: Pick<Invocation, 'shared' | 'changes'>): Environment {
  const env: { [name: string]: string } = { ...shared };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return env;
}

/** Names the command (0) or an argument in messages. */
export function placeOf(index: number): string {
  return index === 0 ? 'The command' : `Argument ${index}`;
}
