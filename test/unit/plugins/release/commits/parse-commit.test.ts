import { describe, expect, it } from 'vitest';
import type { Change, ParsedCommit } from '../../../../../plugins/release/commits/commit-model.ts';
import type { ParseSettings } from '../../../../../plugins/release/commits/commit-settings.ts';
import { parseCommit } from '../../../../../plugins/release/commits/parse-commit.ts';
import { commit, hashOf } from './sample-commits.ts';

const settings: ParseSettings = { merges: 'ignore', squashBodies: false, isReleaseCommit: () => false };

function parse(message: string, more: Partial<ParseSettings> = {}, parents?: number): ParsedCommit {
  return parseCommit(commit(message, 1, parents === undefined ? {} : { parents }), { ...settings, ...more });
}

function changes(message: string, more: Partial<ParseSettings> = {}, parents?: number): readonly Change[] {
  const parsed = parse(message, more, parents);
  return parsed.kind === 'changes' ? parsed.changes : [];
}

describe('the subject of a commit', () => {
  it.each([
    ['feat: add a door', 'feat', null, 'add a door', false],
    ['FEAT: add a door', 'feat', null, 'add a door', false],
    ['fix(core): close it', 'fix', 'core', 'close it', false],
    ['fix( core ): close it', 'fix', 'core', 'close it', false],
    ['fix(core/ui, api): close it', 'fix', 'core/ui, api', 'close it', false],
    ['fix(größe): ändern', 'fix', 'größe', 'ändern', false],
    ['feat!: open it', 'feat', null, 'open it', true],
    ['feat(api)!: open it', 'feat', 'api', 'open it', true],
    ['feat: a: b', 'feat', null, 'a: b', false],
    ['build-deps: raise one', 'build-deps', null, 'raise one', false],
    ['fix(): no scope', 'fix', null, 'no scope', false],
    ['feat: a door (#12)', 'feat', null, 'a door', false],
    ['feat: a door (pull request #12)', 'feat', null, 'a door', false],
  ])('%s is read as type, scope and text', (subject, type, scope, text, breaking) => {
    const parsed = fix(subject);
    expect(parsed).toMatchObject({ type, scope, subject: text, breaking });
  });

  function fix(subject: string): Change | null {
    const parsed = parse(subject);
    if (parsed.kind === 'changes') return parsed.changes[0] ?? null;
    return parsed.kind === 'unconventional' ? parsed.change : null;
  }

  it.each([
    'Add a door',
    'fix:without a blank',
    'feat : blank before the colon',
    'feat: ',
    'fixup! feat: a door',
    'http://example.invalid is down',
    '(core): no type',
    'feat(a)(b): two scopes',
    ': nothing',
    '✨ add a door',
    'ABC-123: add a door',
    'A1-2(core)!: add a door',
  ])('%s is not conventional', (subject) => {
    expect(parse(subject)).toMatchObject({ kind: 'unconventional', change: { type: '*', subject: subject.trim() } });
  });

  it('gives the number that a squash merge puts at its end', () => {
    expect(changes('feat: a door (#123)')[0]).toMatchObject({ pullRequest: '123', references: [] });
  });

  it('is one line without control characters at any rate', () => {
    const parsed = parseCommit({ ...commit('x'), subject: 'feat: a\u2028b\tc\nd' }, settings);
    expect(parsed).toMatchObject({ kind: 'changes', changes: [{ subject: 'a b c d' }] });
  });

  it('may be empty', () => {
    expect(parse('')).toMatchObject({ kind: 'unconventional', change: { subject: '' } });
  });
});

describe('the footers of a commit', () => {
  it.each(['BREAKING CHANGE', 'BREAKING-CHANGE'])('%s makes it breaking and says what breaks', (footer) => {
    expect(changes(`fix: x\n\nWhy.\n\n${footer}: the door\nopens inwards\n\nReviewed-by: Z`)[0]).toMatchObject({
      breaking: true,
      breakingNotes: ['the door\nopens inwards'],
    });
  });

  it('break in commits that are not conventional too', () => {
    expect(parse('Turn the door\n\nBREAKING CHANGE: it opens inwards')).toMatchObject({
      kind: 'unconventional',
      change: { breaking: true, breakingNotes: ['it opens inwards'] },
    });
  });

  it.each(['breaking change: no', 'This is no BREAKING CHANGE: at all', 'BREAKING CHANGE without a colon'])(
    '"%s" breaks nothing',
    (line) => {
      expect(changes(`fix: x\n\n${line}`)[0]).toMatchObject({ breaking: false, breakingNotes: [] });
    },
  );

  it.each([
    ['Closes #12', 'closes', null, '#', '12'],
    ['Fixes: #12', 'fixes', null, '#', '12'],
    ['resolves other/place#3', 'resolves', 'other/place', '#', '3'],
    ['Closes GH-7', 'closes', null, 'GH-', '7'],
    ['See #9', null, null, '#', '9'],
  ])('%s names an issue', (line, action, repository, prefix, issue) => {
    expect(changes(`fix: x\n\n${line}`)[0]?.references).toEqual([{ action, repository, prefix, issue }]);
  });

  it('say what breaks up to the next footer, with issues that the text speaks of', () => {
    const note = 'The option is gone, use y.\nRead #99 for how to migrate your\nconfiguration.\n\n- step one';
    expect(changes(`fix: x\n\nBREAKING CHANGE: ${note}\n\nReviewed-by: Z\nmore`)[0]).toMatchObject({
      breakingNotes: [note],
      references: [{ action: null, issue: '99' }],
    });
  });

  it.each(['Closes #12', 'Fixes GH-12 for good', 'Refs #12, #13 and #14', 'Closes: #12', 'See-also: z', 'fix: more'])(
    '"%s" is a footer of its own below what breaks',
    (line) => {
      expect(changes(`fix: x\n\nBREAKING CHANGE: the door\n${line}\nrest`)[0]?.breakingNotes).toEqual(['the door']);
    },
  );

  it('are none in code that shows what breaks', () => {
    const note = 'write this\n```yaml\nold: 1\nnew: 2\n```\ninstead';
    expect(changes(`fix: x\n\nBREAKING CHANGE: ${note}\nReviewed-by: Z`)[0]?.breakingNotes).toEqual([note]);
  });

  it('may say twice what breaks', () => {
    const text = 'fix: x\n\nBREAKING CHANGE: a\n```\nb\nBREAKING-CHANGE: c\n\nd';
    expect(changes(text)[0]?.breakingNotes).toEqual(['a\n```\nb', 'c\n\nd']);
  });

  it('stand apart from the line that a platform draws above co-authors', () => {
    const text = 'feat: x (#1)\n\nBREAKING CHANGE: a\n\n---------\n\nCo-authored-by: Bo <b@example.invalid>';
    expect(changes(text)[0]?.breakingNotes).toEqual(['a']);
  });

  it('name co-authors after the author, each once', () => {
    const text = 'fix: x\n\nCo-authored-by: Bo <bo@example.invalid>\nco-authored-by: Ada <a@example.invalid>';
    expect(changes(text)[0]?.authors).toEqual(['Ada', 'Bo']);
  });

  it.each([
    ['Release-As: 2.0.0', '2.0.0'],
    ['release-as: v3.0.0-rc.1', '3.0.0-rc.1'],
    ['Release-As: 1!2.0', '1!2.0'],
    ['Release-As: 2.0.0; rm -rf /', null],
    ['See Release-As: 2.0.0', null],
  ])('%s asks for a version', (line, releaseAs) => {
    expect(parse(`chore: x\n\n${line}`)).toMatchObject({ releaseAs });
  });
});

describe('a commit that says nothing', () => {
  it.each([
    'Merge pull request #12 from x/y\n\nfeat: a door',
    "Merge branch 'main' into x",
    "Merge branches 'a' and 'b'",
    "Merge remote-tracking branch 'origin/main'",
    "Merge tag 'v1.0.0'",
    'Merged in feature/x (pull request #3)',
    'Merged PR 17: feat: a door',
  ])('is the merge "%s"', (message) => {
    expect(parse(message)).toMatchObject({ kind: 'merge' });
  });

  it('is a commit with two parents, whatever it is called', () => {
    expect(parse('feat: a door (#12)', {}, 2)).toMatchObject({ kind: 'merge' });
  });

  it('is not one that is only called a merge', () => {
    expect(parse("Merge branch 'a' into b", {}, 1)).toMatchObject({ kind: 'unconventional' });
  });

  it('is one that an earlier release made', () => {
    const isReleaseCommit = ({ subject }: { subject: string }) => subject.startsWith('chore(release)');
    expect(parse('chore(release): 1.2.0', { isReleaseCommit })).toEqual({ kind: 'release' });
    for (const subject of ['Revert "chore(release): 1.2.0"', 'revert: chore(release): 1.2.0']) {
      expect(parse(subject, { isReleaseCommit })).toEqual({ kind: 'release' });
      expect(parse(subject).kind).toBe('revert');
    }
  });

  it.each(['feat: x [skip release]', 'feat: x\n\n[release skip]', 'feat: x [No Release]'])(
    'is one that asks for it: %s',
    (message) => {
      expect(parse(message)).toEqual({ kind: 'skipped' });
    },
  );
});

describe('a merge whose title counts', () => {
  const merges = 'title';

  it.each([
    [
      'Merge pull request #12 from x/y\n\nfeat: a door\n\nMore.',
      { type: 'feat', subject: 'a door', pullRequest: '12' },
    ],
    ['Merge pull request #12 from x/y\n\nfix: it (#12)', { type: 'fix', subject: 'it', pullRequest: '12' }],
    ['Merged PR 17: feat(api): a door', { type: 'feat', scope: 'api', subject: 'a door', pullRequest: '17' }],
    ["Merge branch 'x' into 'main'\n\nfix: it", { type: 'fix', subject: 'it', pullRequest: null }],
  ])('is the change that its title says: %s', (message, expected) => {
    expect(changes(message, { merges })).toMatchObject([expected]);
  });

  it('may have the title for a subject', () => {
    expect(changes('feat: a door (#12)', { merges }, 2)).toMatchObject([{ type: 'feat', pullRequest: '12' }]);
  });

  it('is ignored where it has none', () => {
    expect(parse("Merge branch 'main' into x", { merges })).toMatchObject({ kind: 'merge' });
  });
});

describe('the body of a squash merge', () => {
  const body = 'feat: a door (#9)\n\n* feat: a door\n* fix(lock): turn it\n* wip\n* fix(lock): turn it\n- docs: say so';

  it('says nothing by default', () => {
    expect(changes(body)).toHaveLength(1);
  });

  it('lists changes where that is wanted; each counts once, and the title is not repeated', () => {
    expect(changes(body, { squashBodies: true }).map(({ type, scope }) => [type, scope])).toEqual([
      ['feat', null],
      ['fix', 'lock'],
      ['docs', null],
    ]);
  });

  it('counts without a conventional title', () => {
    expect(changes('A door (#9)\n\n* feat: a door', { squashBodies: true })).toMatchObject([
      { type: 'feat', hash: hashOf(1) },
    ]);
  });

  it('gives each change the footers below it, and the number of the pull request', () => {
    const text =
      'Rework the API (#20)\n\n* feat: x one\n\n* fix: y two (#19)\n\nBREAKING CHANGE: it is gone\n\nCloses #5';
    expect(changes(text, { squashBodies: true })).toMatchObject([
      { subject: 'x one', pullRequest: '20', breaking: false, references: [] },
      {
        subject: 'y two',
        pullRequest: '19',
        breaking: true,
        breakingNotes: ['it is gone'],
        references: [{ action: 'closes', issue: '5' }],
      },
    ]);
  });

  it('gives the title what stands above the changes and below a line that repeats it', () => {
    const text =
      'feat: a door (#9)\n\nCloses #1\n\n* fix: it\n\n* feat: a door\n\nBREAKING CHANGE: opens inwards\n\n* docs: it';
    expect(changes(text, { squashBodies: true })).toMatchObject([
      { type: 'feat', breakingNotes: ['opens inwards'], references: [{ issue: '1' }] },
      { type: 'fix', breaking: false, references: [] },
      { type: 'docs', breaking: false },
    ]);
  });

  it('loses nothing above the first change where the title is none', () => {
    const text = 'A door (#9)\n\nBREAKING CHANGE: opens inwards\nCloses #1\n\n* feat: a door\n\n* fix: it';
    expect(changes(text, { squashBodies: true })).toMatchObject([
      { type: 'feat', breakingNotes: ['opens inwards'], references: [{ issue: '1' }] },
      { type: 'fix', breaking: false, references: [] },
    ]);
  });

  it('says what breaks in a change that has the sign for it, and in one that is listed twice', () => {
    const text = 'A door\n\n* feat!: a door\n\nBREAKING CHANGE: a\n\n* fix: it\n\n* fix: it\n\nBREAKING CHANGE: b';
    expect(changes(text, { squashBodies: true })).toMatchObject([{ breakingNotes: ['a'] }, { breakingNotes: ['b'] }]);
  });

  it('ends what breaks at a commit without a type, and keeps what that one breaks', () => {
    const text =
      'A door (#9)\n\n* fix: it\n\nBREAKING CHANGE: a\n\nMore of a:\n* one\n* two\n\n* wip\n\nBREAKING CHANGE: b\n\n* review';
    expect(changes(text, { squashBodies: true })).toMatchObject([
      { type: 'fix', breakingNotes: ['a\n\nMore of a:\n* one\n* two', 'b'] },
    ]);
    const other = 'fix: it\n\n- docs: say so\n\nBREAKING CHANGE: a\n\n* no commit of this list';
    expect(changes(other, { squashBodies: true })).toMatchObject([
      { breakingNotes: [] },
      { breakingNotes: ['a\n\n* no commit of this list'] },
    ]);
  });

  it('gives at most 500 changes', () => {
    const lines = Array.from({ length: 700 }, (_, at) => `* fix: ${at}`).join('\n');
    expect(changes(`feat: all\n\n${lines}`, { squashBodies: true })).toHaveLength(501);
  });
});

describe('a revert', () => {
  it('names what it takes back', () => {
    expect(
      parse('Revert "feat: a door"\n\nThis reverts commit 1234567890abcdef1234567890abcdef12345678.'),
    ).toMatchObject({
      kind: 'revert',
      target: { hashes: ['1234567890abcdef1234567890abcdef12345678'], subject: null },
      change: { type: 'revert', subject: 'feat: a door' },
    });
  });

  it('may be squashed, with the number of its own pull request and the subject of the other', () => {
    expect(parse('Revert "feat: a door (#11)" (#12)\n\nReverts x/y#11')).toMatchObject({
      kind: 'revert',
      target: { hashes: [], subject: 'feat: a door (#11)' },
      change: { type: 'revert', pullRequest: '12' },
    });
  });

  it('may be a type, with object names in a footer', () => {
    expect(parse('revert: let us forget the noodles\n\nRefs: 676104e, a215868')).toMatchObject({
      kind: 'revert',
      target: { hashes: ['676104e', 'a215868'] },
      change: { type: 'revert', subject: 'let us forget the noodles' },
    });
  });

  it.each([
    ['Revert "Revert "feat: a door""', 'feat', 'a door'],
    ['Reapply "feat(x): a door"', 'feat', 'a door'],
    ['Revert "Reapply "feat: a door""', 'revert', 'feat: a door'],
    ['Revert "Revert "Revert "feat: a door"""', 'revert', 'feat: a door'],
    ['Reapply "A door"', 'revert', 'A door'],
  ])('%s counts as what it comes to', (subject, type, text) => {
    expect(parse(`${subject}\n\nThis reverts commit 1234567.`)).toMatchObject({
      kind: 'revert',
      change: { type, subject: text },
    });
  });

  it('is none where a body only tells of one', () => {
    expect(parse('feat: a door\n\nThis reverts commit 1234567.')).toMatchObject({ kind: 'changes' });
  });
});

describe('a hostile message', () => {
  it.each([
    ['fields of the parser', 'fix: x (#1)\n\n-notes-\nx\n-references-\ny\n-type-\nfeat\nBREAKING CHANGE: z\nCloses #2'],
    ['thousands of footers that name issues', `fix: x\n\n${'BREAKING CHANGE: y\nRefs #1, #2\n'.repeat(50_000)}`],
    ['a footer of thousands of issues', `fix: x\n\nBREAKING CHANGE: y\nRefs ${'#1 and , '.repeat(50_000)}x`],
    ['thousands of footers', `fix: x\n\n${'BREAKING CHANGE: y\n'.repeat(50_000)}`],
    ['thousands of references', `fix: x\n\n${'#1 '.repeat(50_000)}`],
    ['blanks after an action', `fix: x #1\n\nfix${' '.repeat(200_000)}\u2028x`],
    ['separators of lines', `fix: x #1\n\n${'fixes \u2028'.repeat(20_000)}`],
    ['nested quotes', `Revert "${'Revert "'.repeat(100)}x`],
    ['a long word', `fix: ${'a'.repeat(500_000)}#1`],
    ['a long scope', `fix(${'('.repeat(100_000)}): x #1`],
    ['a prototype', 'fix: x #1\n\n-__proto__-\nx\n-constructor-\ny'],
  ])('with %s is read without harm', (_, message) => {
    const parsed = parse(message);
    expect(['changes', 'unconventional', 'revert']).toContain(parsed.kind);
  });

  it('keeps its type where its body names another', () => {
    expect(changes('fix: x (#1)\n\n-type-\nfeat\n')[0]?.type).toBe('fix');
  });

  it('keeps footers at the end of a body that is cut', () => {
    expect(changes(`fix: x\n\n${'word '.repeat(20_000)}\n\nBREAKING CHANGE: all of it`)[0]?.breakingNotes).toEqual([
      'all of it',
    ]);
  });

  it('has at most 50 references', () => {
    const issues = Array.from({ length: 300 }, (_, at) => `Closes #${at}`).join('\n');
    expect(changes(`fix: x\n\n${issues}`)[0]?.references).toHaveLength(50);
  });
});
