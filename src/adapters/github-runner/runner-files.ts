import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

export type RunnerEnvironment = { readonly [name: string]: string | undefined };

/**
 * The files through which the runner takes what an action gives: outputs, state for the post step, the summary.
 * Values may hold anything: each stands between lines with a delimiter that nobody can guess.
 */
export class RunnerFiles {
  readonly #env: RunnerEnvironment;

  constructor(env: RunnerEnvironment) {
    this.#env = env;
  }

  /** False where the runner offers no file for it. Throws where it cannot be written, or for a name it cannot take. */
  setOutput(name: string, value: string): boolean {
    return this.#append('GITHUB_OUTPUT', keyValue(name, value));
  }

  saveState(name: string, value: string): boolean {
    return this.#append('GITHUB_STATE', keyValue(name, value));
  }

  appendSummary(markdown: string): boolean {
    return this.#append('GITHUB_STEP_SUMMARY', markdown);
  }

  #append(variable: string, text: string): boolean {
    const path = this.#env[variable];
    if (!path) return false;
    appendFileSync(path, text, 'utf8');
    return true;
  }
}

/** Whether the runner can read a value of that name back. */
export function isFileCommandName(name: string): boolean {
  return name !== '' && !/[\r\n=]|<</.test(name);
}

function keyValue(name: string, value: string): string {
  if (!isFileCommandName(name)) throw new Error(`the runner cannot take a value named ${JSON.stringify(name)}`);
  let delimiter: string;
  do delimiter = `vwmp_${randomUUID()}`;
  while (value.includes(delimiter));
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
