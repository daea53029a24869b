/** One way in which a value does not fit its schema. */
export interface SchemaFault {
  /** Keys and indices from the checked value to the culprit. */
  readonly path: readonly (string | number)[];
  /** The keyword that the value breaks; `depth` and `budget` where a bound was passed. */
  readonly keyword: string;
  /** What is wrong, without subject, so that a place or a name can stand before it: `must be a number, not null`. */
  readonly message: string;
  readonly hint?: string;
  /** The culprit is the key at the end of `path`, not its value. */
  readonly isKey?: true;
}
