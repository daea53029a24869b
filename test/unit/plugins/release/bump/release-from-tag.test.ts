import { describe, expect, it } from 'vitest';
import type { Decision, ReleaseFacts } from '../../../../../plugins/release/bump/release-facts.ts';
import { releaseFromTag } from '../../../../../plugins/release/bump/release-from-tag.ts';
import { tagNames } from '../../../../../plugins/release/bump/tag-names.ts';
import { schemeOf } from '../../../../../plugins/release/scheme/scheme.ts';

const head = 'a'.repeat(40);
const older = 'b'.repeat(40);
const elsewhere = 'c'.repeat(40);
const names = tagNames({ template: ['v', { name: 'version', otherwise: null }] });
const semver = await schemeOf({ scheme: 'semver' });

interface Tags {
  readonly [name: string]: string;
}

/** Tags on `elsewhere` are on no commit before head. */
function facts(here: Tags, there: Tags | null = here): ReleaseFacts {
  if (!semver.ok) throw new Error(semver.error);
  const scheme = semver.value;
  const mapOf = (tags: Tags) =>
    Object.fromEntries(Object.entries(tags).map(([name, commit]) => [name, { commit, object: commit }]));
  const tagsMerged = Object.keys(here).filter((name) => here[name] !== elsewhere);
  const versionOf = (name: string) => scheme.parse(names.versionIn(name) ?? '');
  const merged = tagsMerged.flatMap((name) => {
    const version = versionOf(name);
    return version === null ? [] : [{ name, version, commit: here[name] ?? null }];
  });
  return {
    request: {
      increment: 'patch',
      prerelease: null,
      build: null,
      keepBuild: false,
      exact: null,
      allowEmpty: false,
      initial: '0.1.0',
    },
    scheme,
    names,
    today: { year: 2026, month: 11, day: 28 },
    file: null,
    survey: {
      head,
      branch: null,
      detached: true,
      pushBranch: null,
      changes: [],
      shallow: false,
      headSubject: null,
      tags: mapOf(here),
      tagsMerged,
      tagsUnasked: [],
      remote:
        there === null ? null : { name: 'origin', reachable: true, cause: null, branch: null, tags: mapOf(there) },
      relation: 'no-remote-branch',
    },
    tags: {
      merged: merged.sort((a, b) => scheme.compare(b.version, a.version)),
      unread: tagsMerged.filter((name) => versionOf(name) === null),
      newer: [],
      foreign: [],
    },
    headSubject: null,
    ownCommit: null,
    commits: null,
    onlyReleases: false,
  };
}

function shown(decision: Decision): string {
  if (decision.kind === 'release') return `${decision.version} after ${decision.previousTag}`;
  return decision.kind === 'stop' ? `stop ${decision.reason}` : decision.kind;
}

const pushed = (tag: string) => ({ GITHUB_REF: `refs/tags/${tag}` });
const releases = { 'v1.0.0': older, 'v1.1.0-rc.1': older, 'v1.1.0': head };

describe('a release from a tag', () => {
  it.each([
    ['is that of the tag that was pushed', releases, releases, pushed('v1.1.0'), '1.1.0 after v1.0.0'],
    ['is that of the tag on the newest commit without an event', releases, releases, {}, '1.1.0 after v1.0.0'],
    ['of a branch is that of the tag on it', releases, null, { GITHUB_REF: 'refs/heads/main' }, '1.1.0 after v1.0.0'],
    [
      'that is a pre-release follows one',
      { 'v1.1.0-rc.1': older, 'v1.1.0-rc.2': head },
      null,
      {},
      '1.1.0-rc.2 after v1.1.0-rc.1',
    ],
    ['needs no tag here where the event names it', { 'v1.0.0': older }, null, pushed('v1.1.0'), '1.1.0 after v1.0.0'],
    ['needs a tag', { 'v1.0.0': older }, undefined, {}, 'stop no-tag'],
    ['needs a tag that is a version', { 'v1.0.0': older, nightly: head }, undefined, pushed('nightly'), 'stop no-tag'],
    [
      'stops where the tag stands elsewhere here',
      { 'v1.1.0': elsewhere },
      null,
      pushed('v1.1.0'),
      'stop tag-elsewhere',
    ],
    [
      'stops where the tag was moved on the remote',
      releases,
      { 'v1.1.0': elsewhere },
      pushed('v1.1.0'),
      'stop tag-elsewhere',
    ],
    [
      'does not mind other tags that were moved',
      releases,
      { 'v1.0.0': elsewhere },
      pushed('v1.1.0'),
      '1.1.0 after v1.0.0',
    ],
  ] as const)('%s', (_, here, there, env, expected) => {
    expect(shown(releaseFromTag(facts(here, there), env))).toBe(expected);
  });

  it('says where a moved tag is, and what to do', () => {
    const decision = releaseFromTag(facts(releases, { 'v1.1.0': elsewhere }), pushed('v1.1.0'));
    expect(decision).toMatchObject({
      message: `the tag \`v1.1.0\` stands on the remote origin on commit ${elsewhere}, but ${head} is checked out: check out the tag as it is now and start again`,
    });
  });
});
