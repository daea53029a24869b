import { type WorkflowCommandName, workflowCommand } from '../../core/report/workflow-command.ts';

/** Takes runner commands out of text that is printed; knows where in a line the next chunk begins. */
export interface LineNeutraliser {
  push(chunk: string): string;
}

/** Prints a text; a promise resolves when more is welcome. */
export type Write = (text: string) => undefined | Promise<void>;

/**
 * The job's log. Everything that is printed goes through here, so that one place knows where lines begin: only what
 * is written as a command can be read as one.
 */
export class RunnerConsole {
  readonly #write: Write;
  readonly #neutraliser: LineNeutraliser;
  #insideLine = false;

  constructor(write: Write, neutraliser: LineNeutraliser) {
    this.#write = write;
    this.#neutraliser = neutraliser;
  }

  /** A piece of text as it comes, not cut at line ends. A promise resolves when the log has taken it. */
  text(chunk: string): undefined | Promise<void> {
    if (chunk === '') return undefined;
    this.#insideLine = !chunk.endsWith('\n');
    return this.#write(this.#neutraliser.push(chunk));
  }

  /** Whole lines, on lines of their own. */
  line(text: string): void {
    this.freshLine();
    void this.text(`${text}\n`);
  }

  command(
    name: WorkflowCommandName,
    properties: { readonly [property: string]: string | number | undefined },
    message: string,
  ): void {
    this.rawCommand(workflowCommand(name, properties, message));
  }

  /** A line that `workflowCommand` or `annotationCommand` made. */
  rawCommand(command: string): void {
    this.freshLine();
    void this.#write(`${command}\n`);
  }

  /** Ends a line that a step left open. */
  freshLine(): void {
    if (this.#insideLine) void this.text('\n');
  }
}
