import { describe, expect, it } from 'vitest';
import { configuration } from '../../../../../plugins/project/validators/configuration.ts';
import { scopeOfRoots } from '../../../../../src/core/expression/scope.ts';
import { settleJson } from '../../../../../src/core/expression/settle.ts';
import { checkValue } from '../../../../../src/core/schema/check-value.ts';
import type { Json, JsonMap } from '../../../../../src/plugin-api/index.ts';

const field = configuration.properties?.change ?? {};

/** What the defaults make of an event, as a handler gets it. */
function changeOf(github: Json): Json | undefined {
  const settled = settleJson(field.default ?? {}, scopeOfRoots({ github }));
  if (!settled.ok) throw new Error(JSON.stringify(settled.error));
  return settled.value;
}

const repo = { allow_squash_merge: true, allow_merge_commit: true, allow_rebase_merge: true };
const pull = (more: JsonMap = {}, ofRepo: JsonMap = {}): JsonMap => ({
  event: {
    pull_request: {
      title: 'feat: x',
      head: { ref: 'topic', sha: 'b'.repeat(40) },
      base: { ref: 'main', sha: 'a'.repeat(40), repo: { ...repo, ...ofRepo } },
      labels: [
        { id: 1, name: 'bug' },
        { id: 2, name: 'x y' },
      ],
      commits: 3,
      auto_merge: null,
      ...more,
    },
  },
});

describe('what is known of the change', () => {
  it('is nothing without an event, on a push, and on an event of another kind', () => {
    for (const github of [null, {}, { event: null }, { event: { ref: 'refs/heads/main', before: 'x' } }]) {
      expect(changeOf(github)).toEqual({ labels: [] });
    }
  });

  it('comes from the pull request of the event', () => {
    expect(changeOf(pull({}, { squash_merge_commit_title: 'PR_TITLE' }))).toEqual({
      title: 'feat: x',
      branch: 'topic',
      base: 'a'.repeat(40),
      labels: ['bug', 'x y'],
      commits: 3,
      squash_title: 'PR_TITLE',
    });
  });

  it('has the base of a merge queue', () => {
    expect(changeOf({ event: { merge_group: { base_sha: 'c'.repeat(40) } } })).toEqual({
      base: 'c'.repeat(40),
      labels: [],
    });
  });

  it.each<[string, JsonMap, JsonMap, string | undefined]>([
    ['open', {}, {}, undefined],
    ['a squash where nothing else is allowed', {}, { allow_merge_commit: false, allow_rebase_merge: false }, 'squash'],
    ['no squash where that is not allowed', {}, { allow_squash_merge: false }, 'merge'],
    ['open where the event does not say what is allowed', {}, { allow_merge_commit: null }, undefined],
    [
      'the method that somebody chose',
      { auto_merge: { merge_method: 'rebase' } },
      { allow_merge_commit: false },
      'rebase',
    ],
  ])('says that the way it lands is %s', (_, ofPull, ofRepo, method) => {
    expect(changeOf(pull(ofPull, ofRepo))).toMatchObject({ title: 'feat: x' });
    expect(changeOf(pull(ofPull, ofRepo))).toHaveProperty('labels');
    expect((changeOf(pull(ofPull, ofRepo)) as JsonMap).merge_method).toBe(method);
  });

  it('fits the schema, whatever stands in a title', () => {
    const title = 'x ${{ secrets.TOKEN }} ${config.x} {version}\n::error::y';
    const change = changeOf(pull({ title, labels: [] }));
    expect(change).toMatchObject({ title, labels: [] });
    expect(checkValue(field, change ?? null)).toEqual([]);
  });
});
