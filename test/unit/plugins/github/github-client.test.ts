import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientSettings } from '../../../../plugins/github/client/client-settings.ts';
import { GitHubClient } from '../../../../plugins/github/client/github-client.ts';
import type { HttpRequest } from '../../../../plugins/github/client/octokit-transport.ts';
import { refusalOf } from '../../../../plugins/github/client/refusal.ts';
import type { Reply } from '../../../../plugins/github/client/verdict.ts';
import type { GitHubCall } from '../../../../src/plugin-api/index.ts';
import { CancelSource, type Json, PluginFailure } from '../../../../src/plugin-api/index.ts';

const secret = 'ghs_verysecret';
const startedAt = Date.UTC(2026, 0, 1);

let sent: HttpRequest[];
let waits: number[];
let logged: string[];
let clock: number;
let signal: CancelSource;
let replies: Reply[];
let onWait: () => void;
let onSend: () => void;

beforeEach(() => {
  sent = [];
  waits = [];
  logged = [];
  clock = startedAt;
  signal = new CancelSource();
  replies = [];
  onWait = () => {};
  onSend = () => {};
});

afterEach(() => {
  expect(logged.join('\n')).not.toContain(secret);
});

const settings: ClientSettings = {
  apiUrl: 'https://api.example.test',
  serverUrl: 'https://example.test',
  repository: 'acme/tool',
  token: 'app',
  retryBudgetMs: 60_000,
  requestTimeoutMs: 30_000,
  writeIntervalMs: 0,
};

/** A client whose server answers with `replies` in order, then with an empty map. */
function client(more: Partial<ClientSettings> = {}): GitHubClient {
  const files = new Proxy({} as never, {});
  const context = {
    config: {},
    env: {},
    secrets: { GITHUB_TOKEN: secret },
    signal,
    files,
    processes: files,
    log: (level: string, message: string) => logged.push(`${level}: ${message}`),
    now: async () => clock,
  };
  return new GitHubClient(
    context,
    { ...settings, ...more },
    async (request) => {
      sent.push(request);
      onSend();
      return replies.shift() ?? reply(200, {});
    },
    {
      async wait(ms) {
        waits.push(ms);
        clock += ms;
        onWait();
        if (signal.cancelled) throw new PluginFailure('cancelled', 'cancelled');
      },
      limit: () => new AbortController().signal,
    },
  );
}

function reply(status: number, data: unknown, headers: { readonly [name: string]: string } = {}): Reply {
  return { kind: 'reply', status, headers, data };
}

const lost: Reply = { kind: 'none', why: 'socket hang up' };
const get: GitHubCall = { method: 'GET', path: '/repos/acme/tool', purpose: 'read acme/tool' };
const post: GitHubCall = {
  method: 'POST',
  path: '/repos/acme/tool/releases',
  body: { kind: 'json', value: { tag_name: 'v1' } },
  purpose: 'create the draft release v1',
};

async function failureOf(promise: Promise<unknown>): Promise<PluginFailure> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PluginFailure)) throw new Error(`expected a failure, got ${String(error)}`);
  expect(JSON.stringify(error.failure)).not.toContain(secret);
  return error;
}

describe('a read', () => {
  it.each<[string, Reply]>([
    ['no answer', lost],
    ['500', reply(500, 'Server Error')],
    ['502', reply(502, '<html>Unicorn</html>')],
    ['503', reply(503, {})],
    ['504', reply(504, '')],
    ['408', reply(408, {})],
    ['a page for browsers', reply(200, '<!DOCTYPE html><p>Please log in</p>')],
    ['a cut answer', reply(200, '{"id": 1, "na')],
    ['an empty answer', reply(200, '')],
  ])('is sent again after %s', async (_, trouble) => {
    replies = [trouble, reply(200, { id: 1 })];
    expect(await client().request(get)).toEqual({ status: 200, data: { id: 1 }, lookedUp: false });
    expect(waits).toEqual([1000]);
  });

  it('waits longer each time and gives up after five attempts', async () => {
    replies = Array.from({ length: 9 }, () => lost);
    const { failure } = await failureOf(client().request(get));
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
    expect(sent).toHaveLength(5);
    expect(failure).toMatchObject({ kind: 'handler', retryable: true });
    expect(failure.message).toContain('asked to read acme/tool');
    expect(failure.message).toContain('socket hang up');
  });

  it.each([400, 401, 403, 404, 409, 410, 422])('is not sent again after %i', async (status) => {
    replies = [reply(status, { message: 'no' })];
    await failureOf(client().request(get));
    expect(sent).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('gives an answer with a status that the caller takes', async () => {
    replies = [reply(404, { message: 'Not Found' })];
    expect(await client().request({ ...get, accept: [404] })).toMatchObject({ status: 404 });
  });

  it('that nobody needs is tried once', async () => {
    replies = [lost, lost];
    await failureOf(client().request({ ...get, hasty: true }));
    expect(sent).toHaveLength(1);
    expect(waits).toEqual([]);
  });
});

describe('a limit', () => {
  it.each<[string, Reply, number]>([
    ['429 with retry-after in seconds', reply(429, {}, { 'retry-after': '11' }), 11_000],
    [
      '429 with retry-after as a date',
      reply(429, {}, { 'retry-after': new Date(startedAt + 9000).toUTCString() }),
      9000,
    ],
    ['429 without a word', reply(429, {}), 60_000],
    ['403 with retry-after', reply(403, { message: 'Forbidden' }, { 'retry-after': '3' }), 3000],
    ['403 of the secondary limit', reply(403, { message: 'You have exceeded a secondary rate limit' }), 60_000],
    ['403 of the abuse detection', reply(403, { message: 'You have triggered an abuse detection mechanism' }), 60_000],
    [
      '403 at the end of the hour',
      reply(
        403,
        { message: 'API rate limit exceeded' },
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${startedAt / 1000 + 20}` },
      ),
      21_000,
    ],
  ])('%s is waited for, also by a creation', async (_, limit, ms) => {
    replies = [limit, reply(201, { id: 7 })];
    expect(await client().request(post)).toMatchObject({ status: 201, data: { id: 7 } });
    expect(waits).toEqual([ms]);
  });

  it('longer than the budget fails at once, says how long, and leaves no attempt that would come sooner', async () => {
    replies = [reply(429, {}, { 'retry-after': '3600' })];
    const { failure } = await failureOf(client().request(get));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toMatch(/wait 3600 s.*retry_budget_seconds/);
    expect(waits).toEqual([]);
  });

  it.each([
    ['403 with nothing left', reply(403, {}, { 'x-ratelimit-remaining': '0' })],
    ['429 that names no wait', reply(429, {})],
  ])('longer than the budget is one for %s too', async (_, limit) => {
    replies = [limit];
    const { failure } = await failureOf(client({ retryBudgetMs: 5_000 }).request(post));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(sent).toHaveLength(1);
  });

  it('longer than the budget, when an answer was lost and is looked for, leaves no attempt either', async () => {
    replies = [reply(502, ''), reply(429, {}, { 'retry-after': '3600' })];
    const github = client();
    const lookUp = async () => (await github.request(get)).data;
    const { failure } = await failureOf(github.request({ ...post, lookUp }));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toMatch(/It may have happened/);
  });

  it('draws on one budget for all requests', async () => {
    const github = client({ retryBudgetMs: 10_000 });
    replies = [reply(429, {}, { 'retry-after': '6' })];
    await github.request(get);
    replies = [reply(429, {}, { 'retry-after': '6' })];
    await failureOf(github.request(get));
    expect(waits).toEqual([6000]);
  });
});

describe('a refusal', () => {
  it('of a missing right names the right', async () => {
    replies = [reply(403, { message: 'Resource not accessible by integration' })];
    const error = await failureOf(client().request(post));
    expect(error.failure).toMatchObject({ kind: 'permission', retryable: false });
    expect(error.message).toMatch(/contents: write.*forks/);
    expect(refusalOf(error)).toMatchObject({ reason: 'forbidden', status: 403 });
  });

  it('of the token is no matter of rights', async () => {
    replies = [reply(401, { message: 'Bad credentials' })];
    const error = await failureOf(client().request(get));
    expect(error.failure).toMatchObject({ kind: 'permission', retryable: false });
    expect(refusalOf(error)?.reason).toBe('unauthorized');
  });

  it('keeps its single errors for the caller and says them', async () => {
    const errors = [{ resource: 'Release', code: 'custom', field: 'tag_name', message: 'tag_name is not well-formed' }];
    replies = [reply(422, { message: 'Validation Failed', errors })];
    const error = await failureOf(client().request(post));
    expect(refusalOf(error)?.errors).toEqual(errors);
    expect(error.message).toContain('Validation Failed; tag_name is not well-formed');
  });

  it('holds no token, even where the server says it back', async () => {
    replies = [reply(422, { message: `bad header ${secret}`, errors: [`echo ${secret}`] })];
    await failureOf(client().request(post));
    replies = [{ kind: 'none', why: `could not send ${secret}` }];
    await failureOf(client().request(post));
    replies = [reply(500, { message: secret })];
    await client().request(get);
    expect(logged).toHaveLength(1);
  });
});

describe('a creation whose answer is lost', () => {
  it('is looked up before it is sent again, and not sent where it is there', async () => {
    replies = [lost];
    const lookUp = async (): Promise<Json> => ({ id: 7 });
    expect(await client().request({ ...post, lookUp })).toEqual({ status: 200, data: { id: 7 }, lookedUp: true });
    expect(sent).toHaveLength(1);
    expect(waits).toEqual([1000]);
  });

  it('is sent again where it is not there', async () => {
    replies = [reply(502, ''), reply(201, { id: 8 })];
    expect(await client().request({ ...post, lookUp: async () => null })).toMatchObject({ data: { id: 8 } });
    expect(sent).toHaveLength(2);
  });

  it('is not sent again where nobody can look', async () => {
    replies = [lost];
    const error = await failureOf(client().request(post));
    expect(sent).toHaveLength(1);
    expect(refusalOf(error)?.reason).toBe('unsure');
    expect(error.message).toContain('It may have happened');
  });

  it('is looked up once more when time is over', async () => {
    replies = [lost];
    let looks = 0;
    const lookUp = async (): Promise<Json> => {
      looks += 1;
      return { id: 9 };
    };
    const answer = await client({ retryBudgetMs: 0 }).request({ ...post, lookUp });
    expect(answer).toMatchObject({ data: { id: 9 }, lookedUp: true });
    expect(looks).toBe(1);
  });
});

describe('cancelling', () => {
  it('ends a wait', async () => {
    replies = [lost, reply(200, {})];
    onWait = () => signal.cancel('by hand');
    const { failure } = await failureOf(client().request(get));
    expect(failure.kind).toBe('cancelled');
    expect(sent).toHaveLength(1);
  });

  it('ends a request that is under way', async () => {
    onSend = () => signal.cancel('by hand');
    replies = [lost];
    const { failure } = await failureOf(client().request(get));
    expect(failure.kind).toBe('cancelled');
    expect(sent[0]?.signal.aborted).toBe(true);
  });

  it('lets no further request begin', async () => {
    signal.cancel('by hand');
    expect((await failureOf(client().request(get))).failure.kind).toBe('cancelled');
    expect(sent).toEqual([]);
  });
});

describe('writes', () => {
  it('of an ordinary release do not wait for each other', async () => {
    const github = client({ writeIntervalMs: 1000 });
    for (let at = 0; at < 5; at++) await github.request(post);
    expect(waits).toEqual([]);
  });

  it('are at most one a second where they are many, time that passed counted in', async () => {
    const github = client({ writeIntervalMs: 1000 });
    for (let at = 0; at < 5; at++) await github.request(post);
    clock += 400;
    await github.request(post);
    await github.request(get);
    clock += 5000;
    await github.request(post);
    expect(waits).toEqual([600]);
    const before = clock;
    for (let at = 0; at < 60; at++) await github.request(post);
    expect(clock - before).toBe(60_000);
  });

  it('without a token are refused before anything is sent', async () => {
    const { failure } = await failureOf(client({ token: 'none' }).request(post));
    expect(failure).toMatchObject({ kind: 'permission', retryable: false });
    expect(failure.message).toContain('GITHUB_TOKEN');
    expect(sent).toEqual([]);
  });
});

describe('redirects', () => {
  it('are followed with the same method and body on the same server', async () => {
    replies = [reply(307, '', { location: 'https://api.example.test/repositories/1/releases' }), reply(201, { id: 1 })];
    await client().request(post);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.example.test/repos/acme/tool/releases',
      'POST https://api.example.test/repositories/1/releases',
    ]);
    expect(sent[1]?.body).toEqual({ tag_name: 'v1' });
  });

  it('to another server are not followed: the token stays here', async () => {
    replies = [reply(302, '', { location: 'https://elsewhere.test/x' })];
    const { failure } = await failureOf(client().request(get));
    expect(sent).toHaveLength(1);
    expect(failure.message).toContain('https://elsewhere.test');
  });

  it('in a circle end', async () => {
    replies = Array.from({ length: 20 }, () => reply(301, '', { location: '/repos/acme/tool' }));
    await failureOf(client().request(get));
    expect(sent.length).toBeLessThan(10);
  });

  it('an address from an answer is not called over a weaker connection', async () => {
    await failureOf(client().request({ ...post, path: 'http://uploads.example.test/x' }));
    expect(sent).toEqual([]);
  });
});

describe('lists', () => {
  it('are read page by page until one is short', async () => {
    const page = Array.from({ length: 100 }, (_, id) => ({ id }));
    replies = [reply(200, page), reply(200, page), reply(200, [{ id: 1 }])];
    const github = client();
    expect(await github.list({ path: '/x', purpose: 'list' }, 1000)).toHaveLength(201);
    expect(sent.map(({ url }) => new URL(url).searchParams.get('page'))).toEqual(['1', '2', '3']);
    expect(await github.requestCount()).toBe(3);
  });

  it('end at their bound where the server never does', async () => {
    const page = Array.from({ length: 100 }, (_, id) => ({ id }));
    replies = Array.from({ length: 50 }, () => reply(200, page));
    expect(await client().list({ path: '/x', purpose: 'list' }, 250)).toHaveLength(250);
    expect(sent).toHaveLength(3);
  });
});
