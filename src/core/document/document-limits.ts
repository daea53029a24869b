/**
 * Bounds of what a document may be. They hold before anything is built from the text, so that a hostile one costs
 * little; an honest definition of 100,000 steps stays below each of them.
 */
export const documentLimits = {
  /** Characters (UTF-16 code units) of one file. */
  characters: 32 * 1024 * 1024,
  /** Characters of one scalar: a script, a text. */
  scalarCharacters: 1024 * 1024,
  /** Lists and maps inside each other. */
  nesting: 100,
  /** Lists of steps inside each other (LANGUAGE.md). */
  stepNesting: 16,
  /** Scalars, lists and maps of one file as written. */
  nodes: 5_000_000,
  /** Scalars, lists and maps that aliases and merges of one file stand for, all together. */
  expandedNodes: 250_000,
  /** Faults that are reported of one file; beyond it only their number is. */
  faults: 1000,
} as const;
