import { describe, expect, it } from 'vitest';
import { decideRelease } from '../../../../../plugins/release/bump/decide-release.ts';
import type { Decision, FileVersions, ReleaseFacts } from '../../../../../plugins/release/bump/release-facts.ts';
import { tagNames } from '../../../../../plugins/release/bump/tag-names.ts';
import type { BumpDecision } from '../../../../../plugins/release/commits/decide-bump.ts';
import { schemeOf } from '../../../../../plugins/release/scheme/scheme.ts';
import type { GitSurvey } from '../../../../../src/plugin-api/index.ts';

const head = 'a'.repeat(40);
const other = 'b'.repeat(40);
const names = tagNames({ template: ['v', { name: 'version', otherwise: null }] });
const schemes = {
  semver: await schemeOf({ scheme: 'semver' }),
  pep440: await schemeOf({ scheme: 'pep440' }),
};

interface Situation {
  readonly scheme?: keyof typeof schemes;
  readonly increment?: string;
  readonly prerelease?: string;
  readonly exact?: string;
  readonly allowEmpty?: boolean;
  /** Work, head, parent. */
  readonly file?: readonly [string, string | null, string | null] | null;
  readonly subject?: string;
  /** Tags here and the commits they stand on. */
  readonly tags?: { readonly [name: string]: string };
  /** Those of them that the newest commit is not built on. */
  readonly unmerged?: readonly string[];
  /** Of the tags that nobody can read. */
  readonly newer?: readonly string[];
  readonly foreign?: readonly string[];
  readonly remoteTags?: { readonly [name: string]: string };
  readonly relation?: GitSurvey['relation'];
  readonly remote?: 'there' | 'unreachable' | 'none';
  readonly dirty?: 'tracked' | 'untracked';
  readonly commits?: Partial<BumpDecision>;
  readonly onlyReleases?: boolean;
}

/** `1.2.0` was released, and somebody committed since. */
function facts(given: Situation): ReleaseFacts {
  const read = schemes[given.scheme ?? 'semver'];
  if (!read.ok) throw new Error(read.error);
  const scheme = read.value;
  const file = given.file === undefined ? (['1.2.0', '1.2.0', '1.2.0'] as const) : given.file;
  const tags = given.tags ?? { 'v1.2.0': other };
  const onRemote = given.remoteTags ?? tags;
  const mapOf = (map: { readonly [name: string]: string }) =>
    Object.fromEntries(Object.entries(map).map(([name, commit]) => [name, { commit, object: commit }]));
  const merged = Object.entries(tags).filter(([name]) => given.unmerged?.includes(name) !== true);
  const survey: GitSurvey = {
    head,
    branch: 'main',
    detached: false,
    pushBranch: 'main',
    changes: given.dirty ? [{ path: 'x', state: given.dirty === 'tracked' ? 'unstaged' : 'untracked' }] : [],
    shallow: false,
    headSubject: null,
    tags: mapOf(tags),
    tagsMerged: merged.map(([name]) => name),
    tagsUnasked: [],
    remote:
      given.remote === 'none'
        ? null
        : {
            name: 'origin',
            reachable: given.remote !== 'unreachable',
            cause: given.remote === 'unreachable' ? 'no route' : null,
            branch: head,
            tags: given.remote === 'unreachable' ? {} : mapOf(onRemote),
          },
    relation: given.relation ?? 'same',
  };
  const versions: FileVersions | null = file && { path: 'VERSION', work: file[0], head: file[1], parent: file[2] };
  return {
    request: {
      increment: given.increment ?? 'minor',
      prerelease: given.prerelease ?? null,
      build: null,
      keepBuild: false,
      exact: given.exact ?? null,
      allowEmpty: given.allowEmpty ?? false,
      initial: '0.1.0',
    },
    scheme,
    names,
    today: { year: 2026, month: 11, day: 28 },
    file: versions,
    survey,
    tags: {
      merged: merged
        .flatMap(([name, commit]) => {
          const version = scheme.parse(names.versionIn(name) ?? '');
          return version === null ? [] : [{ name, version, commit }];
        })
        .sort((a, b) => scheme.compare(b.version, a.version)),
      unread: merged.flatMap(([name]) => (scheme.parse(names.versionIn(name) ?? '') === null ? [name] : [])),
      newer: given.newer ?? [],
      foreign: given.foreign ?? [],
    },
    headSubject: given.subject ?? null,
    ownCommit: null,
    commits:
      given.increment === 'auto'
        ? {
            increment: 'minor',
            releaseAs: null,
            why: '1 feature',
            decisive: null,
            counts: { total: 1, byType: {}, ignored: 0 },
            ...given.commits,
          }
        : null,
    onlyReleases: given.onlyReleases ?? false,
  };
}

function shown(decision: Decision): string {
  switch (decision.kind) {
    case 'release': {
      const { outcome, version, tag, commit } = decision;
      return `${outcome} ${version} ${tag}${commit === null ? '' : ` at ${commit === head ? 'head' : commit}`}`;
    }
    case 'nothing':
      return `nothing at ${decision.version}`;
    case 'stop':
      return `stop ${decision.reason}`;
    case 'behind':
      return 'behind';
    case 'unwind':
      return `unwind ${decision.version}`;
  }
}

const released = { file: ['1.3.0', '1.3.0', '1.2.0'] as const, subject: 'chore(release): 1.3.0' };
const tagsAlone = {
  file: null,
  tags: { 'v1.2.0': other, 'v1.3.0': head },
  remoteTags: { 'v1.2.0': other },
  subject: 'chore(release): 1.3.0',
};
/** The newest `Release-As` of the commits. */
const footer = (version: string): Situation => ({
  increment: 'auto',
  commits: { releaseAs: { version, hash: other } },
});
const early: Situation = {
  file: ['3.0.0-rc.1', '3.0.0-rc.1', '1.2.0'],
  tags: { 'v1.2.0': other, 'v3.0.0-rc.1': other },
};
/** A file that never held a version, and no tag. */
const placeholder = (text: string): Situation => ({ file: [text, text, text], tags: {} });
const raised = { file: ['1.3.0', '1.2.0', '1.2.0'] as const };

const candidate: Situation = {
  scheme: 'pep440',
  file: ['1.3.1rc1', '1.3.1rc1', '1.3.1rc1'],
  tags: { 'v1.3.0': other, 'v1.3.1rc1': other },
};

describe('what is released', () => {
  const cases: readonly (readonly [string, Situation, string])[] = [
    ['the next version after new commits', {}, 'new 1.3.0 v1.3.0'],
    ['a pre-release of it', { prerelease: 'rc' }, 'new 1.3.0-rc.1 v1.3.0-rc.1'],
    ['what the commits ask for', { increment: 'auto' }, 'new 1.3.0 v1.3.0'],
    ['nothing where they ask for none', { increment: 'auto', commits: { increment: null } }, 'nothing at 1.2.0'],
    ['the version that a footer forces', footer('v3.0.0'), 'new 3.0.0 v3.0.0'],
    ['no version that a footer forces back', footer('1.0.0'), 'stop version'],
    ['the first pre-release of it', { ...footer('3.0.0'), prerelease: 'rc' }, 'new 3.0.0-rc.1 v3.0.0-rc.1'],
    ['the next pre-release of it', { ...footer('3.0.0'), ...early, prerelease: 'rc' }, 'new 3.0.0-rc.2 v3.0.0-rc.2'],
    [
      'no pre-release of it that comes before the one that is there',
      { ...footer('3.0.0'), ...early, prerelease: 'beta' },
      'stop scheme',
    ],
    [
      'the pre-release that a footer forces',
      { ...footer('3.0.0-rc.5'), prerelease: 'rc' },
      'new 3.0.0-rc.5 v3.0.0-rc.5',
    ],
    ['the version that a footer forces after a pre-release', { ...footer('3.0.0'), ...early }, 'new 3.0.0 v3.0.0'],
    [
      'what the commits ask for after the pre-release that a footer forced',
      { ...footer('3.0.0-rc.1'), ...early },
      'new 3.0.0 v3.0.0',
    ],
    ['no final version where a pre-release is asked for', { exact: '2.0.0', prerelease: 'rc' }, 'stop version'],
    ['the pre-release that is asked for', { exact: '2.0.0-rc.3', prerelease: 'rc' }, 'new 2.0.0-rc.3 v2.0.0-rc.3'],
    [
      'what the file says where somebody raised it to what the commits ask for',
      { increment: 'auto', file: ['1.3.0', '1.3.0', '1.2.0'], subject: 'fix: what the linter found' },
      'new 1.3.0 v1.3.0',
    ],
    [
      'the same where they ask for less',
      { increment: 'auto', file: ['1.3.0', '1.3.0', '1.3.0'], commits: { increment: 'patch' } },
      'new 1.3.0 v1.3.0',
    ],
    [
      'the next version where they ask for more',
      { increment: 'auto', file: ['1.3.0', '1.3.0', '1.3.0'], commits: { increment: 'major' } },
      'new 2.0.0 v2.0.0',
    ],
    [
      'the next version where a part of it is asked for by name',
      { file: ['1.3.0', '1.3.0', '1.3.0'] },
      'new 1.4.0 v1.4.0',
    ],
    [
      'what comes after the newest tag where the file lags behind',
      { file: ['1.1.0', '1.1.0', '1.1.0'] },
      'new 1.3.0 v1.3.0',
    ],
    [
      'the same where a file never held more than a placeholder',
      { file: ['0.0.0-development', '0.0.0-development', '0.0.0-development'], increment: 'auto' },
      'new 1.3.0 v1.3.0',
    ],
    [
      'nothing where the newest commit is tagged and the file lags behind: later steps would publish what it does not say',
      {
        file: ['0.0.0', '0.0.0', '0.0.0'],
        tags: { 'v1.2.0': head },
        increment: 'auto',
        commits: { increment: null, why: 'no commits' },
      },
      'nothing at 1.2.0',
    ],
    [
      'no version that was asked for and comes before the newest tag',
      { file: ['0.0.0', '0.0.0', '0.0.0'], exact: '1.1.0' },
      'stop version',
    ],
    [
      'what an earlier run wrote into a file that lagged behind',
      { file: ['1.3.0', '0.0.0', '0.0.0'], increment: 'auto' },
      'continued 1.3.0 v1.3.0',
    ],
    ['the version that was asked for', { exact: '2.0.0' }, 'new 2.0.0 v2.0.0'],
    ['no version before the one there is', { exact: '1.1.0' }, 'stop version'],
    [
      'what was asked for and stands on the newest commit already',
      { file: ['2.0.0', '2.0.0', '1.2.0'], tags: { 'v1.2.0': other, 'v2.0.0': head }, exact: '2.0.0' },
      'released 2.0.0 v2.0.0 at head',
    ],
    [
      'the same of a pre-release',
      { file: ['2.0.0-b.1', '2.0.0-b.1', '1.2.0'], tags: { 'v2.0.0-b.1': head }, exact: '2.0.0-b.1' },
      'released 2.0.0-b.1 v2.0.0-b.1 at head',
    ],
    [
      'no version that was asked for and stands on an older commit',
      { file: ['1.2.0', '1.2.0', '1.2.0'], exact: '1.2.0' },
      'stop tag-exists',
    ],
    [
      'a breaking change after a candidate of a patch, in PEP 440',
      { ...candidate, increment: 'auto', commits: { increment: 'major' } },
      'new 2.0.0 v2.0.0',
    ],
    ['a feature after it', { ...candidate, increment: 'auto' }, 'new 1.4.0 v1.4.0'],
    [
      'the release of the candidate where the commits ask for no more',
      { ...candidate, increment: 'auto', commits: { increment: 'patch' } },
      'new 1.3.1 v1.3.1',
    ],
    ['no part that the scheme lacks', { increment: 'feature_set' }, 'stop scheme'],
    ['the first version of a new repository', { file: null, tags: {} }, 'new 0.1.0 v0.1.0'],
    ['the first version where a file holds a placeholder', placeholder('0.0.0-development'), 'new 0.1.0 v0.1.0'],
    [
      'the same by commits',
      { ...placeholder('0.0.0-semantically-released'), increment: 'auto', commits: { increment: 'major' } },
      'new 0.1.0 v0.1.0',
    ],
    [
      'the same of Python',
      { ...placeholder('0.0.0.dev0'), scheme: 'pep440', increment: 'release' },
      'new 0.1.0 v0.1.0',
    ],
    ['its pre-release', { ...placeholder('0.0.0-development'), prerelease: 'rc' }, 'new 0.1.0-rc.1 v0.1.0-rc.1'],
    [
      'the first version that an earlier run did not commit',
      { ...placeholder('0.0.0-development'), file: ['0.1.0', '0.0.0-development', null] },
      'continued 0.1.0 v0.1.0',
    ],
    [
      'the first version that a footer forces',
      { ...placeholder('0.0.0-development'), ...footer('3.0.0'), tags: {} },
      'new 3.0.0 v3.0.0',
    ],
    [
      'nothing where a file holds a placeholder and the commits ask for none',
      { ...placeholder('0.0.0-development'), increment: 'auto', commits: { increment: null } },
      'nothing at 0.0.0-development',
    ],
    ['the version after what a file says without a tag', placeholder('0.0.1-rc.1'), 'new 0.1.0 v0.1.0'],
    ['the version after 0.0.0 in a file', { ...placeholder('0.0.0'), increment: 'patch' }, 'new 0.0.1 v0.0.1'],
    [
      'the version after the greatest tag',
      { file: null, tags: { 'v1.2.0': other, 'v1.10.0': other } },
      'new 1.11.0 v1.11.0',
    ],
    [
      'no first version beside tags that nobody can read',
      { file: null, tags: { 'v2026.09.01': other } },
      'stop unreadable-tags',
    ],
    [
      'no version beside a tag that nobody can read and that looks newer',
      { file: null, tags: { 'v1.2.0': other, 'v2.0': other }, newer: ['v2.0'] },
      'stop unreadable-tags',
    ],
    [
      'the version after the newest that can be read where what cannot is older',
      { file: null, tags: { 'v1.2.0': other, 'v0.1': other } },
      'new 1.3.0 v1.3.0',
    ],
    [
      'the version that was asked for beside such tags',
      { file: null, tags: { 'v1.2.0': other, 'v2.0': other }, newer: ['v2.0'], exact: '2.0.1' },
      'new 2.0.1 v2.0.1',
    ],
    [
      'no first version beside tags of another shape',
      { file: null, tags: {}, foreign: ['release-1.1.0'] },
      'stop unreadable-tags',
    ],
    [
      'the first version as the pre-release that is asked for',
      { file: null, tags: {}, prerelease: 'rc' },
      'new 0.1.0-rc.1 v0.1.0-rc.1',
    ],
    [
      'no version whose tag is taken in another spelling',
      { tags: { 'v1.2.0': other, '1.3.0': other }, unmerged: ['1.3.0'] },
      'stop tag-exists',
    ],
    [
      'no candidate whose tag is taken in another spelling on the remote',
      { ...candidate, prerelease: 'rc', increment: 'patch', remoteTags: { 'v1.3.1-rc.2': other } },
      'stop tag-exists',
    ],

    ['nothing after what a release committed alone', { onlyReleases: true }, 'nothing at 1.2.0'],
    ['the next version all the same', { onlyReleases: true, allowEmpty: true }, 'new 1.3.0 v1.3.0'],
    ['what is not committed', { onlyReleases: true, dirty: 'tracked' }, 'new 1.3.0 v1.3.0'],
    ['the version that is asked for', { onlyReleases: true, exact: '1.2.1' }, 'new 1.2.1 v1.2.1'],

    ['the raised file that an earlier run did not commit', raised, 'continued 1.3.0 v1.3.0'],
    ['the same by commits', { ...raised, increment: 'auto' }, 'continued 1.3.0 v1.3.0'],
    ['no raised file that this run would not have made', { ...raised, increment: 'patch' }, 'stop uncommitted-version'],
    [
      'a file that was raised by hand to the version asked for',
      { ...raised, increment: 'patch', exact: '1.3.0' },
      'new 1.3.0 v1.3.0',
    ],

    [
      'the commit that an earlier run did not tag',
      { ...released, relation: 'ahead' },
      'continued 1.3.0 v1.3.0 at head',
    ],
    ['the commit that reached the remote without its tag', released, 'continued 1.3.0 v1.3.0 at head'],
    [
      'the tagged commit that never left this clone',
      { ...released, tags: { 'v1.2.0': other, 'v1.3.0': head }, remoteTags: { 'v1.2.0': other }, relation: 'ahead' },
      'continued 1.3.0 v1.3.0 at head',
    ],
    [
      'that commit although a tool left a file about',
      {
        ...released,
        tags: { 'v1.2.0': other, 'v1.3.0': head },
        remoteTags: { 'v1.2.0': other },
        relation: 'ahead',
        dirty: 'untracked',
      },
      'continued 1.3.0 v1.3.0 at head',
    ],
    [
      'a release that never came to the remote, whatever is changed in the workspace since',
      {
        ...released,
        tags: { 'v1.2.0': other, 'v1.3.0': head },
        remoteTags: { 'v1.2.0': other },
        relation: 'ahead',
        dirty: 'tracked',
      },
      'continued 1.3.0 v1.3.0 at head',
    ],
    [
      'no commit that somebody else made',
      { ...released, subject: 'feat: something', relation: 'ahead' },
      'new 1.4.0 v1.4.0',
    ],
    [
      'not again what is finished',
      { ...released, tags: { 'v1.2.0': other, 'v1.3.0': head } },
      'released 1.3.0 v1.3.0 at head',
    ],
    [
      'it again where that is asked for',
      { ...released, tags: { 'v1.3.0': head }, allowEmpty: true },
      'new 1.4.0 v1.4.0',
    ],
    [
      'the next one where work waits to be committed',
      { ...released, tags: { 'v1.3.0': head }, dirty: 'untracked' },
      'new 1.4.0 v1.4.0',
    ],
    [
      'nothing new where later steps left something behind and no commit asks for more',
      {
        ...released,
        tags: { 'v1.3.0': head },
        dirty: 'tracked',
        increment: 'auto',
        commits: { increment: null, why: 'no commits' },
      },
      'released 1.3.0 v1.3.0 at head',
    ],
    [
      'what stands where the tag is ahead of the file, whose next version the tag has',
      { file: ['1.2.0', '1.2.0', '1.2.0'], increment: 'minor', tags: { 'v1.2.0': other, 'v1.3.0': head } },
      'stop tag-exists',
    ],
    [
      'no version between the file, which is in step with a release, and a tag that went ahead of it',
      { increment: 'patch', tags: { 'v1.2.0': other, 'v1.3.0': other } },
      'stop tag-ahead',
    ],
    [
      'no pre-release before a release',
      { increment: 'patch', prerelease: 'rc', tags: { 'v1.2.0': other, 'v1.3.0': other } },
      'stop tag-ahead',
    ],
    ['nothing new from tags alone', { file: null, tags: { 'v1.2.0': head } }, 'released 1.2.0 v1.2.0 at head'],
    [
      'no pre-release after the one on the newest commit, whatever asks for one',
      { file: ['1.3.0-rc.1', '1.3.0-rc.1', '1.2.0'], tags: { 'v1.3.0-rc.1': head }, increment: 'prerelease' },
      'released 1.3.0-rc.1 v1.3.0-rc.1 at head',
    ],
    [
      'the same in PEP 440',
      { scheme: 'pep440', file: ['1.3.0a1', '1.3.0a1', '1.2.0'], tags: { 'v1.3.0a1': head }, increment: 'pre' },
      'released 1.3.0a1 v1.3.0a1 at head',
    ],
    [
      'the release after its pre-release, although nothing changed',
      { file: ['1.3.0-rc.1', '1.3.0-rc.1', '1.2.0'], tags: { 'v1.2.0': other, 'v1.3.0-rc.1': head } },
      'new 1.3.0 v1.3.0',
    ],

    [
      'nothing that was written before the remote went on, whatever would be released now',
      {
        file: ['1.3.0', '1.2.0', '1.2.0'],
        remoteTags: { 'v1.2.0': other, 'v1.3.0': other },
        relation: 'behind',
      },
      'stop diverged',
    ],
    ['nothing before the remote was caught up with', { relation: 'behind' }, 'behind'],
    ['nothing before it is known what the remote has', { relation: 'unknown' }, 'behind'],
    ['nothing where both sides went on', { relation: 'diverged' }, 'stop diverged'],
    [
      'an unpushed release anew where the remote went on and tags alone tell',
      { ...tagsAlone, relation: 'diverged' },
      'unwind 1.3.0',
    ],
    [
      'nothing anew of a commit that is no release by its message',
      { ...tagsAlone, relation: 'diverged', subject: 'feat: read 1.2.9' },
      'stop diverged',
    ],
    [
      'nothing anew whose tag is on the remote',
      { ...tagsAlone, relation: 'diverged', remoteTags: tagsAlone.tags },
      'stop diverged',
    ],
    ['an unpushed release anew where the remote went on', { ...released, relation: 'diverged' }, 'unwind 1.3.0'],
    [
      'an unpushed release anew where another clone released its version first and a fetch brought the tag',
      {
        ...released,
        tags: { 'v1.2.0': other, 'v1.3.0': other },
        unmerged: ['v1.3.0'],
        remoteTags: { 'v1.3.0': other },
        relation: 'diverged',
      },
      'unwind 1.3.0',
    ],
    [
      'no version whose tag is taken here',
      { tags: { 'v1.2.0': other, 'v1.3.0': other }, unmerged: ['v1.3.0'] },
      'stop tag-exists',
    ],
    [
      'no version whose tag somebody made by mistake on an older commit',
      { tags: { 'v1.2.0': other, 'v1.3.0': other } },
      'stop tag-exists',
    ],
    [
      'no version whose tag is taken on the remote',
      { remoteTags: { 'v1.2.0': other, 'v1.3.0': other } },
      'stop tag-exists',
    ],
    ['no release whose tag stands elsewhere', { ...released, remoteTags: { 'v1.3.0': other } }, 'stop tag-elsewhere'],

    ['without a remote what files and tags say', { remote: 'none', relation: 'unknown' }, 'new 1.3.0 v1.3.0'],
    ['without an answer of the remote the same', { remote: 'unreachable', relation: 'unknown' }, 'new 1.3.0 v1.3.0'],
  ];

  it.each(cases)('is %s', (_, situation, expected) => {
    expect(shown(decideRelease(facts(situation)))).toBe(expected);
  });

  it('builds a release on the release before, not on its own pre-releases', () => {
    const decision = decideRelease(
      facts({ file: ['1.3.0-rc.2', '1.3.0-rc.2', '1.3.0-rc.2'], tags: { 'v1.2.0': other, 'v1.3.0-rc.2': other } }),
    );
    expect(decision).toMatchObject({ version: '1.3.0', previousTag: 'v1.2.0' });
  });

  const untagged = { 'v1.2.0': other, 'v1.3.0-rc.1': other };
  const tagged = { ...untagged, 'v1.3.0': head };
  const afterCandidate = ['1.3.0', '1.3.0', '1.3.0-rc.1'] as const;
  it.each<[string, Situation, object]>([
    ['makes it', { increment: 'minor', tags: untagged, file: ['1.3.0-rc.1', '1.3.0-rc.1', '1.3.0-rc.1'] }, {}],
    ['goes on with what is not committed', { tags: untagged, file: ['1.3.0', '1.3.0-rc.1', '1.3.0-rc.1'] }, {}],
    ['goes on with its commit', { ...released, tags: untagged, file: afterCandidate }, {}],
    ['finds it released', { ...released, tags: tagged, file: afterCandidate }, {}],
    ['finds it by its tag alone', { tags: tagged, file: null }, { old: '1.2.0' }],
  ])('names the same release before it where a start %s', (_, situation, more) => {
    const before = { version: '1.3.0', old: '1.3.0-rc.1', previous: '1.2.0', previousTag: 'v1.2.0' };
    expect(decideRelease(facts(situation))).toMatchObject({ ...before, ...more });
  });

  it('names nothing before the first version, in the first start and in the second', () => {
    const before = { version: '0.1.0', old: null, previous: null, previousTag: null };
    expect(decideRelease(facts(placeholder('0.0.0-development')))).toMatchObject({ outcome: 'new', ...before });
    const committed = { file: ['0.1.0', '0.1.0', '0.0.0-development'] as const, subject: 'chore(release): 0.1.0' };
    expect(decideRelease(facts({ ...committed, tags: {} }))).toMatchObject({ outcome: 'continued', ...before });
  });

  it('names the pre-release before a pre-release in the first start and in the second', () => {
    const tags = { 'v1.2.0': other, 'v1.3.0-rc.1': other };
    const before = { version: '1.3.0-rc.2', previous: '1.3.0-rc.1', previousTag: 'v1.3.0-rc.1' };
    const file = ['1.3.0-rc.1', '1.3.0-rc.1', '1.2.0'] as const;
    expect(decideRelease(facts({ tags, file, exact: '1.3.0-rc.2' }))).toMatchObject(before);
    const made = ['1.3.0-rc.2', '1.3.0-rc.2', '1.3.0-rc.1'] as const;
    const subject = 'chore(release): 1.3.0-rc.2';
    expect(decideRelease(facts({ tags, file: made, subject, exact: '1.3.0-rc.2' }))).toMatchObject(before);
  });

  it('says to whom misspells the part which parts there are, and that the commits may decide', () => {
    const decision = decideRelease(facts({ increment: 'mnior' }));
    const { increments } = schemes.semver.ok ? schemes.semver.value : { increments: [] };
    const message = expect.stringMatching(
      new RegExp(`increment_type: mnior\` raises none of its parts: write ${increments.join(', ')} or auto$`),
    );
    expect(decision).toMatchObject({ kind: 'stop', reason: 'scheme', message });
  });

  it('says of a tag by hand on the newest commit that the file and the remote know nothing of it', () => {
    const decision = decideRelease(
      facts({
        tags: { 'v1.2.0': other, 'v1.3.0': head },
        remoteTags: { 'v1.2.0': other },
        increment: 'auto',
        commits: { increment: null, why: 'no commits' },
      }),
    );
    const why =
      'no commits; v1.3.0 stands on the newest commit, where VERSION says 1.2.0, and origin does not have the tag';
    expect(decision).toMatchObject({ kind: 'nothing', why });
  });

  it('says in a stop which tag stands where, and how to go on', () => {
    const decision = decideRelease(facts({ remoteTags: { 'v1.3.0': other } }));
    expect(decision).toMatchObject({ kind: 'stop', message: expect.stringContaining(`on commit ${other}`) });
    expect(decision).toMatchObject({ message: expect.stringContaining('git push --delete origin v1.3.0') });
    const taken = decideRelease(facts({ tags: { 'v1.2.0': other, 'v1.3.0': other } }));
    const advice = 'write 1.3.0 into VERSION and commit it if that was released, release another version, or delete';
    expect(taken).toMatchObject({ reason: 'tag-exists', message: expect.stringContaining(advice) });
  });
});

describe('names of tags', () => {
  it.each([
    [['v', 'V'], 'v1.2.3', '1.2.3'],
    [['v', 'V'], '1.2.3', '1.2.3'],
    [['v', 'V'], 'latest', null],
    [['pkg-a@', 'V'], 'pkg-a@1.2.3', '1.2.3'],
    [['pkg-a@', 'V'], 'pkg-b@1.2.3', null],
    [['pkg-a@', 'V'], 'v1.2.3', null],
    [['pkg/v', 'V'], 'pkg/v1.2.3', '1.2.3'],
    [['release-', 'V', '-final'], 'release-1.2.3-final', '1.2.3'],
    [['release-', 'V', '-final'], 'release-1.2.3', null],
  ])('of %j: %s is %s', (parts, tag, version) => {
    const template = parts.map((part) => (part === 'V' ? { name: 'version', otherwise: null } : part));
    expect(tagNames({ template }).versionIn(tag)).toBe(version);
  });

  it('need the version once', () => {
    expect(() => tagNames({ template: ['latest'] })).toThrow(/must hold `\{version\}` once/);
  });
});
