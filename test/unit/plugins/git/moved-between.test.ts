import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonMap, type ReleaseState, releaseOutputs } from '../../../../src/plugin-api/index.ts';
import { failureOf, GitBench, outputsOf } from './git-bench.ts';

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
});
afterEach(() => bench.remove());

const old = 'a'.repeat(40);
const newer = 'b'.repeat(40);
const found: Omit<ReleaseState, 'outcome' | 'tag' | 'base' | 'movedFrom' | 'commit'> = {
  version: '1.0.0',
  old: null,
  previous: null,
  previousTag: null,
  paths: [],
  remoteHead: null,
  why: 'a test',
};

/** Of two packages: the branch went forward for the second one, from where the first one was decided, or from elsewhere. */
function versions(first: Partial<ReleaseState>) {
  const state = {
    ...found,
    outcome: 'new',
    tag: 'a@1.0.0',
    base: old,
    movedFrom: null,
    commit: null,
    ...first,
  } as const;
  const second = { ...found, outcome: 'new', tag: 'b@1.0.0', base: newer, movedFrom: old, commit: null } as const;
  const steps = [state, second].map((release, at) => ({ id: `bump-${at}`, outputs: releaseOutputs(release) }));
  return { upstream: { 'release.version_bump': steps } };
}

describe('where the branch went forward between two versions', () => {
  const steps: readonly (readonly [string, JsonMap])[] = [
    ['stage', {}],
    ['stage_all', {}],
    ['commit', { message_template: 'x' }],
    ['create_tag', { tag_template: 'v1' }],
    ['push', {}],
    ['operation', { operation: 'commit', message: 'x' }],
    ['operation', { operation: 'tag', tag: 'v1' }],
    ['operation', { operation: 'push' }],
    ['operation', { operation: 'sync' }],
  ];

  it.each(steps)('%s %j is refused, and nothing has changed', async (handler, config) => {
    bench.work.write('b.txt', 'b\n');
    const before = bench.facts();
    const failure = failureOf(await bench.call(handler, config, versions({})));
    expect(failure).toMatchObject({ retryable: false, details: { reason: 'behind' } });
    expect(failure.message).toContain('a@1.0.0 knows nothing of what came after aaaaaaa');
    expect(bench.facts()).toBe(before);
  });

  it.each<readonly [string, Partial<ReleaseState>]>([
    ['decided on what the second one saw', { base: newer }],
    ['not released', { outcome: 'nothing' }],
    ['committed by an earlier run', { outcome: 'continued', commit: old }],
  ])('a tag is made where the first one is %s', async (_, first) => {
    outputsOf(await bench.call('create_tag', { tag_template: 'v1' }, versions(first)));
  });
});
