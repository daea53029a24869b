/** What the platform's timer takes; beyond it, it fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls back once after `delayMs`, however long. The returned function stops it. */
export function startTimer(delayMs: number, callback: () => void): () => void {
  let handle: NodeJS.Timeout;
  const arm = (leftMs: number) => {
    const stepMs = Math.min(leftMs, longestTimerMs);
    handle = setTimeout(() => (leftMs > stepMs ? arm(leftMs - stepMs) : callback()), stepMs);
  };
  arm(delayMs);
  return () => clearTimeout(handle);
}
