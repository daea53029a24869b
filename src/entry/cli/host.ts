/** What the command line needs of the process it runs in. */
export interface Host {
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  /** Standard output: results. */
  readonly out: (text: string) => void;
  /** The same for text without end: a promise resolves when the reader has caught up. */
  readonly paced: (text: string) => undefined | Promise<void>;
  /** Standard error: diagnostics, and progress where the result is for machines. */
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  readonly colour: boolean;
  /** Calls back each time the user or the system asks the process to end. */
  readonly onInterrupt: (listener: (signal: string) => void) => void;
}

/** Ends the command with exit code 2: what the caller wrote is wrong. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
