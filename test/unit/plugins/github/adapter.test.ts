import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { octokitTransport } from '../../../../plugins/github/client/octokit-transport.ts';
import type { GitHubAdapter } from '../../../../src/plugin-api/index.ts';
import { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';
import type { FaultKind } from '../../../rigs/fake-github/faults.ts';
import { ReleaseRig } from './release-rig.ts';

let fake: FakeGitHub;

beforeAll(async () => {
  fake = await FakeGitHub.start();
});

afterAll(() => fake.stop());

beforeEach(() => fake.reset());

async function settings(config: { readonly [key: string]: string | null } = {}, env = {}, token = '') {
  const rig = new ReleaseRig(fake);
  rig.adapterConfig = config;
  rig.token = token;
  try {
    const context = rig.context({}, { env });
    return await (await context.adapter<GitHubAdapter>('github')).settings();
  } finally {
    rig.remove();
  }
}

describe('the settings of the adapter', () => {
  it('come from configuration, then from the environment, then are those of github.com', async () => {
    expect(await settings()).toEqual({
      apiUrl: 'https://api.github.com',
      serverUrl: 'https://github.com',
      repository: null,
      token: 'none',
    });
    const env = {
      GITHUB_API_URL: 'https://ghe.test/api/v3/',
      GITHUB_SERVER_URL: 'https://ghe.test',
      GITHUB_REPOSITORY: 'o/r',
    };
    expect(await settings({}, env)).toMatchObject({ apiUrl: 'https://ghe.test/api/v3', repository: 'o/r' });
    expect(await settings({ repository: 'p/q', api_url: 'https://x.test' }, env)).toMatchObject({
      apiUrl: 'https://x.test',
      repository: 'p/q',
    });
  });

  it.each([
    'http://api.github.com',
    'http://attacker.test',
    'https://user:password@api.github.com',
    'ftp://127.0.0.1',
    'not an address',
    'http://127.0.0.1.attacker.test',
  ])('refuse the address %s, where a token would not be safe', async (api_url) => {
    await expect(settings({ api_url })).rejects.toThrow(/api_url/);
  });

  it.each(['acme', 'acme/tool/x', '../x', 'acme/to ol', ''])('refuse the repository %j', async (repository) => {
    await (repository === ''
      ? expect(settings({ repository })).resolves.toMatchObject({ repository: null })
      : expect(settings({ repository })).rejects.toThrow(/owner\/name/));
  });

  it('tell tokens of people from those of apps, and never the token', async () => {
    expect(await settings({}, {}, 'ghp_abc')).toMatchObject({ token: 'personal' });
    expect(await settings({}, {}, 'github_pat_abc')).toMatchObject({ token: 'personal' });
    expect(await settings({}, {}, 'ghs_abc')).toMatchObject({ token: 'app' });
    expect(JSON.stringify(await settings({}, {}, 'ghs_abc'))).not.toContain('ghs_abc');
  });
});

describe('a request over the wire', () => {
  const request = (path: string, more: object = {}) => ({
    method: 'GET',
    url: `${fake.apiUrl}${path}`,
    headers: { accept: 'application/vnd.github+json' },
    body: null,
    signal: AbortSignal.timeout(20_000),
    ...more,
  });

  it('carries the token where there is one', async () => {
    await octokitTransport(null)(request('/repos/acme/tool'));
    await octokitTransport(fake.writeToken)(request('/repos/acme/tool'));
    expect(fake.requests.map(({ hasToken }) => hasToken)).toEqual([false, true]);
  });

  it('gives refusals as replies', async () => {
    expect(await octokitTransport('wrong')(request('/repos/acme/tool'))).toMatchObject({
      kind: 'reply',
      status: 401,
      data: { message: 'Bad credentials' },
    });
  });

  it.each<[FaultKind, object]>([
    [502, { kind: 'reply', status: 502 }],
    ['html', { kind: 'reply', status: 200, data: expect.stringContaining('<!DOCTYPE html>') }],
    ['truncated-json', { kind: 'reply', status: 200, data: expect.any(String) }],
    ['reset-mid-body', { kind: 'reply', status: 200, data: '' }],
    ['reset', { kind: 'none' }],
    ['secondary-limit', { kind: 'reply', status: 403, headers: expect.objectContaining({ 'retry-after': '7' }) }],
  ])('gives %s as it came', async (kind, expected) => {
    fake.fail({ at: 1, with: kind, after: 'after-effect' });
    expect(await octokitTransport(null)(request('/repos/acme/tool'))).toMatchObject(expected);
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    fake.fail({ at: 1, with: 'stall' });
    fake.onStall = () => abort.abort();
    const reply = await octokitTransport(null)(request('/repos/acme/tool', { signal: abort.signal }));
    expect(reply).toMatchObject({ kind: 'none' });
  });

  it('sends bytes as they are', async () => {
    const release = fake.state.addRelease({ tag: 'v1', draft: true });
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
    await octokitTransport(fake.writeToken)({
      method: 'POST',
      url: `${fake.uploadsUrl}/repos/acme/tool/releases/${release.id}/assets?name=x.bin`,
      headers: { 'content-type': 'application/zip' },
      body: bytes,
      signal: AbortSignal.timeout(20_000),
    });
    expect(release.assets[0]?.contentType).toBe('application/zip');
    expect(release.assets[0]?.bytes.equals(bytes)).toBe(true);
  });
});
