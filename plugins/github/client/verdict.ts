import type { GitHubCall, GitHubFieldError } from '../../../src/plugin-api/index.ts';
import { isJsonMap, type Json } from '../../../src/plugin-api/index.ts';

/** What came back for one request: an answer of whatever status, or none. */
export type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: { readonly [name: string]: string };
      /** JSON where the answer was JSON, its text where it was not. */
      readonly data: unknown;
    }
  | { readonly kind: 'none'; readonly why: string };

/** What an answer means for the request. */
export type Verdict =
  | { readonly kind: 'answer'; readonly status: number; readonly data: Json }
  | { readonly kind: 'moved'; readonly location: string }
  /** Nothing happened; GitHub names the wait, or leaves it open (`null`). */
  | { readonly kind: 'limited'; readonly status: number; readonly waitMs: number | null; readonly message: string }
  /** Nobody knows whether it happened. */
  | { readonly kind: 'lost'; readonly status: number | null; readonly message: string }
  | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  readonly message: string;
  readonly errors: readonly GitHubFieldError[];
}

const longestMessage = 500;

/** @param now Milliseconds since 1970, for limits that end at a moment. */
export function verdictOf(reply: Reply, call: GitHubCall, now: number): Verdict {
  if (reply.kind === 'none') return { kind: 'lost', status: null, message: reply.why };
  const { status } = reply;
  if (status < 300) return readable(status, reply.data);
  if (status < 400) return { kind: 'moved', location: reply.headers.location ?? '' };
  const message = messageOf(reply.data);
  // Before what the caller accepts: a limit says nothing about what was asked.
  if (isLimit(reply, message)) return { kind: 'limited', status, waitMs: waitOf(reply.headers, now), message };
  if (call.accept?.includes(status)) return { kind: 'answer', status, data: dataOf(reply.data) };
  // A timeout that the server reports says as little about the effect as no answer.
  if (status >= 500 || status === 408) return { kind: 'lost', status, message };
  return { kind: 'refused', status, message, errors: errorsOf(reply.data) };
}

/** An answer of success that is no JSON comes from something between us and GitHub, or was cut. */
function readable(status: number, data: unknown): Verdict {
  if (status === 204) return { kind: 'answer', status, data: null };
  if (isStructured(data)) return { kind: 'answer', status, data };
  const shown = isPage(data) ? 'a page for browsers instead of data' : 'an answer that ends too early or is no JSON';
  return { kind: 'lost', status, message: shown };
}

function dataOf(data: unknown): Json {
  return isStructured(data) ? data : null;
}

function isStructured(data: unknown): data is Json {
  return isJsonMap(data) || (Array.isArray(data) && !ArrayBuffer.isView(data));
}

function isPage(data: unknown): boolean {
  return typeof data === 'string' && /^\s*</.test(data);
}

function messageOf(data: unknown): string {
  if (isJsonMap(data) && typeof data.message === 'string') return data.message.slice(0, longestMessage);
  if (isPage(data)) return 'a page for browsers instead of data';
  return typeof data === 'string' ? data.trim().slice(0, longestMessage) : '';
}

/** 403 is also how GitHub says "slow down": only its headers or its words tell it from a missing right. */
function isLimit({ status, headers }: Extract<Reply, { kind: 'reply' }>, message: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /secondary rate limit|rate limit exceeded|abuse detection/i.test(message)
  );
}

function waitOf(headers: { readonly [name: string]: string }, now: number): number | null {
  const after = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const moment = Date.parse(after);
  if (!Number.isNaN(moment)) return Math.max(0, moment - now);
  const reset = headers['x-ratelimit-reset']?.trim() ?? '';
  // A second more, because the two clocks need not agree.
  if (headers['x-ratelimit-remaining'] === '0' && /^\d{1,12}$/.test(reset)) {
    return Math.max(0, Number(reset) * 1000 - now) + 1000;
  }
  return null;
}

function errorsOf(data: unknown): readonly GitHubFieldError[] {
  const errors = isJsonMap(data) ? data.errors : undefined;
  return Array.isArray(errors) ? errors.slice(0, 20).map(errorOf) : [];
}

function errorOf(entry: Json): GitHubFieldError {
  if (typeof entry === 'string') return { resource: '', code: 'custom', field: '', message: entry };
  const text = (key: string): string => {
    const value = isJsonMap(entry) ? entry[key] : undefined;
    return typeof value === 'string' ? value.slice(0, longestMessage) : '';
  };
  return { resource: text('resource'), code: text('code'), field: text('field'), message: text('message') };
}
