import { describe, expect, it } from 'vitest';
import { type CollectedCommits, CommitCollector } from '../../../../../plugins/release/commits/commit-collector.ts';
import { readRules } from '../../../../../plugins/release/commits/commit-rules.ts';
import { defaultCommitSettings } from '../../../../../plugins/release/commits/commit-settings.ts';
import { collect, commit, hashOf } from './sample-commits.ts';

function totals(collected: CollectedCommits): { [type: string]: number } {
  return Object.fromEntries(collected.groups.map((group) => [group.type, group.total]));
}

function rulesOf(value: { [type: string]: string }) {
  const answer = readRules(value);
  if (answer.kind === 'wrong') throw new Error(answer.problems.join());
  return { rules: answer.rules };
}

describe('the commits of a range', () => {
  it('are counted by type', () => {
    const collected = collect(['feat: a', 'fix: b', 'fix: c', 'docs: d', 'Nothing']);
    expect(totals(collected)).toEqual({ feat: 1, fix: 2, docs: 1, '*': 1 });
    expect(collected).toMatchObject({ total: 5, ignored: { unconventional: 1, merges: 0 } });
  });

  it('are listed newest first', () => {
    expect(collect(['fix: c', 'fix: b', 'fix: a']).groups[0]?.shown.map(({ subject }) => subject)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it.each([
    [['fix: a', 'feat: b', 'fix!: c', 'feat: d'], 'major', 'c'],
    [['fix: a', 'feat: b', 'feat: c'], 'minor', 'b'],
    [['docs: a', 'perf: b', 'fix: c'], 'patch', 'b'],
  ])('of %j release a %s, and the newest of the highest decides', (messages, increment, subject) => {
    expect(collect(messages).decisive).toMatchObject({ increment, change: { subject } });
  });

  it.each([[[]], [['docs: a', 'chore: b']], [['Words']], [["Merge branch 'x'"]]])(
    'of %j release nothing',
    (messages) => {
      expect(collect(messages).decisive).toBeNull();
    },
  );

  it('name those who made them, the newest first', () => {
    const collector = new CommitCollector();
    collector.add(commit('fix: a', 2, { author: 'Bo' }));
    collector.add(commit('docs: b\n\nCo-authored-by: Cy <c@example.invalid>', 1, { author: 'Ada' }));
    expect(collector.result().contributors).toEqual(['Bo', 'Ada', 'Cy']);
  });

  it('may force a version, and the newest wins', () => {
    const messages = ['fix: a', 'chore: b\n\nRelease-As: 3.0.0', 'chore: c\n\nRelease-As: 2.0.0'];
    expect(collect(messages).releaseAs).toEqual({ version: '3.0.0', hash: hashOf(2) });
  });

  it('force none where they are left out', () => {
    expect(collect(['chore: b [skip release]\n\nRelease-As: 3.0.0']).releaseAs).toBeNull();
  });

  it('are asked for at any time, and more may follow', () => {
    const collector = new CommitCollector();
    collector.add(commit('Revert "fix: a"\n\nThis reverts commit 0000001.', 2));
    expect(totals(collector.result())).toEqual({ revert: 1 });
    collector.add(commit('fix: a', 1));
    expect(totals(collector.result())).toEqual({});
  });

  it('keep breaking changes apart', () => {
    const { breaking } = collect(['feat!: a', 'chore: b\n\nBREAKING CHANGE: c', 'fix: d']);
    expect(breaking).toMatchObject({ total: 2, shown: [{ subject: 'a' }, { subject: 'b' }] });
  });
});

describe('rules by type', () => {
  it.each([
    [{ docs: 'patch' }, ['docs: a'], 'patch'],
    [{ feat: 'patch' }, ['feat: a'], 'patch'],
    [{ feat: 'none' }, ['feat: a'], undefined],
    [{ 'deps(major)': 'minor' }, ['deps(major): a'], 'minor'],
    [{ 'deps(major)': 'minor' }, ['deps(Major): a'], 'minor'],
    [{ 'deps(major)': 'minor' }, ['deps(other): a'], undefined],
    [{ 'fix(docs)': 'none' }, ['fix(docs): a'], undefined],
    [{ '*': 'patch' }, ['odd: a'], 'patch'],
    [{ '*': 'patch' }, ['Words'], 'patch'],
    [{ '*': 'patch' }, ['docs: a'], undefined],
    [{ breaking: 'minor' }, ['docs!: a'], 'minor'],
    [{ breaking: 'none' }, ['feat!: a'], 'minor'],
    [{ DOCS: 'patch' }, ['docs: a'], 'patch'],
    [{}, ['breaking: a'], undefined],
    [{}, ['docs!: a'], 'major'],
  ])('%j make of %j: %s', (rules, messages, increment) => {
    expect(collect(messages, rulesOf(rules)).decisive?.increment).toBe(increment);
  });

  it('count what is not conventional once `*` is set', () => {
    const collected = collect(['Words'], rulesOf({ '*': 'patch' }));
    expect(collected).toMatchObject({ ignored: { unconventional: 0 }, groups: [{ type: '*', total: 1 }] });
  });

  it.each([
    [{ feat: 'huge' }, '`rules.feat` has to be major, minor, patch or none'],
    [{ feat: 1 }, '`rules.feat` has to be major, minor, patch or none'],
    [{ 'a b': 'minor' }, '`rules` has the key `a b`: write `type`, `type(scope)` or `*`'],
    [{ '*(x)': 'minor' }, '`rules` has the key `*(x)`: write `type`, `type(scope)` or `*`'],
    [{ 'feat()': 'minor' }, '`rules` has the key `feat()`: write `type`, `type(scope)` or `*`'],
    [[], '`rules` has to be a map of types to increments'],
  ])('%j are refused', (value, problem) => {
    expect(readRules(value)).toEqual({ kind: 'wrong', problems: [problem] });
  });

  it('are refused with all mistakes at once', () => {
    expect(readRules({ feat: 'x', fix: 'y' })).toMatchObject({ problems: { length: 2 } });
  });
});

describe('reverts in a range', () => {
  const reverting = (number: number, subject: string) =>
    `Revert "${subject}"\n\nThis reverts commit ${hashOf(number)}.`;

  it('vanish together with what they take back', () => {
    const collected = collect([reverting(1, 'feat: a'), 'feat: a']);
    expect(collected).toMatchObject({ total: 2, groups: [], decisive: null, ignored: { reverted: 2 } });
  });

  it('leave the rest of the range alone', () => {
    expect(collect(['fix: b', reverting(1, 'feat!: a'), 'feat!: a'])).toMatchObject({
      decisive: { increment: 'patch' },
      breaking: { total: 0, shown: [] },
    });
  });

  it('count as a patch where what they take back is older than the range', () => {
    expect(collect([reverting(99, 'feat: a'), 'docs: b'])).toMatchObject({
      decisive: { increment: 'patch', change: { type: 'revert', subject: 'feat: a' } },
      groups: [{ type: 'docs' }, { type: 'revert', total: 1 }],
    });
  });

  it('restore a commit that was taken back', () => {
    const messages = [reverting(2, 'Revert "feat: a"'), reverting(1, 'feat: a'), 'feat: a'];
    expect(totals(collect(messages))).toEqual({ feat: 1 });
    expect(collect(messages).decisive?.increment).toBe('minor');
  });

  it('take back a third time', () => {
    const messages = [
      reverting(3, 'Revert "Revert "feat: a""'),
      reverting(2, 'Revert "feat: a"'),
      reverting(1, 'feat: a'),
      'feat: a',
    ];
    expect(totals(collect(messages))).toEqual({});
  });

  it('count as what they restore where that is older than the range', () => {
    expect(collect([`Reapply "feat: a"\n\nThis reverts commit ${hashOf(99)}.`]).decisive?.increment).toBe('minor');
  });

  it('find a commit by an abbreviated name', () => {
    expect(totals(collect([`Revert "feat: a"\n\nThis reverts commit ${hashOf(1).slice(0, 9)}.`, 'feat: a']))).toEqual(
      {},
    );
  });

  it('find a squash merge by its subject and number', () => {
    expect(totals(collect(['Revert "feat: a (#11)" (#12)\n\nReverts x/y#11', 'feat: a (#11)']))).toEqual({});
  });

  it('do not find a commit by a subject that others may have too', () => {
    expect(totals(collect(['Revert "feat: a"', 'feat: a']))).toEqual({ feat: 1, revert: 1 });
  });

  it('vanish only once all they take back is found', () => {
    const both = `revert: two\n\nThis reverts commit ${hashOf(1)}.\nThis reverts commit ${hashOf(99)}.`;
    expect(totals(collect([both, 'feat: a']))).toEqual({ revert: 1 });
    const found = `revert: two\n\nThis reverts commit ${hashOf(1)}.\nThis reverts commit ${hashOf(2)}.`;
    expect(totals(collect([found, 'fix: b', 'feat: a']))).toEqual({});
  });

  it('of a merge do not vanish, for what was merged stays in the range', () => {
    expect(totals(collect([reverting(1, "Merge branch 'x'"), "Merge branch 'x'"]))).toEqual({ revert: 1 });
  });

  it('stand in their place among the others of their type', () => {
    const messages = ['feat: c', `Reapply "feat: b"\n\nThis reverts commit ${hashOf(99)}.`, 'feat: a'];
    expect(collect(messages).groups[0]?.shown.map(({ subject }) => subject)).toEqual(['c', 'b', 'a']);
  });
});

describe('a hundred thousand commits', () => {
  const many = 100_000;

  function sizesOf(messageAt: (at: number) => string): { collector: CommitCollector; largest: number } {
    const collector = new CommitCollector({ ...defaultCommitSettings, mostPerType: 100 });
    let largest = 0;
    for (let at = 0; at < many; at++) {
      collector.add(commit(messageAt(at), many - at));
      largest = Math.max(largest, collector.size);
    }
    return { collector, largest };
  }

  it('are counted in full while only the newest of each type are kept', () => {
    const types = ['feat', 'fix!', 'docs', 'chore'];
    const { collector, largest } = sizesOf((at) => `${types[at % 4]}: change ${at} (#${at})\n\nWhy.\n\nCloses #${at}`);
    const collected = collector.result();
    expect(largest).toBeLessThanOrEqual(4 * 100 + 100 + 4 + 1);
    expect(collected.total).toBe(many);
    expect(totals(collected)).toEqual({ feat: 25_000, fix: 25_000, docs: 25_000, chore: 25_000 });
    expect(collected.groups.every((group) => group.shown.length === 100)).toBe(true);
    expect(collected.groups[0]?.shown[0]?.subject).toBe('change 0');
    expect(collected.breaking.total).toBe(25_000);
  });

  it('of as many types do not fill memory', () => {
    const { collector, largest } = sizesOf((at) => `type-${at}: x`);
    expect(largest).toBeLessThan(500);
    expect(collector.result().groups.reduce((sum, group) => sum + group.total, 0)).toBe(many);
  });

  it('of as many authors do not fill memory', () => {
    const collector = new CommitCollector();
    for (let at = 0; at < 5000; at++) collector.add(commit('docs: x', at, { author: `Author ${at}` }));
    expect(collector.result().contributors).toHaveLength(1000);
  });

  it('that take back what is not there do not fill memory', () => {
    const { collector, largest } = sizesOf((at) => `Revert "feat: x"\n\nThis reverts commit ${hashOf(at + many * 2)}.`);
    expect(largest).toBeLessThanOrEqual(2 * 10_000 + 1000);
    expect(totals(collector.result())).toEqual({ revert: many });
  });
});
