import { describe, expect, it } from 'vitest';
import { readRules } from '../../../../../plugins/release/commits/commit-rules.ts';
import { type BumpQuestion, decideBump } from '../../../../../plugins/release/commits/decide-bump.ts';
import { partFor } from '../../../../../plugins/release/commits/part-for.ts';
import { collect, hashOf } from './sample-commits.ts';

const question: BumpQuestion = { since: 'v1.49.0', initialDevelopment: false, zeroMajor: 'minor' };

function why(messages: readonly string[], more: Partial<BumpQuestion> = {}): string {
  return decideBump(collect(messages), { ...question, ...more }).why;
}

describe('the sentence that says why', () => {
  it.each([
    [
      ['feat: a', 'feat: b', 'fix: c'],
      '2 features and 1 fix since v1.49.0: `feat: a` (0000003) makes it a minor release',
    ],
    [['fix(ui): a'], '1 fix since v1.49.0: `fix(ui): a` (0000001) makes it a patch release'],
    [
      ['docs: a', 'feat!: b', 'perf: c', 'fix: d'],
      '1 breaking change, 1 feature, 1 fix, 1 performance change and 1 docs since v1.49.0: `feat!: b` (0000003) makes it a major release',
    ],
    [[], 'there are no commits since v1.49.0, so there is nothing to release'],
    [
      ['Words', 'More words'],
      'none of the 2 commits since v1.49.0 follows Conventional Commits (`type: subject`), so nothing says what to release; a rule for `*` would count them',
    ],
    [
      ['Words'],
      'the one commit since v1.49.0 does not follow Conventional Commits (`type: subject`), so nothing says what to release; a rule for `*` would count them',
    ],
    [
      ['docs: a', 'docs: b', "Merge branch 'x'", 'Words'],
      '4 commits since v1.49.0, but none that releases anything: 2 docs, 1 not conventional, 1 merge',
    ],
  ])('of %j', (messages, sentence) => {
    expect(why(messages)).toBe(sentence);
  });

  it('names the paths that no commit touches, the first of many', () => {
    const sentence = (paths: readonly string[]) => why([], { paths });
    expect(sentence(['a', 'b'])).toBe('no commit since v1.49.0 touches a or b, so there is nothing to release');
    expect(sentence(['a', 'b', 'c', 'd'])).toMatch(/touches a, b, c or another of its paths,/);
  });

  it('says nothing of a beginning where there is none', () => {
    expect(why(['fix: a'], { since: null })).toBe('1 fix: `fix: a` (0000001) makes it a patch release');
  });

  it('says why a breaking change is a minor release before 1.0.0', () => {
    expect(why(['fix!: a'], { initialDevelopment: true })).toBe(
      '1 breaking change and 1 fix since v1.49.0: `fix!: a` (0000001) makes it a minor release, because a breaking change raises that before 1.0.0',
    );
  });

  it('quotes no more than a line of a subject, and nothing that ends the quotation', () => {
    const sentence = why([`feat: \`a\` \u001b[31m${'b'.repeat(200)}`]);
    expect(sentence).toContain('`feat: a [31mb');
    expect(sentence.length).toBeLessThan(200);
    expect(sentence).toContain('…`');
  });

  it('tells of reverts', () => {
    expect(why([`Revert "feat: a"\n\nThis reverts commit ${hashOf(1)}.`, 'feat: a'])).toBe(
      '2 commits since v1.49.0, but none that releases anything: 2 reverted or reverting',
    );
  });
});

describe('the decision', () => {
  it.each([
    [['feat!: a'], true, 'minor', 'minor'],
    [['feat!: a'], true, 'major', 'major'],
    [['feat!: a'], false, 'minor', 'major'],
    [['feat: a'], true, 'minor', 'minor'],
    [['fix: a'], true, 'minor', 'patch'],
    [['docs: a'], true, 'minor', null],
  ] as const)(
    'of %j, before 1.0.0: %s, zero major: %s, is %s',
    (messages, initialDevelopment, zeroMajor, increment) => {
      expect(decideBump(collect(messages), { since: null, initialDevelopment, zeroMajor }).increment).toBe(increment);
    },
  );

  it('holds what it was made from', () => {
    const decision = decideBump(collect(['feat: a', 'docs: b', 'Words', "Merge branch 'x'"]), question);
    expect(decision.counts).toEqual({ total: 4, byType: { feat: 1, docs: 1, '*': 1 }, ignored: 2 });
    expect(decision.decisive).toMatchObject({ hash: hashOf(4), type: 'feat' });
    expect(decision.releaseAs).toBeNull();
  });

  it('gives the forced version beside the increment', () => {
    const decision = decideBump(collect(['docs: a\n\nRelease-As: 2.0.0']), question);
    expect(decision).toMatchObject({ increment: null, releaseAs: { version: '2.0.0', hash: hashOf(1) } });
  });

  it('counts what is not conventional where a rule says so', () => {
    const answer = readRules({ '*': 'patch' });
    const rules = answer.kind === 'rules' ? answer.rules : new Map();
    const decision = decideBump(collect(['Words', 'odd: b'], { rules }), question);
    expect(decision.why).toBe('1 other change and 1 odd since v1.49.0: `Words` (0000002) makes it a patch release');
  });
});

describe('the part of a scheme', () => {
  const semver = { name: 'semver', increments: ['major', 'minor', 'patch', 'prerelease', 'release'] } as const;
  const pep440 = {
    name: 'pep440',
    increments: ['major', 'minor', 'patch', 'micro', 'pre', 'post', 'dev', 'release'],
  } as const;
  const calver = { name: 'calver', increments: ['auto', 'minor', 'micro'] } as const;
  const four = { name: 'parts', increments: ['major', 'feature_set', 'feature', 'patch', 'build'] } as const;
  const numbered = { name: 'parts', increments: ['part1', 'part2', 'part3', 'part4', 'part5', 'build'] } as const;
  const two = { name: 'pattern', increments: ['year', 'number'] } as const;
  const one = { name: 'pattern', increments: ['number'] } as const;

  it.each([
    [semver, 'major', 'minor', 'patch'],
    [pep440, 'major', 'minor', 'patch'],
    [calver, 'auto', 'auto', 'auto'],
    [four, 'major', 'feature', 'patch'],
    [numbered, 'part1', 'part2', 'part5'],
    [two, 'year', 'number', 'number'],
    [one, 'number', 'number', 'number'],
  ] as const)('%j is %s, %s and %s for a major, minor and patch change', (scheme, major, minor, patch) => {
    expect([partFor('major', scheme), partFor('minor', scheme), partFor('patch', scheme)]).toEqual([
      major,
      minor,
      patch,
    ]);
  });

  it('is none where a scheme has no parts', () => {
    expect(partFor('minor', { name: 'pattern', increments: [] })).toBeNull();
  });
});
