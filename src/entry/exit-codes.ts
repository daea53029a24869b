/** What a door ends with (DESIGN.md section 4). Callers may rely on each of them. */
export const exitCodes = {
  success: 0,
  failed: 1,
  /** The definition, the parameters or the command line are wrong: nothing was started. */
  wrong: 2,
  waiting: 4,
  /** Recorded state cannot be used. */
  stateRefused: 5,
  /** A bug of the product. */
  bug: 70,
  cancelled: 130,
} as const;
