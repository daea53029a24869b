import type { Reply } from './verdict.ts';

/** One HTTP request, complete. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: object | Uint8Array | null;
  readonly signal: AbortSignal;
}

/** Sends one request. Never rejects: no answer is a reply too. */
export type Transport = (request: HttpRequest) => Promise<Reply>;

/**
 * Sends through the client of GitHub's own toolkit, which honours the proxy settings of the machine. It is loaded on
 * the first request, so that runs without one do not pay for it.
 */
export function octokitTransport(token: string | null): Transport {
  let client: ReturnType<typeof makeClient> | null = null;
  return async (request) => {
    try {
      client ??= makeClient(token);
      const { octokit } = await client;
      const { status, headers, data } = await octokit.request({
        method: request.method,
        url: request.url,
        headers: { ...request.headers },
        ...(request.body === null ? {} : { data: request.body }),
        // A redirect must not turn a POST into a GET, nor carry the token elsewhere: the caller decides.
        request: { signal: request.signal, redirect: 'manual' },
      });
      return replyOf(status, headers, data);
    } catch (error) {
      return replyOfError(error);
    }
  };
}

async function makeClient(token: string | null) {
  const { GitHub } = await import('@actions/github/lib/utils');
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  // The class itself, because the toolkit's factory takes no client without a token.
  return { octokit: new GitHub({ log: quiet, ...(token === null ? {} : { auth: `token ${token}` }) }) };
}

function replyOfError(error: unknown): Reply {
  if (error instanceof Error && 'response' in error) {
    const { response } = error;
    if (typeof response === 'object' && response !== null && 'status' in response && 'headers' in response) {
      return replyOf(Number(response.status), response.headers, 'data' in response ? response.data : '');
    }
  }
  if (error instanceof Error && /timeout|abort/i.test(`${error.name} ${error.message}`)) {
    return { kind: 'none', why: 'no answer within the time for one request' };
  }
  return { kind: 'none', why: error instanceof Error ? error.message : 'the connection failed' };
}

function replyOf(status: number, headers: unknown, data: unknown): Reply {
  const known = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return {
    kind: 'reply',
    status,
    headers: Object.fromEntries(known.map(([name, value]) => [name.toLowerCase(), String(value)])),
    data,
  };
}
