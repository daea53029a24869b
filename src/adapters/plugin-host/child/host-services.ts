import type { Failure } from '../../../core/model/failure.ts';
import type { Json } from '../../../core/model/json.ts';
import type { Outcome } from '../../../core/model/outcome.ts';
import type { Result } from '../../../core/model/result.ts';

/** Rules of the engine that hold on both sides of the pipe. */
export interface HostServices {
  /** What `vwmp/plugin-api` gives to plugins. */
  readonly pluginApi: { readonly [name: string]: unknown };
  readonly readOutcome: (answer: unknown, handler: string) => Outcome;
  readonly failureOf: (error: unknown, handler: string) => Failure;
  /** A copy as plain data; the error is a clause that begins with the place. */
  readonly copyPlainData: (value: unknown, place: string) => Result<Json, string>;
}
