/** One option of a command: parsed, helped, completed and documented from this record alone. */
export interface Option {
  /** Long name without dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help texts; absent: a flag without value. */
  readonly value?: string;
  /** May be given more than once. */
  readonly multiple?: boolean;
  readonly description: string;
  /** What the shell completes for the value. */
  readonly complete?: 'file' | 'folder' | 'workflow' | 'run' | readonly string[];
}

/** What the command line of one command said. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Values by option name, in the order given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** `--name value` pairs that are no options: parameters of the workflow. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}
