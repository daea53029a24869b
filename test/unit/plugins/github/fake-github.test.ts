import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';

/** What the fake promises, by the pages of the API and by answers of the real one that are on record. */
let fake: FakeGitHub;
const sha = 'c0ffee0000000000000000000000000000000001';

beforeAll(async () => {
  fake = await FakeGitHub.start();
});

afterAll(() => fake.stop());

beforeEach(() => {
  fake.reset();
  fake.state.addCommit(sha, 'main');
});

async function ask(method: string, path: string, body?: object | string, token: string | null = fake.writeToken) {
  const address = path.startsWith('http') ? path : `${fake.apiUrl}${path}`;
  const response = await fetch(address, {
    method,
    headers: token === null ? {} : { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, data: text === '' ? null : JSON.parse(text) };
}

const repo = '/repos/acme/tool';

describe('the fake GitHub', () => {
  it('lets nobody write without a right, each token in its own words', async () => {
    const body = { tag_name: 'v1' };
    expect(await ask('POST', `${repo}/releases`, body, null)).toMatchObject({ status: 401 });
    expect(await ask('POST', `${repo}/releases`, body, 'unknown')).toMatchObject({
      status: 401,
      data: { message: 'Bad credentials' },
    });
    expect(await ask('POST', `${repo}/releases`, body, fake.readToken)).toMatchObject({
      status: 403,
      data: { message: 'Resource not accessible by integration' },
    });
    expect(fake.state.releases).toEqual([]);
  });

  it('shows drafts to those who may push, and never under their tag', async () => {
    fake.state.addRelease({ tag: 'v1', draft: true });
    expect((await ask('GET', `${repo}/releases`)).data).toHaveLength(1);
    expect((await ask('GET', `${repo}/releases`, undefined, null)).data).toEqual([]);
    expect((await ask('GET', `${repo}/releases/tags/v1`)).status).toBe(404);
  });

  it('lists the newest first, by pages', async () => {
    for (let at = 1; at <= 45; at++) fake.state.addRelease({ tag: `v${at}` });
    const tags = async (query: string) =>
      (await ask('GET', `${repo}/releases${query}`)).data.map((release: { tag_name: string }) => release.tag_name);
    expect((await tags('')).length).toBe(30);
    expect((await tags('?per_page=20'))[0]).toBe('v45');
    expect(await tags('?per_page=20&page=3')).toEqual(['v5', 'v4', 'v3', 'v2', 'v1']);
  });

  it('makes several drafts of one tag, and one publication', async () => {
    const body = { tag_name: 'v1', draft: true, target_commitish: sha };
    const one = await ask('POST', `${repo}/releases`, body);
    const other = await ask('POST', `${repo}/releases`, body);
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(await ask('PATCH', `${repo}/releases/${one.data.id}`, { draft: false })).toMatchObject({ status: 200 });
    expect(fake.state.tags.get('v1')?.commit).toBe(sha);
    expect(await ask('PATCH', `${repo}/releases/${other.data.id}`, { draft: false })).toMatchObject({
      status: 422,
      data: { errors: [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }] },
    });
  });

  it('refuses notes of more than 125,000 characters and commits that it does not have', async () => {
    expect(await ask('POST', `${repo}/releases`, { tag_name: 'v1', body: '🎉'.repeat(125_000) })).toMatchObject({
      status: 201,
    });
    expect(await ask('POST', `${repo}/releases`, { tag_name: 'v1', body: 'x'.repeat(125_001) })).toMatchObject({
      status: 422,
      data: { message: 'Validation Failed', errors: [{ field: 'body' }] },
    });
    expect(await ask('POST', `${repo}/releases`, { tag_name: 'v1', target_commitish: 'nowhere' })).toMatchObject({
      data: { errors: [{ code: 'invalid', field: 'target_commitish' }] },
    });
  });

  it('takes assets at their own address, once for each name, and renames them', async () => {
    const { data } = await ask('POST', `${repo}/releases`, { tag_name: 'v1', draft: true });
    const address = data.upload_url.replace('{?name,label}', '?name=a%20b.txt');
    expect(address.startsWith(fake.uploadsUrl)).toBe(true);
    expect(await ask('POST', address, 'hello\n')).toMatchObject({
      status: 201,
      data: {
        name: 'a.b.txt',
        size: 6,
        digest: 'sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
      },
    });
    expect(await ask('POST', address, 'other')).toMatchObject({
      status: 422,
      data: { errors: [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }] },
    });
    expect((await ask('POST', `${repo}/releases/${data.id}/assets?name=c.txt`, 'x')).status).not.toBe(201);
  });

  it('locks published immutable releases and burns their tags', async () => {
    fake.state.immutableReleases = true;
    const { data } = await ask('POST', `${repo}/releases`, { tag_name: 'v1', draft: false });
    expect(data.immutable).toBe(true);
    const upload = data.upload_url.replace('{?name,label}', '?name=a.txt');
    expect(await ask('POST', upload, 'x')).toMatchObject({
      status: 422,
      data: { message: 'Cannot upload assets to an immutable release.' },
    });
    expect((await ask('DELETE', `${repo}/releases/${data.id}`)).status).toBe(204);
    expect(await ask('POST', `${repo}/releases`, { tag_name: 'v1', draft: false })).toMatchObject({
      status: 422,
      data: { errors: [{ message: 'tag_name was used by an immutable release' }, {}] },
    });
  });

  it('shows tags as objects of their own where they are annotated', async () => {
    fake.state.tags.set('v1', { commit: sha, annotated: true });
    fake.state.tags.set('light', { commit: sha, annotated: false });
    expect((await ask('GET', `${repo}/git/ref/tags/light`)).data.object).toEqual({ type: 'commit', sha });
    const { object } = (await ask('GET', `${repo}/git/ref/tags/v1`)).data;
    expect(object.type).toBe('tag');
    expect((await ask('GET', `${repo}/git/tags/${object.sha}`)).data.object).toEqual({ type: 'commit', sha });
  });

  it('shows branches to everybody and all of their protection to those who administer it', async () => {
    fake.state.protection.set('main', { pullRequests: true, checks: ['build'] });
    expect((await ask('GET', `${repo}/branches/main`, undefined, null)).data).toMatchObject({
      protected: true,
      protection: { required_status_checks: { contexts: ['build'] } },
    });
    expect((await ask('GET', `${repo}/branches/main/protection`)).status).toBe(403);
    expect((await ask('GET', `${repo}/branches/main/protection`, undefined, fake.adminToken)).status).toBe(200);
    expect((await ask('GET', `${repo}/rules/branches/main`)).data).toEqual([]);
  });

  it('gives files of pull requests and comparisons, and the latest release', async () => {
    fake.state.pullFiles.set(7, ['a.ts']);
    fake.state.comparisons.set('v1...main', ['b.ts']);
    expect((await ask('GET', `${repo}/pulls/7/files`)).data).toMatchObject([{ filename: 'a.ts' }]);
    expect((await ask('GET', `${repo}/compare/v1...main`)).data).toMatchObject({ files: [{ filename: 'b.ts' }] });
    expect((await ask('GET', `${repo}/releases/latest`)).status).toBe(404);
    await ask('POST', `${repo}/releases`, { tag_name: 'v1', draft: false });
    expect((await ask('GET', `${repo}/releases/latest`)).data).toMatchObject({ tag_name: 'v1' });
  });

  it('fails as it is told, before or after the work, and as often', async () => {
    fake.fail({ at: ({ method }) => method === 'POST', with: 502, after: 'after-effect' });
    fake.fail({ at: 2, with: 'limited', retryAfterSeconds: 9 });
    const response = await fetch(`${fake.apiUrl}${repo}/releases`, {
      method: 'POST',
      headers: { authorization: `token ${fake.writeToken}` },
      body: JSON.stringify({ tag_name: 'v1' }),
    });
    expect([response.status, fake.state.releases.length]).toEqual([502, 1]);
    const limited = await fetch(`${fake.apiUrl}${repo}`);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '9']);
    expect((await ask('GET', repo)).status).toBe(200);
    expect(fake.requests.map(({ method, hasToken }) => [method, hasToken])).toEqual([
      ['POST', true],
      ['GET', false],
      ['GET', true],
    ]);
  });
});
