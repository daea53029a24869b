import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';
import { type Fault, type FaultKind, faultKinds, type LoggedRequest } from '../../../rigs/fake-github/faults.ts';
import { headCommit, ReleaseRig } from './release-rig.ts';

const notes = '# 1.2.0\n\n- one thing\n';
const config: JsonMap = {
  tag_template: 'v1.2.0',
  name_template: 'Version 1.2.0',
  body: notes,
  assets: ['dist/*'],
};
const files = { 'dist/tool.zip': 'the tool itself', 'dist/checksums.txt': 'sums' };
const effects = ['before-effect', 'after-effect'] as const;
/** Those that show another side when they do not pass. */
const lasting: readonly FaultKind[] = [502, 'limited', 'reset', 'stall'];
const refusedBeforeWork = ['limited', 'secondary-limit', 'primary-limit', 'forbidden'];

let fake: FakeGitHub;
let rig: ReleaseRig;

beforeAll(async () => {
  fake = await FakeGitHub.start();
});

afterAll(async () => {
  await fake.stop();
});

beforeEach(() => {
  rig = new ReleaseRig(fake);
  for (const [path, text] of Object.entries(files)) rig.folder.write(path, text);
});

afterEach(() => rig.remove());

it.each([
  ['the list of releases', ({ method, path }: LoggedRequest) => method === 'GET' && path.endsWith('/releases')],
  ['the tag', ({ path }: LoggedRequest) => path.includes('/git/ref/tags/')],
])('an answer that is not %s is a failure that may pass, not the news that there is none', async (_, at) => {
  begin('a half draft of an earlier run');
  fake.fail({ at, with: 'other-json' });
  const outcome = await rig.execute('release', config);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { retryable: true } });
  expect(fake.state.releases).toHaveLength(1);
  expect(await atOnce()).toBe('success');
  expectOneWholeRelease();
});

it('an answer that is no list does not say that a lost draft was not made', async () => {
  begin('nothing but the tag');
  fake.fail({
    at: ({ method, path }) => method === 'POST' && path.endsWith('/releases'),
    with: 502,
    after: 'after-effect',
  });
  let lists = 0;
  const isSecondList = ({ method, path }: LoggedRequest) =>
    method === 'GET' && path.endsWith('/releases') && ++lists === 2;
  fake.fail({ at: isSecondList, with: 'other-json' });
  expect(await rig.execute('release', config)).toMatchObject({ kind: 'failed', failure: { retryable: true } });
  expect(await atOnce()).toBe('success');
  expectOneWholeRelease();
});

/** What GitHub has before the run. */
const beginnings: { readonly [name: string]: () => void } = {
  'nothing but the tag': () => {},
  'a half draft of an earlier run': () => {
    const draft = fake.state.addRelease({ tag: 'v1.2.0', name: 'old', body: 'old notes', draft: true });
    fake.state.addAsset(draft, { name: 'tool.zip', bytes: Buffer.from('the to'), state: 'starter' });
    fake.state.addAsset(draft, { name: 'checksums.txt', bytes: Buffer.from('other sums') });
  },
  'a published release with an old asset': () => {
    const release = fake.state.addRelease({ tag: 'v1.2.0', name: 'Version 1.2.0', body: notes });
    fake.state.addAsset(release, { name: 'checksums.txt', bytes: Buffer.from('other sums') });
  },
};

function begin(beginning: string): void {
  fake.reset();
  fake.resetAt = 0;
  fake.state.addCommit(headCommit, 'main');
  fake.state.tags.set('v1.2.0', { commit: headCommit, annotated: true });
  beginnings[beginning]?.();
}

/** Draft, assets and publication by two steps, as workflows with a push in between have it. */
async function inTwoSteps(): Promise<string> {
  const draft = await rig.execute('draft_release', config);
  if (draft.kind !== 'success') return draft.kind;
  return (await rig.execute('publish_release', { tag_template: 'v1.2.0' })).kind;
}

const atOnce = async (): Promise<string> => (await rig.execute('release', config)).kind;
const few: readonly FaultKind[] = [502, 'secondary-limit', 'reset'];

/** Every kind where the requests are new; a few where they are the same in another order. */
const courses: readonly {
  readonly name: string;
  readonly beginning: string;
  readonly kinds: readonly FaultKind[];
  readonly way: () => Promise<string>;
}[] = [
  { name: 'one step', beginning: 'nothing but the tag', kinds: faultKinds, way: atOnce },
  { name: 'one step', beginning: 'a half draft of an earlier run', kinds: faultKinds, way: atOnce },
  { name: 'one step', beginning: 'a published release with an old asset', kinds: few, way: atOnce },
  { name: 'two steps', beginning: 'nothing but the tag', kinds: few, way: inTwoSteps },
  { name: 'two steps', beginning: 'a half draft of an earlier run', kinds: few, way: inTwoSteps },
];

function expectOneWholeRelease(): void {
  expect(fake.state.releases).toHaveLength(1);
  const [release] = fake.state.releases;
  expect(release).toMatchObject({ tag: 'v1.2.0', name: 'Version 1.2.0', body: notes, draft: false });
  const assets = release?.assets.map(({ name, bytes, state }) => [name, bytes.toString('utf8'), state]);
  expect(assets?.toSorted()).toEqual([
    ['checksums.txt', 'sums', 'uploaded'],
    ['tool.zip', 'the tool itself', 'uploaded'],
  ]);
}

/** A content that was whole before is never lost: it stands until the new one stands whole beside it. */
function expectWholeChecksums(): void {
  const assets = fake.state.releases.flatMap((release) => release.assets);
  const contents = assets.filter(({ state }) => state === 'uploaded').map(({ bytes }) => bytes.toString('utf8'));
  expect(contents.includes('sums') || contents.includes('other sums')).toBe(true);
}

/** Faults that a run meets at one request, then a second start without any. */
async function meets(fault: Fault, way: () => Promise<string>): Promise<void> {
  const hadChecksums = fake.state.releases.length > 0;
  fake.forget();
  fake.fail(fault);
  const first = await way();
  // What passes is waited for; only a missing right is final at once.
  if (fault.times === undefined) expect(first).toBe(fault.with === 'forbidden' ? 'failed' : 'success');
  expect(fake.state.releases.length).toBeLessThanOrEqual(1);
  if (hadChecksums) expectWholeChecksums();
  fake.forget();
  expect(await way()).toBe('success');
  expectOneWholeRelease();
  fake.forget();
  expect(await way()).toBe('success');
  expect(fake.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
}

let scenarios = 0;

for (const { name, beginning, kinds, way } of courses) {
  describe(`a release in ${name}, from ${beginning},`, () => {
    let count = 0;

    /** Requests of a run that nothing disturbs. */
    async function undisturbed(): Promise<number> {
      if (count > 0) return count;
      begin(beginning);
      expect(await way()).toBe('success');
      expectOneWholeRelease();
      count = fake.requests.length;
      return count;
    }

    for (const kind of kinds) {
      for (const after of refusedBeforeWork.includes(`${kind}`) ? (['before-effect'] as const) : effects) {
        it(`ends in one whole release after ${kind} ${after} at any request, met once`, async () => {
          const last = await undisturbed();
          for (let at = 1; at <= last; at++) {
            begin(beginning);
            await meets({ at, with: kind, after }, way);
            scenarios += 1;
          }
        });

        if (!lasting.includes(kind)) continue;
        it(`ends in one whole release where ${kind} ${after} does not pass until the second start`, async () => {
          const last = await undisturbed();
          for (let at = 1; at <= last; at++) {
            begin(beginning);
            await meets({ at, with: kind, after, times: Number.POSITIVE_INFINITY }, way);
            scenarios += 1;
          }
        });
      }
    }

    it('ends in one whole release where uploads arrive by half', async () => {
      for (const kind of [502, 'reset', 'stall', 'truncated-json'] as const) {
        begin(beginning);
        const at: Fault['at'] = ({ host }) => host === 'uploads';
        await meets({ at, with: kind, after: 'half-effect' }, way);
        scenarios += 1;
      }
    });
  });
}

it('has tried what it promises', () => {
  expect(scenarios).toBeGreaterThan(600);
});
