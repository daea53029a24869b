import type { GitHubCall, GitHubFieldError, GitHubRefusal } from '../../../src/plugin-api/index.ts';
import { type FailureKind, isJsonMap, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { Refused } from './verdict.ts';

/** Reads back what the client put into the details of its failure; `null` for any other error. */
export function refusalOf(error: unknown): GitHubRefusal | null {
  if (!(error instanceof PluginFailure)) return null;
  const { details } = error.failure;
  if (details === undefined || !isJsonMap(details) || !isJsonMap(details.github)) return null;
  return details.github as unknown as GitHubRefusal;
}

/** True where GitHub refused for a reason whose text one of its errors, or its message, holds. */
export function isRefusedFor(error: unknown, words: RegExp): boolean {
  const refusal = refusalOf(error);
  if (refusal === null || !(error instanceof PluginFailure)) return false;
  return words.test(error.message) || refusal.errors.some(({ message }) => words.test(message));
}

export function hasFieldError(error: unknown, field: string, code: string): boolean {
  const refusal = refusalOf(error);
  return refusal?.errors.some((entry) => entry.field === field && entry.code === code) ?? false;
}

/** GitHub answered, and would answer the same again. */
export function refusedFailure(call: GitHubCall, refused: Refused, hasToken: boolean): PluginFailure {
  const said = saidOf(refused);
  const asked = `GitHub was asked to ${call.purpose}`;
  switch (refused.status) {
    case 401:
      return failure('permission', 'unauthorized', refused, [
        `${asked} and does not accept the token (401): ${said}.`,
        hasToken
          ? 'It is wrong, expired or was revoked: give the run a valid GITHUB_TOKEN'
          : 'Give the run a GITHUB_TOKEN',
      ]);
    case 403:
      return failure('permission', 'forbidden', refused, [
        `${asked} and refuses (403): ${said}.`,
        hasToken
          ? 'Give the job `permissions: contents: write`, or a token that may do it; pull requests from forks have a token that only reads'
          : 'Give the run a GITHUB_TOKEN that may do it',
      ]);
    case 404:
      return failure('not-found', 'missing', refused, [
        `${asked}, and it does not exist (404)`,
        hasToken ? 'or the token may not see it' : 'or needs a token to be seen: give the run a GITHUB_TOKEN',
      ]);
    default:
      return failure('handler', 'invalid', refused, [`${asked} and refuses (${refused.status}): ${said}`]);
  }
}

/** A request whose answer never came, or is none. */
export interface Loss {
  readonly status: number | null;
  readonly said: string;
  /** It may have happened. */
  readonly unsure: boolean;
  /** Default true. */
  readonly retryable?: boolean;
}

export function anonymousFailure(call: GitHubCall): PluginFailure {
  return new PluginFailure(
    'permission',
    `there is no token to ${call.purpose}: give the run the secret GITHUB_TOKEN (in a job: \`permissions: contents: write\`)`,
    { retryable: false, details: detailsOf('anonymous', null, []) },
  );
}

/** The step's own attempts come after seconds: none of them would wait as long as GitHub asks. */
export function limitedFailure(call: GitHubCall, status: number, waitMs: number, said: string): PluginFailure {
  const seconds = Math.ceil(waitMs / 1000);
  return new PluginFailure(
    'handler',
    `GitHub was asked to ${call.purpose} and asks to wait ${seconds} s first (${status}: ${said || 'rate limit'}), which is more than the adapter's \`retry_budget_seconds\` leaves: try again later`,
    { retryable: false, details: detailsOf('limited', status, []) },
  );
}

/** GitHub asks for a longer wait than there is time for. */
export function isLimited(error: unknown): boolean {
  return refusalOf(error)?.reason === 'limited';
}

/** No readable answer after all attempts. */
export function lostFailure(call: GitHubCall, { status, said, unsure, retryable = true }: Loss): PluginFailure {
  const code = status === null ? '' : ` (${status})`;
  const what = said === '' ? 'no reason' : said;
  const left = unsure ? '. It may have happened: the next attempt looks first' : '';
  return new PluginFailure(
    'handler',
    `GitHub was asked to ${call.purpose} and gave no usable answer${code}: ${what}${left}`,
    {
      retryable,
      details: detailsOf(unsure ? 'unsure' : 'unreachable', status, []),
    },
  );
}

function failure(
  kind: FailureKind,
  reason: GitHubRefusal['reason'],
  { status, errors }: Refused,
  words: readonly string[],
): PluginFailure {
  return new PluginFailure(kind, words.join(' '), { retryable: false, details: detailsOf(reason, status, errors) });
}

function detailsOf(reason: GitHubRefusal['reason'], status: number | null, errors: readonly GitHubFieldError[]) {
  return { github: { reason, status, errors: errors.map((entry) => ({ ...entry })) } };
}

function saidOf({ message, errors }: Refused): string {
  const each = errors.map(({ field, code, message: text }) => text || [field, code].filter(Boolean).join(' '));
  return [message || 'no reason', ...each.filter((text) => text !== '')].join('; ').replace(/\.$/, '');
}
