import { describe, expect, it } from 'vitest';
import { nameKey, sentName } from '../../../../plugins/github/assets/asset-name.ts';
import { planAssets, temporaryName, type WantedAsset } from '../../../../plugins/github/assets/asset-plan.ts';
import { contentTypeOf } from '../../../../plugins/github/assets/content-type.ts';
import { realTiming } from '../../../../plugins/github/client/timing.ts';
import { markOf, splitMark, withMark } from '../../../../plugins/github/release/draft-mark.ts';
import { fitBody, mostBodyCharacters, mostNotesCharacters } from '../../../../plugins/github/release/fit-body.ts';
import type { Asset } from '../../../../plugins/github/release/release.ts';
import { isLatest, isPrerelease } from '../../../../plugins/github/release/version-order.ts';
import { repositoryOfUrl } from '../../../../plugins/github/repository-name.ts';
import { CancelSource } from '../../../../src/plugin-api/index.ts';

describe('the name of an asset', () => {
  it.each([
    ['My App 1.0.dmg', 'My.App.1.0.dmg'],
    ['tool (64 bit).zip', 'tool.64.bit.zip'],
    ['tool-1.0-1~buster.deb', 'tool-1.0-1.buster.deb'],
    ['tool_1.0+2.tgz', 'tool_1.0+2.tgz'],
    ['.hidden.', 'hidden'],
    ['a...b', 'a.b'],
  ])('%s is sent as %s', (name, sent) => {
    expect(sentName(name)).toBe(sent);
    expect(sentName(sent)).toBe(sent);
  });

  it('is compared in what GitHub may have made of it', () => {
    expect(nameKey('a b+c.zip')).toBe(nameKey('a.b.c.zip'));
    expect(nameKey('a-b.zip')).not.toBe(nameKey('a.b.zip'));
  });
});

describe('the plan for assets', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const file = { path: 'dist/x.zip', name: 'x.zip', label: null, contentType: 'application/zip', size: 3 };
  const wanted: WantedAsset = { file, digest };
  const asset = (more: Partial<Asset> = {}): Asset => ({
    id: 1,
    name: 'x.zip',
    label: '',
    size: 3,
    digest,
    state: 'uploaded',
    ...more,
  });
  const only = (assets: readonly Asset[], replace = true, one = wanted) =>
    planAssets([one], assets, { replace }).steps[0]?.step;

  it('uploads what is missing and keeps what is equal', () => {
    expect(only([])).toEqual({ kind: 'upload' });
    expect(only([asset()])).toMatchObject({ kind: 'keep', differs: false });
    expect(only([asset({ name: 'other.zip' })])).toEqual({ kind: 'upload' });
  });

  it('goes by size where the server gives no digest', () => {
    expect(only([asset({ digest: null })])).toMatchObject({ kind: 'keep', differs: false });
    expect(only([asset({ digest: null, size: 4 })])).toMatchObject({ kind: 'replace' });
  });

  it('replaces another content, and leaves it where it is told to', () => {
    const other = asset({ digest: `sha256:${'b'.repeat(64)}` });
    expect(only([other])).toEqual({ kind: 'replace', old: other, fresh: null });
    expect(only([other], false)).toMatchObject({ kind: 'keep', differs: true });
  });

  it('replaces what is half there whatever it is told', () => {
    const half = asset({ state: 'starter', digest: null });
    expect(only([half], false)).toEqual({ kind: 'replace', old: half, fresh: null });
  });

  it('goes on from a new content that waits under its temporary name', () => {
    const old = asset({ size: 2 });
    const fresh = asset({ id: 2, name: temporaryName(wanted) });
    expect(only([old, fresh])).toEqual({ kind: 'replace', old, fresh });
    expect(only([fresh])).toEqual({ kind: 'replace', old: null, fresh });
    expect(planAssets([wanted], [old, fresh], { replace: true }).leftovers).toEqual([]);
  });

  it('clears away temporary uploads that nobody needs, and nothing else', () => {
    const stale = asset({ id: 2, name: `vwmp-upload-${'0'.repeat(16)}-x.zip` });
    const half = asset({ id: 3, name: temporaryName(wanted), size: 1 });
    const foreign = asset({ id: 4, name: `vwmp-upload-${'0'.repeat(16)}-other.zip` });
    const plan = planAssets([wanted], [asset(), stale, half, foreign], { replace: true });
    expect(plan.leftovers.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('changes a label alone without an upload', () => {
    const labelled = { ...wanted, file: { ...file, label: 'For Linux' } };
    expect(only([asset()], true, labelled)).toMatchObject({ kind: 'label', label: 'For Linux' });
    expect(only([asset({ label: 'For Linux' })], true, labelled)).toMatchObject({ kind: 'keep' });
  });
});

describe('notes', () => {
  const rest = 'https://github.com/acme/tool/tree/v1';
  const section = (title: string, length: number) => `## ${title}\n\n${'x'.repeat(length)}\n\n`;

  it('that fit stay as they are', () => {
    const notes = 'x'.repeat(mostNotesCharacters);
    expect(fitBody(notes, rest)).toEqual({ body: notes, given: mostNotesCharacters, leftOut: 0 });
  });

  it('that do not fit lose whole sections from the end, and say so', () => {
    const notes = section('One', 50_000) + section('Two', 50_000) + section('Three', 50_000) + section('Four', 10);
    const fitted = fitBody(notes, rest);
    expect(fitted.leftOut).toBe(2);
    expect(fitted.body).toContain('## Two');
    expect(fitted.body).not.toContain('## Three');
    expect(fitted.body.length).toBeLessThanOrEqual(mostBodyCharacters);
    expect(
      fitted.body
        .trimEnd()
        .endsWith(`2 sections are left out here: GitHub takes 125000 characters. The rest: ${rest}_`),
    ).toBe(true);
  });

  it('keep what stands before the first section where that alone fits', () => {
    const fitted = fitBody(`Thank you all.\n\n${section('One', 200_000)}`, rest);
    expect(fitted.body).toMatch(/^Thank you all\.\n\n_1 section is left out/);
  });

  it('without a section that fits are cut at a line', () => {
    const fitted = fitBody(`## One\n\n${'a line of text\n'.repeat(20_000)}`, rest);
    expect(fitted.leftOut).toBe(1);
    expect(fitted.body.length).toBeLessThanOrEqual(mostBodyCharacters);
    expect(fitted.body).toMatch(/^_These notes are cut/);
    expect(fitted.body.endsWith('a line of text')).toBe(true);
  });

  it('are not cut at a heading inside of code', () => {
    const notes = `## One\n\n\`\`\`\n${'# not a heading\n'.repeat(3)}\`\`\`\n\n${section('Two', 130_000)}`;
    const { body } = fitBody(notes, rest);
    expect(body.match(/```/g)).toHaveLength(2);
  });

  it('of many small sections are fitted fast enough to be fitted at all', () => {
    const fitted = fitBody(section('x', 10).repeat(50_000), rest);
    expect(fitted.body.length).toBeLessThanOrEqual(mostBodyCharacters);
    expect(fitted.body.length).toBeGreaterThan(mostBodyCharacters - 500);
  });
});

describe('the version in a tag', () => {
  it.each(['v1.0.0-rc.1', '1.4.0rc2', 'tool@2.0.0-beta.1', 'v1.0.0-0', 'v2.0b1', '1.0.0.dev3', 'v1.0.0-alpha+5'])(
    'of %s is a pre-release',
    (tag) => expect(isPrerelease(tag)).toBe(true),
  );

  it.each([
    'v1.0.0',
    '0.21.0.2+1',
    'v2026.11.0',
    'tool@1.0.0',
    'my-alpha-tool@1.0.0',
    'nightly',
    '1.0.0+rc.1',
    '1.0.post1',
  ])('of %s is none', (tag) => expect(isPrerelease(tag)).toBe(false));

  it.each<[string, readonly string[], boolean | null]>([
    ['v1.2.0', [], true],
    ['v1.2.0', ['v1.1.9', 'v1.2.0-rc.1', 'v1.2'], true],
    ['v1.2.10', ['v1.2.9'], true],
    ['v1.1.5', ['v1.2.0'], false],
    ['v1.1.5', ['v1.2.0-rc.1'], true],
    ['tool@1.0.0', ['other@9.0.0'], true],
    ['v1.2.0-rc.1', [], false],
    ['nightly', ['v1.0.0'], null],
  ])('%s beside %j is the latest: %j', (tag, others, expected) => expect(isLatest(tag, others)).toBe(expected));
});

describe('the repository of a remote', () => {
  it.each([
    'https://github.com/acme/tool.git',
    'https://github.com/acme/tool',
    'https://x@github.com/acme/tool/',
    'git@github.com:acme/tool.git',
    'ssh://git@github.com/acme/tool.git',
    'ssh://git@ssh.github.com:443/acme/tool.git',
    'git://GitHub.com/acme/tool.git',
  ])('is found in %s', (url) => expect(repositoryOfUrl(url, 'github.com')).toBe('acme/tool'));

  it.each([
    'https://gitlab.com/acme/tool.git',
    'https://github.com.attacker.test/acme/tool',
    '/srv/git/tool.git',
    '../tool',
    'https://github.com/acme',
    'git@elsewhere:acme/tool.git',
  ])('is not taken from %s', (url) => expect(repositoryOfUrl(url, 'github.com')).toBeNull());
});

describe('the media type', () => {
  it('goes by the end of the name', () => {
    expect(contentTypeOf('dist/a.TAR.GZ')).toBe('application/gzip');
    expect(contentTypeOf('a.constructor')).toBe('application/octet-stream');
    expect(contentTypeOf('LICENSE')).toBe('application/octet-stream');
  });
});

describe('the mark of a draft', () => {
  const mark = markOf('run-1/step/1');

  it.each(['The notes.\n', '', 'Ends with a blank line.\n\n', '<!-- draft of vwmp: not this -->'])(
    'leaves the notes %j as they were',
    (notes) => expect(splitMark(withMark(notes, mark))).toEqual({ notes, mark }),
  );

  it('is found where the server changed line ends, or somebody wrote after it', () => {
    expect(splitMark(withMark('One\nTwo', mark).replaceAll('\n', '\r\n'))).toEqual({ notes: 'One\r\nTwo', mark });
    expect(splitMark(`${withMark('One', mark)}\nTwo\n`)).toEqual({ notes: 'One\nTwo', mark });
  });

  it.each([
    ['that just fit', 'x'.repeat(mostNotesCharacters)],
    ['that are cut at a section', '## One\n\n'.padEnd(9_000, 'x').concat('\n\n').repeat(30)],
    ['that are cut at a line', 'a line of text\n'.repeat(20_000)],
    ['of one line', 'x'.repeat(200_000)],
  ])('has room in notes %s', (_, notes) => {
    const { body } = fitBody(notes, 'https://github.com/acme/tool/tree/v1');
    expect(withMark(body, mark).length).toBeLessThanOrEqual(mostBodyCharacters);
    expect(splitMark(withMark(body, mark))).toEqual({ notes: body, mark });
  });

  it('is none where it was tampered with', () => {
    for (const text of ['<!-- draft of vwmp: ', '<!-- draft of vwmp: zzzzzzzzzzzzzzzz -->', '\n'.repeat(100_000)]) {
      expect(splitMark(text)).toEqual({ notes: text, mark: null });
    }
  });
});

describe('a wait', () => {
  it('ends with the run', async () => {
    const signal = new CancelSource();
    const waiting = realTiming.wait(3_600_000, signal);
    signal.cancel('by hand');
    await expect(waiting).rejects.toThrow(/cancelled: by hand/);
    await expect(realTiming.wait(3_600_000, signal)).rejects.toThrow(/cancelled/);
  });
});
