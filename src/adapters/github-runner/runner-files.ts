import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

export type RunnerEnvironment = { readonly [name: string]: string | undefined };

/** A file that the runner offers and that cannot be written. */
export interface RunnerFileFault {
  readonly variable: 'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY';
  readonly message: string;
}

/**
 * The files through which the runner takes what an action gives: outputs, state for the post step, the summary.
 * Values may hold anything: each stands between lines with a delimiter that nobody can guess. A file that cannot be
 * written keeps nothing else from being written; `faults` tells of it.
 */
export class RunnerFiles {
  readonly #env: RunnerEnvironment;
  readonly #faults = new Map<RunnerFileFault['variable'], string>();

  constructor(env: RunnerEnvironment) {
    this.#env = env;
  }

  /** One for each file, the first. */
  get faults(): readonly RunnerFileFault[] {
    return [...this.#faults].map(([variable, message]) => ({ variable, message }));
  }

  /** False where the runner offers no file for it. Throws for a name that it cannot take. */
  setOutput(name: string, value: string): boolean {
    return this.#append('GITHUB_OUTPUT', keyValue(name, value));
  }

  /** As `setOutput`. */
  saveState(name: string, value: string): boolean {
    return this.#append('GITHUB_STATE', keyValue(name, value));
  }

  /** False where the runner offers no file for it. */
  appendSummary(markdown: string): boolean {
    return this.#append('GITHUB_STEP_SUMMARY', markdown);
  }

  #append(variable: RunnerFileFault['variable'], text: string): boolean {
    const path = this.#env[variable];
    if (!path) return false;
    try {
      appendFileSync(path, text, 'utf8');
    } catch (error) {
      if (!this.#faults.has(variable))
        this.#faults.set(variable, error instanceof Error ? error.message : String(error));
    }
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
