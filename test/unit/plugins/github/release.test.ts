import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';
import { failureOf, handler, headCommit, otherCommit, outputsOf, ReleaseRig } from './release-rig.ts';

let fake: FakeGitHub;
let rig: ReleaseRig;

beforeAll(async () => {
  fake = await FakeGitHub.start();
});

afterAll(() => fake.stop());

beforeEach(() => {
  fake.reset();
  fake.state.addCommit(headCommit, 'main');
  rig = new ReleaseRig(fake);
});

afterEach(() => rig.remove());

const tag = 'v1.2.0';
const plain: JsonMap = { tag_template: tag, body: 'The notes.\n' };

const writes = () =>
  fake.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const releases = () => fake.state.releases;
/** What follows is done by a step of its own, and counted anew. */
function anotherRun(): void {
  rig.idempotencyKey = 'run-2/step/1';
  fake.forget();
}

/** What readers of a draft see. */
const notesOf = (body: string | null | undefined) => body?.replace(/\n\n<!-- draft of vwmp: \w+ -->$/, '');
const pushTag = (commit = headCommit) => fake.state.tags.set(tag, { commit, annotated: true });

describe('github.release', () => {
  it('makes draft, assets and publication in that order, in few requests', async () => {
    pushTag();
    rig.folder.write('dist/a.zip', 'a');
    rig.folder.write('dist/b.zip', 'bb');
    const outcome = await rig.execute('release', { ...plain, name_template: 'Tool', assets: ['dist/*.zip'] });
    expect(outputsOf(outcome)).toMatchObject({ tag, draft: false, created: true, changed: true });
    expect(writes().map((line) => line.replace(/\d+/g, 'N'))).toEqual([
      'POST /repos/acme/tool/releases',
      'POST /repos/acme/tool/releases/N/assets',
      'POST /repos/acme/tool/releases/N/assets',
      'PATCH /repos/acme/tool/releases/N',
    ]);
    expect(fake.requests.length).toBeLessThanOrEqual(8);
    expect(releases()).toMatchObject([{ tag, name: 'Tool', body: 'The notes.\n', draft: false, prerelease: false }]);
    expect(fake.state.latest).toBe(releases()[0]?.id);
    expect(rig.waits).toEqual([]);
  });

  it('gives name, size, digest, number and state of each asset', async () => {
    pushTag();
    rig.folder.write('a.txt', 'hello\n');
    const outputs = outputsOf(await rig.execute('release', { ...plain, assets: ['a.txt'] }));
    const digest = 'sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';
    expect(outputs.assets).toEqual([
      { name: 'a.txt', size: 6, digest, id: releases()[0]?.assets[0]?.id, state: 'uploaded' },
    ]);
    expect(outputs.url).toBe(`https://github.com/acme/tool/releases/tag/${tag}`);
  });

  it('changes nothing when it runs again on the same tag', async () => {
    pushTag();
    rig.folder.write('a b.txt', 'hello\n');
    const config = { ...plain, assets: [{ path: 'a b.txt', label: 'A file' }] };
    await rig.execute('release', config);
    fake.forget();
    const outputs = outputsOf(await rig.execute('release', config));
    expect(outputs).toMatchObject({ created: false, updated: false, changed: false, draft: false });
    expect(writes()).toEqual([]);
    expect(fake.requests.length).toBe(1);
  });

  it('makes the tag at the commit of the run where GitHub has none', async () => {
    fake.state.addCommit(otherCommit, 'main');
    await rig.execute('release', plain);
    expect(fake.state.tags.get(tag)?.commit).toBe(headCommit);
  });

  it('refuses before it writes where the tag stands on another commit', async () => {
    fake.state.addCommit(otherCommit);
    pushTag(otherCommit);
    const failure = failureOf(await rig.execute('release', plain));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toContain(otherCommit);
    expect(failure.message).toContain(headCommit);
    expect(writes()).toEqual([]);
  });

  it('puts nothing of another commit into a published release, and leaves one alone that lacks nothing', async () => {
    fake.state.addCommit(otherCommit);
    pushTag();
    rig.folder.write('a.txt', 'of the tag');
    const config = { ...plain, assets: ['a.txt'] };
    await rig.execute('release', config);
    fake.forget();
    rig.head = otherCommit;
    expect(outputsOf(await rig.execute('release', config)).changed).toBe(false);
    rig.folder.write('a.txt', 'of another commit');
    const failure = failureOf(await rig.execute('draft_release', config));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toContain(`stands on commit ${headCommit}, but this release is of commit ${otherCommit}`);
    expect(writes()).toEqual([]);
  });

  it('warns where the tag was moved after its release was published', async () => {
    fake.state.addCommit(otherCommit);
    pushTag();
    await rig.execute('release', plain);
    fake.forget();
    pushTag(otherCommit);
    rig.head = otherCommit;
    const outcome = await rig.execute('release', plain);
    expect(outputsOf(outcome).changed).toBe(false);
    expect(outcome.findings).toMatchObject([
      {
        level: 'warning',
        rule: 'tag-moved',
        message: expect.stringContaining(`from commit ${headCommit} to ${otherCommit}`),
      },
    ]);
    expect(writes()).toEqual([]);
  });

  it('takes the commit of the release that an earlier run made', async () => {
    fake.state.addCommit(otherCommit);
    pushTag(otherCommit);
    rig.release = { outcome: 'continued', current_version: '1.2.0', release_commit: otherCommit };
    expect(outputsOf(await rig.execute('release', plain)).draft).toBe(false);
  });

  it('says that the commit has to be pushed where GitHub does not have it', async () => {
    rig.head = otherCommit;
    const failure = failureOf(await rig.execute('release', plain));
    expect(failure.message).toMatch(/no commit decade.*git\.push/);
    expect(releases()).toMatchObject([{ draft: true }]);
    fake.state.addCommit(otherCommit);
    expect(outputsOf(await rig.execute('release', plain)).draft).toBe(false);
    expect(releases()).toHaveLength(1);
    expect(fake.state.tags.get(tag)?.commit).toBe(otherCommit);
  });

  it.each([
    ['v1.2.0', 'v1.1.0', true],
    ['v1.0.5', 'v1.1.0', false],
    ['v1.2.0-rc.1', 'v1.1.0', false],
  ])('%s beside %s becomes the latest: %s', async (own, other, latest) => {
    const before = fake.state.addRelease({ tag: other });
    fake.state.latest = before.id;
    await rig.execute('release', { ...plain, tag_template: own });
    expect(fake.state.latest === before.id).toBe(!latest);
  });

  it('never asks for a pre-release to become the latest, which GitHub refuses', async () => {
    const outcome = await rig.execute('release', { ...plain, prerelease: true, make_latest: true });
    expect(outputsOf(outcome).draft).toBe(false);
    expect(releases()).toMatchObject([{ prerelease: true }]);
    expect(fake.state.latest).toBeNull();
  });

  it.each([
    ['true', true],
    [true, true],
    ['false', false],
    [false, false],
  ])('takes make_latest: %j as it is said', async (make_latest, latest) => {
    const higher = fake.state.addRelease({ tag: 'v9.0.0' });
    fake.state.latest = higher.id;
    await rig.execute('release', { ...plain, make_latest });
    expect(fake.state.latest !== higher.id).toBe(latest);
  });

  it('opens a discussion where one is asked for', async () => {
    fake.state.discussionCategories.add('News');
    await rig.execute('release', { ...plain, discussion_category: 'News' });
    expect(releases()[0]?.discussion).toBe('News');
    const failure = failureOf(await rig.execute('release', { tag_template: 'v9.0.0', discussion_category: 'Gossip' }));
    expect(failure.message).toContain('discussion_category');
  });

  it('adds what a published release lacks, and leaves what people may have edited', async () => {
    const before = fake.state.addRelease({ tag, name: tag, body: 'Edited by hand.' });
    rig.folder.write('a.txt', 'a');
    const outcome = await rig.execute('release', { ...plain, assets: ['a.txt'] });
    expect(outputsOf(outcome)).toMatchObject({ created: false, updated: true });
    expect(before.body).toBe('Edited by hand.');
    expect(before.assets.map(({ name }) => name)).toEqual(['a.txt']);
    expect(outcome.findings).toMatchObject([{ level: 'notice', message: expect.stringContaining('update_published') }]);
    await rig.execute('release', { ...plain, update_published: true });
    expect(before.body).toBe('The notes.\n');
  });

  it('says what to do where a published immutable release lacks an asset', async () => {
    fake.state.addRelease({ tag, name: tag, body: 'The notes.\n', immutable: true });
    rig.folder.write('a.txt', 'a');
    const failure = failureOf(await rig.execute('release', { ...plain, assets: ['a.txt'] }));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toMatch(/immutable.*a\.txt.*next version/);
    expect(writes()).toEqual([]);
    expect(outputsOf(await rig.execute('release', plain))).toMatchObject({ changed: false });
  });

  it('puts all assets on the draft, so that immutable releases have them', async () => {
    fake.state.immutableReleases = true;
    rig.folder.write('a.txt', 'a');
    await rig.execute('release', { ...plain, assets: ['a.txt'] });
    expect(releases()).toMatchObject([{ immutable: true, assets: [{ name: 'a.txt' }] }]);
  });

  it('names the tag and the way on where the tag is burnt', async () => {
    fake.state.burntTags.add(tag);
    const failure = failureOf(await rig.execute('release', plain));
    expect(failure).toMatchObject({ retryable: false });
    expect(failure.message).toMatch(/v1\.2\.0 belonged to an immutable release.*next version/);
  });
});

describe('github.draft_release', () => {
  it('leaves a draft and makes no tag', async () => {
    expect(outputsOf(await rig.execute('draft_release', plain))).toMatchObject({ draft: true, created: true });
    expect(fake.state.tags.size).toBe(0);
    expect(fake.state.latest).toBeNull();
  });

  it('works before the commit is pushed', async () => {
    rig.head = otherCommit;
    expect(outputsOf(await rig.execute('draft_release', plain))).toMatchObject({ draft: true, created: true });
  });

  it('updates the draft that is there instead of making a second one', async () => {
    const draft = fake.state.addRelease({ tag, name: 'old', body: 'old', draft: true });
    const outputs = outputsOf(await rig.execute('draft_release', plain));
    expect(outputs).toMatchObject({ release_id: draft.id, created: false, updated: true, changed: true });
    expect(releases()).toMatchObject([{ name: tag, body: 'The notes.\n', target: headCommit }]);
  });

  it('keeps the oldest of two drafts of one tag and reports the other', async () => {
    const oldest = fake.state.addRelease({ tag, draft: true });
    const double = fake.state.addRelease({ tag, draft: true });
    const outcome = await rig.execute('draft_release', plain);
    expect(outputsOf(outcome).release_id).toBe(oldest.id);
    expect(releases()).toHaveLength(2);
    expect(outcome.findings).toMatchObject([{ level: 'warning', message: expect.stringContaining(`${double.id}`) }]);
  });

  it('finds a draft that is not among the newest hundred', async () => {
    const draft = fake.state.addRelease({ tag, draft: true });
    for (let at = 0; at < 150; at++) fake.state.addRelease({ tag: `v0.0.${at}` });
    expect(outputsOf(await rig.execute('draft_release', plain)).release_id).toBe(draft.id);
  });

  it('finds a published release of any age', async () => {
    const old = fake.state.addRelease({ tag, body: 'The notes.\n' });
    for (let at = 0; at < 350; at++) fake.state.addRelease({ tag: `v0.0.${at}` });
    expect(outputsOf(await rig.execute('draft_release', plain))).toMatchObject({ release_id: old.id, changed: false });
  });

  it('takes the notes from a file where one is named', async () => {
    rig.folder.write('NOTES.md', '# From the file\n');
    await rig.execute('draft_release', { ...plain, body_file: 'NOTES.md' });
    expect(notesOf(releases()[0]?.body)).toBe('# From the file\n');
  });

  it('takes the notes that a step before gave, and none where none did', async () => {
    const template = (otherwise: string | null) => ({ template: [{ name: 'notes', otherwise }] });
    await rig.execute('draft_release', { ...plain, body: template('From a step') });
    expect(notesOf(releases()[0]?.body)).toBe('From a step');
    await rig.execute('draft_release', { tag_template: 'v2', body: template(null) });
    expect(notesOf(releases()[1]?.body)).toBe('');
  });

  it('does not guess a tag whose version nobody gave', async () => {
    const config = { tag_template: { template: ['v', { name: 'version', otherwise: null }] } };
    expect(failureOf(await rig.execute('draft_release', config)).message).toContain('{version}');
    expect(fake.requests).toEqual([]);
  });

  it('refuses a tag that would climb in the address', async () => {
    pushTag();
    expect(failureOf(await rig.execute('release', { ...plain, tag_template: '../../x' })).message).toContain('../../x');
    expect(writes()).toEqual([]);
  });

  it('fits notes that are too long and says so', async () => {
    const body = `${'## A section\n\n'.padEnd(10_000, 'x')}\n\n`.repeat(20);
    const outcome = await rig.execute('draft_release', { ...plain, body });
    expect(releases()[0]?.body?.length).toBeLessThanOrEqual(125_000);
    expect(outcome.findings).toMatchObject([{ level: 'warning', rule: 'notes-cut' }]);
    anotherRun();
    expect(outputsOf(await rig.execute('draft_release', { ...plain, body })).changed).toBe(false);
  });

  it('of several packages makes the release whose tag it names, and none where that came out null', async () => {
    fake.state.addCommit(otherCommit);
    rig.release = { outcome: 'nothing', current_version: '1.0.0' };
    const commits = { current_version: '1.0.1', release_commit: otherCommit };
    rig.otherReleases = { cli: { ...commits, outcome: 'continued', tag_name: 'cli@1.0.1' } };
    const { tag_template: _null, ...unnamed } = plain;

    expect(await rig.execute('draft_release', unnamed)).toEqual({ kind: 'skipped', reason: 'nothing to release' });
    outputsOf(await rig.execute('draft_release', { ...plain, tag_template: 'cli@1.0.1' }));

    expect(releases()).toMatchObject([{ tag: 'cli@1.0.1', target: otherCommit }]);
  });

  it('of several packages does not guess whose notes are meant', async () => {
    rig.release = { outcome: 'new', current_version: '1.0.0', tag_name: 'core@1.0.0' };
    rig.otherReleases = { cli: { outcome: 'new', current_version: '1.0.1', tag_name: 'cli@1.0.1' } };
    rig.changelogs = { 'log-core': { notes: 'of core' }, 'log-cli': { notes: 'of cli' } };
    const body = { template: [{ name: 'notes', otherwise: 'of core' }] };

    const failure = failureOf(await rig.execute('draft_release', { tag_template: 'cli@1.0.1', body }));

    expect(failure.message).toBe(
      'the steps `log-core` and `log-cli` give notes, and `body` does not say which: set `body: ${{ steps.log-core.outputs.notes }}`',
    );
    expect(writes()).toEqual([]);
  });

  it('skips where the run releases nothing', async () => {
    rig.release = { outcome: 'nothing', current_version: '1.2.0' };
    for (const action of ['draft_release', 'release_check']) {
      expect(await rig.execute(action, plain)).toEqual({ kind: 'skipped', reason: 'nothing to release' });
    }
    expect(fake.requests).toEqual([]);
    // The last ones look whether an earlier release was left open, and do without an answer.
    for (const action of ['publish_release', 'release']) {
      expect(await rig.execute(action, plain)).toEqual({ kind: 'skipped', reason: 'nothing to release' });
      fake.fail({ at: () => true, with: 502, times: 9 });
      expect(await rig.execute(action, plain)).toEqual({ kind: 'skipped', reason: 'nothing to release' });
      fake.forget();
    }
    expect(writes()).toEqual([]);
  });
});

describe('assets', () => {
  const withAssets = (assets: JsonMap['assets'], more: JsonMap = {}): JsonMap => ({
    ...plain,
    ...more,
    assets: assets ?? [],
  });

  it('take name, label and media type that are given', async () => {
    rig.folder.write('out/x.bin', 'x');
    await rig.execute(
      'draft_release',
      withAssets([{ path: 'out/x.bin', name: 'tool.bin', label: 'The tool', content_type: 'application/x-tool' }]),
    );
    expect(releases()[0]?.assets).toMatchObject([
      { name: 'tool.bin', label: 'The tool', contentType: 'application/x-tool' },
    ]);
  });

  it('whose name GitHub rewrites are known again', async () => {
    rig.folder.write('My Tool (64 bit).zip', 'x');
    await rig.execute('draft_release', withAssets(['*.zip']));
    anotherRun();
    expect(outputsOf(await rig.execute('draft_release', withAssets(['*.zip']))).changed).toBe(false);
    expect(releases()[0]?.assets).toMatchObject([{ name: 'My.Tool.64.bit.zip' }]);
  });

  it('of another content are replaced, the new one whole before the old one goes', async () => {
    const draft = fake.state.addRelease({ tag, body: 'The notes.\n', draft: true, target: headCommit });
    fake.state.addAsset(draft, { name: 'a.txt', bytes: Buffer.from('old') });
    rig.folder.write('a.txt', 'new');
    await rig.execute('draft_release', withAssets(['a.txt']));
    expect(writes().map((line) => line.replace(/\d+/g, 'N'))).toEqual([
      'POST /repos/acme/tool/releases/N/assets',
      'DELETE /repos/acme/tool/releases/assets/N',
      'PATCH /repos/acme/tool/releases/assets/N',
    ]);
    expect(draft.assets.map(({ name, bytes }) => [name, `${bytes}`])).toEqual([['a.txt', 'new']]);
  });

  it('of another content stay where replacing is turned off', async () => {
    const draft = fake.state.addRelease({ tag, draft: true });
    fake.state.addAsset(draft, { name: 'a.txt', bytes: Buffer.from('old') });
    rig.folder.write('a.txt', 'new');
    const outcome = await rig.execute('draft_release', withAssets(['a.txt'], { replace_assets: false }));
    expect(`${draft.assets[0]?.bytes}`).toBe('old');
    expect(outcome.findings).toMatchObject([{ level: 'warning', rule: 'asset-differs' }]);
  });

  it('that others put there are left alone', async () => {
    const draft = fake.state.addRelease({ tag, draft: true });
    fake.state.addAsset(draft, { name: 'manual.pdf', bytes: Buffer.from('pdf') });
    rig.folder.write('a.txt', 'a');
    await rig.execute('draft_release', withAssets(['a.txt']));
    expect(draft.assets.map(({ name }) => name)).toEqual(['manual.pdf', 'a.txt']);
  });

  it('are known by their size on a server without digests', async () => {
    fake.state.digests = false;
    rig.folder.write('a.txt', 'abc');
    await rig.execute('draft_release', withAssets(['a.txt']));
    anotherRun();
    expect(outputsOf(await rig.execute('draft_release', withAssets(['a.txt']))).changed).toBe(false);
  });

  it('that two runs upload at once end as one', async () => {
    rig.folder.write('a.txt', 'abc');
    const draft = fake.state.addRelease({ tag, body: 'The notes.\n', draft: true, target: headCommit });
    let isFirst = true;
    // Between the look and the upload somebody else uploads half of it.
    fake.fail({
      at: ({ host }) => {
        if (host === 'uploads' && isFirst) fake.state.addAsset(draft, { name: 'a.txt', bytes: Buffer.from('a') });
        if (host === 'uploads') isFirst = false;
        return false;
      },
      with: 500,
    });
    expect((await rig.execute('draft_release', withAssets(['a.txt']))).kind).toBe('success');
    expect(draft.assets.map(({ name, bytes }) => [name, `${bytes}`])).toEqual([['a.txt', 'abc']]);
  });

  it.each<[string, JsonMap['assets'], RegExp]>([
    ['match nothing', ['dist/*.zip'], /matches no file/],
    ['would have one name', ['a/x.txt', 'b/x.txt'], /a\/x\.txt and b\/x\.txt would both be named/],
    ['would have one name as GitHub writes it', ['a/y z.txt', 'b/y.z.txt'], /would both be named/],
    ['have a name of foreign letters only', ['ж.txt'], /beyond recognition/],
    ['are many under one name', [{ path: '*/x.txt', name: 'one.txt' }], /one entry for each/],
  ])('that %s are a failure before anything is written', async (_, assets, message) => {
    for (const path of ['a/x.txt', 'b/x.txt', 'a/y z.txt', 'b/y.z.txt', 'ж.txt']) rig.folder.write(path, path);
    const failure = failureOf(await rig.execute('draft_release', withAssets(assets)));
    expect(failure.message).toMatch(message);
    expect(failure.retryable).toBe(false);
    expect(writes()).toEqual([]);
  });

  it('of two gibibytes or more are refused by their size', async () => {
    rig.folder.write('big.bin', '');
    const context = rig.context(withAssets(['big.bin']));
    const stat = async () => ({ kind: 'file' as const, executable: false, size: 2 * 1024 ** 3 });
    const run = handler('draft_release').execute({ ...context, files: { ...context.files, stat } });
    await expect(run).rejects.toThrow(/big\.bin.*below 2 GiB/);
  });

  it('named twice are uploaded once', async () => {
    rig.folder.write('dist/a.txt', 'a');
    await rig.execute('draft_release', withAssets(['dist/*', 'dist/a.txt']));
    expect(releases()[0]?.assets).toHaveLength(1);
  });
});

describe('github.publish_release', () => {
  const config: JsonMap = { tag_template: tag };

  it('publishes the draft and changes nothing else of it', async () => {
    pushTag();
    const draft = fake.state.addRelease({ tag, name: 'A name', body: 'By hand.', draft: true });
    expect(outputsOf(await rig.execute('publish_release', config))).toMatchObject({ draft: false, changed: true });
    expect(draft).toMatchObject({ name: 'A name', body: 'By hand.', draft: false });
    expect(fake.requests.length).toBeLessThanOrEqual(4);
  });

  it('leaves a published release as it is', async () => {
    fake.state.addRelease({ tag });
    expect(outputsOf(await rig.execute('publish_release', config))).toMatchObject({ changed: false });
    expect(writes()).toEqual([]);
  });

  it('says which step is missing where there is no draft', async () => {
    const failure = failureOf(await rig.execute('publish_release', config));
    expect(failure.kind).toBe('not-found');
    expect(failure.message).toContain('github.draft_release');
  });

  it('does not publish an asset that is half there', async () => {
    pushTag();
    const draft = fake.state.addRelease({ tag, draft: true });
    fake.state.addAsset(draft, { name: 'a.txt', state: 'starter' });
    expect(failureOf(await rig.execute('publish_release', config)).message).toContain('a.txt');
    expect(draft.draft).toBe(true);
  });

  it('does not guess a commit for a tag that is missing', async () => {
    rig.head = null;
    fake.state.addRelease({ tag, draft: true });
    expect(failureOf(await rig.execute('publish_release', config)).message).toContain('git.push');
    expect(fake.state.tags.size).toBe(0);
  });
});

describe('publishing what this run drafted', () => {
  const draft: JsonMap = { ...plain, assets: ['dist/*'] };
  const publish = () => rig.execute('publish_release', { tag_template: tag });
  const assetsOf = () => releases()[0]?.assets.map(({ name, bytes }) => [name, `${bytes}`]);

  /** Of this run, whose publication follows. */
  async function drafted(config: JsonMap = draft): Promise<void> {
    rig.drafts = { upload: outputsOf(await rig.execute('draft_release', config)) };
  }

  /** Of a run in another clone, whose draft step finds the draft and puts its own files there. */
  async function draftedElsewhere(files: { readonly [path: string]: string }): Promise<void> {
    rig.idempotencyKey = 'run-2/step/1';
    for (const [path, text] of Object.entries(files)) rig.folder.write(path, text);
    await rig.execute('draft_release', draft);
  }

  beforeEach(() => {
    pushTag();
    rig.folder.write('dist/a.txt', 'of this run');
    rig.folder.write('dist/b.txt', 'the same');
  });

  it('goes on where the draft holds the files that the run put there', async () => {
    await drafted();
    expect(outputsOf(await publish())).toMatchObject({ draft: false, changed: true });
  });

  it.each([
    ['another size', 'of another run', 'a.txt (14 bytes instead of 11)'],
    ['the same size', 'of that run', 'a.txt (another content)'],
  ])('stops over a file of another run with %s, and names the way on', async (_, text, named) => {
    await drafted();
    await draftedElsewhere({ 'dist/a.txt': text });
    fake.forget();
    const failure = failureOf(await publish());
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toContain(`put there: ${named}. `);
    expect(failure.message).toMatch(/start the workflow again.*`vwmp resume run-1 --from upload`/);
    expect(writes()).toEqual([]);
    rig.folder.write('dist/a.txt', 'of this run');
    await drafted();
    expect(outputsOf(await publish()).draft).toBe(false);
    expect(assetsOf()).toEqual([
      ['b.txt', 'the same'],
      ['a.txt', 'of this run'],
    ]);
  });

  it('stops over a file of the same size on a server without digests', async () => {
    fake.state.digests = false;
    await drafted();
    await draftedElsewhere({ 'dist/a.txt': 'longer than before' });
    await draftedElsewhere({ 'dist/a.txt': 'of that run' });
    expect(failureOf(await publish()).message).toContain('a.txt (another content)');
  });

  it('stops over a file that is gone, and over one that is being replaced', async () => {
    await drafted();
    const there = releases()[0] ?? expect.fail();
    Object.assign(there.assets[0] ?? {}, { name: 'renamed.txt' });
    fake.state.addAsset(there, { name: `vwmp-upload-${'0'.repeat(16)}-b.txt` });
    expect(failureOf(await publish()).message).toContain(
      'put there: a.txt (gone), b.txt (another content of it is being put there). ',
    );
    expect(releases()).toMatchObject([{ draft: true }]);
  });

  it('minds no file that this run never put there, before its draft step and after it', async () => {
    const found = fake.state.addRelease({ tag, draft: true });
    const before = fake.state.addAsset(found, { name: 'before.pdf', bytes: Buffer.from('pdf') });
    await drafted();
    found.assets.splice(found.assets.indexOf(before), 1);
    fake.state.addAsset(found, { name: 'after.pdf', bytes: Buffer.from('pdf') });
    expect(outputsOf(await publish()).draft).toBe(false);
  });

  it('minds no file of another content that it was told to leave', async () => {
    const found = fake.state.addRelease({ tag, draft: true });
    const old = fake.state.addAsset(found, { name: 'a.txt', bytes: Buffer.from('old') });
    await drafted({ ...draft, replace_assets: false });
    found.assets.splice(found.assets.indexOf(old), 1);
    expect(outputsOf(await publish()).draft).toBe(false);
  });

  it('minds no draft of another tag', async () => {
    await drafted({ ...draft, tag_template: 'other@1.0.0' });
    fake.state.addRelease({ tag, draft: true });
    expect(outputsOf(await publish()).draft).toBe(false);
  });

  it('advises nothing about the files where the tag is that of another commit', async () => {
    await drafted();
    await draftedElsewhere({ 'dist/a.txt': 'of another run' });
    pushTag(otherCommit);
    expect(failureOf(await publish()).message).toMatch(/stands on commit decade\w+, but this release is of commit/);
  });
});

describe('rights', () => {
  it('that the token of a fork lacks are a failure of permission that is not tried again', async () => {
    rig.token = fake.readToken;
    const failure = failureOf(await rig.execute('draft_release', plain));
    expect(failure).toMatchObject({ kind: 'permission', retryable: false });
    expect(handler('draft_release').retryable?.(failure)).toBe(false);
    expect(writes()).toHaveLength(1);
  });

  it('are asked for where there is no token', async () => {
    rig.token = '';
    const failure = failureOf(await rig.execute('draft_release', plain));
    expect(failure.kind).toBe('permission');
    expect(failure.message).toContain('GITHUB_TOKEN');
    expect(writes()).toEqual([]);
  });

  it('never show the token', async () => {
    rig.token = 'ghs_unknowntoken';
    const context = rig.context(plain);
    const error: unknown = await handler('draft_release')
      .execute(context)
      .catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).toContain('401');
    expect(JSON.stringify(error) + context.logged.join()).not.toContain('unknowntoken');
  });
});

describe('the repository', () => {
  it('comes from the git remote where nothing else names it', async () => {
    rig.env = { GITHUB_REPOSITORY: '' };
    rig.remoteUrl = 'git@github.com:acme/tool.git';
    expect(outputsOf(await rig.execute('draft_release', plain)).created).toBe(true);
  });

  it('is asked for where the remote is elsewhere', async () => {
    rig.env = { GITHUB_REPOSITORY: '' };
    rig.remoteUrl = 'https://git.example.test/acme/tool.git';
    const failure = failureOf(await rig.execute('draft_release', plain));
    expect(failure.message).toMatch(/git\.example\.test.*`repository`/);
  });
});

describe('taking a draft back', () => {
  it('deletes the draft that the step made, and is content where it is gone', async () => {
    const outputs = outputsOf(await rig.execute('draft_release', plain));
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'undone' });
    expect(releases()).toEqual([]);
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'undone' });
  });

  it('leaves a release that was published since', async () => {
    const outputs = outputsOf(await rig.execute('draft_release', plain));
    await rig.execute('publish_release', { tag_template: tag });
    const outcome = await rig.undo('draft_release', outputs);
    expect(outcome).toMatchObject({ kind: 'left', reason: expect.stringContaining('published') });
    expect(outcome.kind === 'left' && outcome.commands[0]).toContain('gh api --method DELETE');
    expect(releases()).toHaveLength(1);
  });

  it('names no command for a release that another run published, from its own draft or from this one', async () => {
    fake.state.addCommit(otherCommit, 'main');
    const made = outputsOf(await rig.execute('draft_release', plain));
    pushTag(otherCommit);
    rig.idempotencyKey = 'run-2/step/1';
    rig.head = otherCommit;
    const found = outputsOf(await rig.execute('draft_release', plain));
    await rig.execute('publish_release', { tag_template: tag });
    expect(await rig.undo('draft_release', made)).toEqual({
      kind: 'left',
      reason: expect.stringContaining(`is published and is of commit ${otherCommit}, which is not this run's`),
      commands: [],
    });
    expect(await rig.undo('draft_release', found)).toEqual({
      kind: 'left',
      reason: expect.stringContaining('is published and was there before this step: look whether another run needs it'),
      commands: [],
    });
  });

  it('leaves its draft, and names no command, where another run has made it one of its own commit', async () => {
    fake.state.addCommit(otherCommit, 'main');
    const made = outputsOf(await rig.execute('draft_release', plain));
    rig.idempotencyKey = 'run-2/step/1';
    rig.head = otherCommit;
    await rig.execute('draft_release', plain);
    expect(await rig.undo('draft_release', made)).toEqual({
      kind: 'left',
      reason: expect.stringContaining(`the draft ${tag} is of commit ${otherCommit}, which is not this run's`),
      commands: [],
    });
    expect(releases()).toHaveLength(1);
  });

  it('takes back a draft whose commit came to GitHub only later', async () => {
    rig.head = otherCommit;
    const made = outputsOf(await rig.execute('draft_release', plain));
    fake.state.addCommit(otherCommit, 'main');
    rig.head = headCommit;
    expect(await rig.undo('draft_release', made)).toMatchObject({ kind: 'undone' });
  });

  it('leaves a draft that was there before, and one that somebody added to or took from', async () => {
    fake.state.addRelease({ tag, draft: true });
    const found = outputsOf(await rig.execute('draft_release', plain));
    expect(await rig.undo('draft_release', found)).toMatchObject({ kind: 'left', commands: [] });
    const made = outputsOf(await rig.execute('draft_release', { ...plain, tag_template: 'v2' }));
    const draft = releases().find(({ id }) => id === made.release_id);
    if (draft) fake.state.addAsset(draft, { name: 'by-hand.pdf' });
    expect(await rig.undo('draft_release', made)).toMatchObject({
      kind: 'left',
      reason: expect.stringContaining('by-hand.pdf'),
      commands: [],
    });
    draft?.assets.splice(0);
    rig.folder.write('a.txt', 'a');
    const full = outputsOf(await rig.execute('draft_release', { ...plain, tag_template: 'v2', assets: ['a.txt'] }));
    draft?.assets.splice(0);
    expect(await rig.undo('draft_release', full)).toMatchObject({
      kind: 'left',
      reason: expect.stringContaining('other files than this step left there: a.txt'),
      commands: [],
    });
    expect(releases()).toHaveLength(2);
  });

  it('takes back one that an earlier attempt of the same step made', async () => {
    rig.folder.write('a.txt', 'a');
    const config = { ...plain, assets: ['a.txt'] };
    fake.fail({ at: ({ host }) => host === 'uploads', with: 'forbidden' });
    failureOf(await rig.execute('draft_release', config));
    const outputs = outputsOf(await rig.execute('draft_release', config));
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'undone' });
    expect(releases()).toEqual([]);
  });

  it('takes back one whose notes were cut', async () => {
    rig.folder.write('a.txt', 'a');
    const config = { ...plain, body: 'a line of text\n'.repeat(18_000), assets: ['a.txt'] };
    fake.fail({ at: ({ host }) => host === 'uploads', with: 'forbidden' });
    failureOf(await rig.execute('draft_release', config));
    const outputs = outputsOf(await rig.execute('draft_release', config));
    expect(outputs.created).toBe(true);
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'undone' });
    expect(releases()).toEqual([]);
  });

  it('leaves one that another step made', async () => {
    await rig.execute('draft_release', plain);
    rig.idempotencyKey = 'another/step/1';
    const outputs = outputsOf(await rig.execute('draft_release', { ...plain, body: 'Other notes.' }));
    expect(outputs).toMatchObject({ created: false, updated: true });
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'left' });
    rig.idempotencyKey = 'run-1/step/1';
    expect(outputsOf(await rig.execute('draft_release', plain)).created).toBe(true);
  });

  it('takes back one whose creation was answered by an error', async () => {
    fake.fail({ at: ({ method }) => method === 'POST', with: 502, after: 'after-effect' });
    const outputs = outputsOf(await rig.execute('draft_release', plain));
    expect(outputs.created).toBe(true);
    expect(await rig.undo('draft_release', outputs)).toMatchObject({ kind: 'undone' });
    expect(releases()).toEqual([]);
  });
});

describe('asking whether it was done', () => {
  it('finds a draft done when it is as wanted, assets too', async () => {
    rig.folder.write('a.txt', 'a');
    const config = { ...plain, assets: ['a.txt'] };
    expect(await rig.probe('draft_release', config)).toEqual({ kind: 'not-done' });
    const outputs = outputsOf(await rig.execute('draft_release', config));
    expect(await rig.probe('draft_release', config)).toMatchObject({
      kind: 'done',
      outputs: { release_id: outputs.release_id ?? null, draft: true },
    });
    rig.folder.write('a.txt', 'b');
    expect(await rig.probe('draft_release', config)).toEqual({ kind: 'not-done' });
  });

  it('finds a draft not done that another run has put its files to', async () => {
    const config = { ...plain, assets: ['a.txt'] };
    rig.folder.write('a.txt', 'a');
    const outputs = outputsOf(await rig.execute('draft_release', config));
    expect(await rig.probe('draft_release', config)).toMatchObject({
      kind: 'done',
      outputs: { own_assets: outputs.own_assets ?? null },
    });
    rig.folder.write('a.txt', 'b');
    await rig.execute('draft_release', config);
    rig.folder.write('a.txt', 'a');
    expect(await rig.probe('draft_release', config)).toEqual({ kind: 'not-done' });
  });

  it('finds a release done only when it is published', async () => {
    await rig.execute('draft_release', plain);
    expect(await rig.probe('release', plain)).toEqual({ kind: 'not-done' });
    expect(await rig.probe('publish_release', { tag_template: tag })).toEqual({ kind: 'not-done' });
    await rig.execute('publish_release', { tag_template: tag });
    expect(await rig.probe('release', plain)).toMatchObject({ kind: 'done' });
    expect(await rig.probe('publish_release', { tag_template: tag })).toMatchObject({ kind: 'done' });
  });

  it('does not know about drafts without a token', async () => {
    rig.token = '';
    expect(await rig.probe('draft_release', plain)).toEqual({ kind: 'unknown' });
  });

  it('writes nothing', async () => {
    await rig.probe('draft_release', plain);
    await rig.probe('release', plain);
    expect(writes()).toEqual([]);
  });
});

describe('the plan', () => {
  it('shows what would be made, without a token and without a write', async () => {
    rig.token = '';
    rig.folder.write('dist/a.zip', 'abc');
    const preview = await rig.preview('release', {
      ...plain,
      tag_template: 'v1.2.0-rc.1',
      assets: ['dist/*.zip', 'later/*.zip'],
    });
    expect(preview.summary).toContain('publishes the pre-release v1.2.0-rc.1 of acme/tool');
    expect(preview.summary).toContain('a.zip (3 bytes)');
    expect(preview.summary).toContain('later/*.zip (nothing yet)');
    expect(preview.diffs[0]?.diff).toContain('+The notes.');
    expect(preview.commands[0]).toContain('gh release create v1.2.0-rc.1');
    expect(preview.outputs).toEqual({ tag: 'v1.2.0-rc.1', draft: false });
    expect(fake.requests.every(({ method, hasToken }) => method === 'GET' && !hasToken)).toBe(true);
  });

  it('says where drafts cannot be seen', async () => {
    fake.state.addRelease({ tag, draft: true });
    const seen = async () => (await rig.preview('draft_release', plain)).summary;
    expect(await seen()).toContain('there is a draft');
    rig.token = fake.readToken;
    expect(await seen()).toContain('none is published; drafts are visible only to a token that may write');
    rig.token = '';
    expect(await seen()).toContain('none is published; drafts are not visible without a token');
    fake.state.tokens.set(fake.adminToken, { kind: 'personal', push: true, admin: true });
    rig.token = fake.adminToken;
    fake.state.releases.splice(0);
    expect(await seen()).toContain('(there is none yet)');
  });

  it('says what is there already', async () => {
    fake.state.addRelease({ tag, immutable: true, body: 'The notes.' });
    const preview = await rig.preview('release', plain);
    expect(preview.summary).toContain('a published, immutable one');
    expect(preview.diffs).toEqual([]);
  });

  it('goes on where the tag is not known yet, and asks nobody then', async () => {
    const config = { ...plain, tag_template: { template: ['v', { name: 'version', otherwise: null }] } };
    const preview = await rig.preview('draft_release', config);
    expect(preview.summary).toContain('drafts the release v{version}');
    expect(fake.requests).toEqual([]);
  });

  it('goes on without GitHub, at the first try', async () => {
    fake.fail({ at: 1, with: 'reset', times: 10 });
    expect((await rig.preview('release', plain)).summary).toContain('is not known');
    expect((await rig.preview('publish_release', { tag_template: tag })).summary).toContain('is not known');
    expect(rig.waits).toEqual([]);
    expect(fake.requests).toHaveLength(2);
  });

  it('tells of notes that are too long before anything is written', async () => {
    const body = `${'## A section\n\n'.padEnd(10_000, 'x')}\n\n`.repeat(20);
    expect((await rig.preview('draft_release', { ...plain, body })).summary).toContain('GitHub takes 125000');
    expect((await rig.preview('release_check', { ...plain, body })).summary).toContain('GitHub takes 125000');
  });
});

describe('cancelling', () => {
  it('ends a wait for GitHub with the run', async () => {
    fake.fail({ at: 1, with: 502 });
    rig.onWait = () => rig.signal.cancel('by hand');
    expect(failureOf(await rig.execute('draft_release', plain)).kind).toBe('cancelled');
    expect(fake.requests).toHaveLength(1);
  });
});
