/** The bounds of LANGUAGE.md section 7. */
export const limits = {
  /** Characters of one expression. */
  length: 10_000,
  /** Brackets, calls, signs and branches inside one another. */
  nesting: 64,
  /** Nodes visited, and a share for every function that works on large values. */
  steps: 100_000,
  /** Bytes of a result, and of every text that is made on the way. */
  resultBytes: 1_048_576,
  /** Lists and maps inside one another in a value; deeper data is refused before it can exhaust the stack. */
  valueDepth: 500,
} as const;
