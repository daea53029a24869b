/** Longer than this, calls that follow one another do not keep timers, signals and processes waiting. */
const longestStretchMs = 10;

let stretchStart: bigint | null = null;

/**
 * Comes before each look at the file system, which is done at once: gives the event loop a turn where there was none for a
 * while, so that timeouts and cancels are heard over any number of files.
 */
export async function loopTurn(): Promise<void> {
  // Of calls that are made together each is looked at when it comes up.
  await Promise.resolve();
  while (isStretchOver()) await new Promise((resolve) => setImmediate(resolve));
}

function isStretchOver(): boolean {
  if (stretchStart !== null) return process.hrtime.bigint() - stretchStart > longestStretchMs * 1e6;
  stretchStart = process.hrtime.bigint();
  setImmediate(() => {
    stretchStart = null;
  });
  return false;
}
