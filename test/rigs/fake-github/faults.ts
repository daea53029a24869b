export interface LoggedRequest {
  /** From 1, over both hosts. */
  readonly number: number;
  readonly method: string;
  readonly host: 'api' | 'uploads';
  readonly path: string;
  readonly query: string;
  readonly hasToken: boolean;
  /** What GitHub answered, whether or not that arrived; `null` where it did not get to the work. */
  status: number | null;
}

/** How a request goes wrong. */
export type FaultKind =
  | 500
  | 502
  | 503
  /** 429 with `retry-after`. */
  | 'limited'
  /** 403 of the secondary limit, with `retry-after`. */
  | 'secondary-limit'
  /** 403 of the hourly limit, with the moment of its end. */
  | 'primary-limit'
  | 'forbidden'
  | 'reset'
  | 'reset-mid-body'
  /** No answer until the client gives up. */
  | 'stall'
  /** A page for browsers with status 200. */
  | 'html'
  | 'truncated-json'
  /** JSON of success that holds nothing of what was asked for. */
  | 'other-json';

export const faultKinds: readonly FaultKind[] = [
  500,
  502,
  503,
  'limited',
  'secondary-limit',
  'primary-limit',
  'forbidden',
  'reset',
  'reset-mid-body',
  'stall',
  'html',
  'truncated-json',
];

export interface Fault {
  /** Number of the first request that is met, from 1, or which requests are. */
  readonly at: number | ((request: LoggedRequest) => boolean);
  readonly with: FaultKind;
  /**
   * Whether the work is done first; `half-effect` stores half of an upload. Limits and refusals come before the work
   * whatever stands here.
   */
  readonly after?: 'before-effect' | 'after-effect' | 'half-effect';
  /** How many requests; default 1. */
  readonly times?: number;
  /** What `retry-after` says; default 7. */
  readonly retryAfterSeconds?: number;
}

export class Faults {
  #open: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#open.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#open = [];
  }

  take(request: LoggedRequest): Fault | null {
    const found = this.#open.find(({ fault: { at }, left }) => {
      if (left <= 0) return false;
      return typeof at === 'number' ? request.number >= at : at(request);
    });
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  }
}
