/**
 * Milliseconds since some moment in the past, which setting the clock does not change. `performance` says the same, and
 * loads nine modules of Node at its first use.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
