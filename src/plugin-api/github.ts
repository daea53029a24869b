import type { Json, JsonMap } from '../core/model/json.ts';

/**
 * The contract of the integration adapter `github`: one client of the REST API for all handlers of a call. It waits
 * and tries again where that can help, within bounds, and never sends a creation twice without looking first. Its
 * calls hold functions, so it serves handlers of bundled plugins only.
 */
export interface GitHubAdapter {
  settings(): Promise<GitHubSettings>;
  /**
   * Rejects with a `PluginFailure` whose details are `GitHubRefusal`: kind `permission` where the token may not do it,
   * `not-found` for 404, `cancelled` on cancel, else `handler`. No text of it holds the token.
   */
  request(call: GitHubCall): Promise<GitHubAnswer>;
  /** Items of a list over its pages, at most `most`. */
  list(call: Omit<GitHubCall, 'method' | 'body'>, most: number): Promise<readonly Json[]>;
  /** Requests that were sent so far, repeated ones too. */
  requestCount(): Promise<number>;
}

export interface GitHubSettings {
  /** Without a `/` at the end. */
  readonly apiUrl: string;
  /** Where people see it, without a `/` at the end. */
  readonly serverUrl: string;
  /** `owner/name`; `null` where neither configuration nor environment names one. */
  readonly repository: string | null;
  /** `app`: of an installed app, as the job's own token is. */
  readonly token: 'none' | 'personal' | 'app';
}

export interface GitHubCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the address of the API, with a `/` before it and its parts encoded; or a full address from an answer. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string | number };
  readonly body?: GitHubBody;
  /** What is asked for, as people say it after "GitHub was asked to": `create the draft release v1.2.3`. */
  readonly purpose: string;
  /** The caller can do without an answer: one attempt, and at most 5 s for it. */
  readonly hasty?: boolean;
  /** Status codes from 400 on that are answers to the caller, not failures. */
  readonly accept?: readonly number[];
  /**
   * Whether a request whose answer was lost did its work: what it made, or `null`. A POST is not sent again without;
   * where it is absent, a lost answer to a POST is a failure.
   */
  readonly lookUp?: () => Promise<Json>;
}

export type GitHubBody =
  | { readonly kind: 'json'; readonly value: JsonMap }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string };

export interface GitHubAnswer {
  readonly status: number;
  /** `null` where the answer has no body. */
  readonly data: Json;
  /** True where the answer itself was lost and `lookUp` found the work done. */
  readonly lookedUp: boolean;
}

/** Details of a failure of the adapter. */
export interface GitHubRefusal {
  /**
   * - `anonymous`: a write without a token
   * - `unauthorized`: the token is not valid
   * - `forbidden`: the token lacks the right
   * - `missing`: 404
   * - `invalid`: 409, 422 and other answers that refuse the request as it is
   * - `limited`: a rate limit that the time for waiting does not cover
   * - `unreachable`: no readable answer, and nothing is left half done
   * - `unsure`: the answer to a write was lost: it may have happened
   */
  readonly reason:
    | 'anonymous'
    | 'unauthorized'
    | 'forbidden'
    | 'missing'
    | 'invalid'
    | 'limited'
    | 'unreachable'
    | 'unsure';
  /** `null` where no answer came. */
  readonly status: number | null;
  readonly errors: readonly GitHubFieldError[];
}

/** One entry of `errors` in an answer with status 422. */
export interface GitHubFieldError {
  readonly resource: string;
  readonly code: string;
  readonly field: string;
  readonly message: string;
}
