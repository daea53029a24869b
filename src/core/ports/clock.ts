/** Time, injected so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump: for records, never for measuring. */
  now(): number;
  /** Milliseconds since any fixed moment. Never goes back: for durations and timeouts. */
  monotonic(): number;
  /** Calls back once after `delayMs` of monotonic time, unless the returned function was called before. */
  schedule(delayMs: number, callback: () => void): () => void;
}
