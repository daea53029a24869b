import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Review, rowOf, said } from './review.ts';

let review: Review;
beforeAll(() => {
  review = new Review();
});
afterAll(() => review.remove());

const rule = { rule: 'branch-name' };

describe('branch-name', () => {
  it.each(['main', 'patch-1', 'feature/e21-s4-login', 'dependabot/npm_and_yarn/a-1.2.3', 'epic/21-story-3', 'v2.x'])(
    'lets %s pass by default',
    async (branch) => {
      expect(said(await review.rule(rule, { branch }))).toEqual([]);
    },
  );

  it.each(['a b', '-x', 'a//b', 'a/', '$(touch pwned)', '`id`', 'a;b', 'ünder', '🚀', 'a\n::error::b', "a'b", ''])(
    'refuses %j by default, and shows the pattern',
    async (branch) => {
      const [first] = said(await review.rule(rule, { branch }));
      expect(first).toContain('does not match the pattern `^[A-Za-z0-9]');
      expect(first).not.toContain('\n');
      expect(review.work.has('pwned')).toBe(false);
    },
  );

  it('takes a pattern of its own', async () => {
    const own = { ...rule, pattern: '^(feature|fix)/' };
    expect(said(await review.rule(own, { branch: 'fix/x' }))).toEqual([]);
    expect(said(await review.rule(own, { branch: 'x' }))).toEqual([
      'error: the branch "x" does not match the pattern `^(feature|fix)/`',
    ]);
  });

  it('runs a hostile pattern in linear time, and refuses what is none', async () => {
    const branch = 'a'.repeat(90);
    expect(said(await review.rule({ ...rule, pattern: '^(a+)+$' }, { branch: `${branch}!` }))).toHaveLength(1);
    expect(rowOf(await review.rule({ ...rule, pattern: '(' }, { branch })).reason).toContain('cannot be read');
  });

  it('can ask for an epic, as releases read it', async () => {
    const own = { ...rule, work_item: true };
    expect(said(await review.rule(own, { branch: 'epic/21-story-3' }))).toEqual([]);
    expect(said(await review.rule(own, { branch: 'login' }))).toHaveLength(1);
  });

  it('has a longest name', async () => {
    expect(said(await review.rule(rule, { branch: 'x'.repeat(101) }))).toEqual([
      expect.stringContaining('has 101 characters, and 100 is the most'),
    ]);
    expect(said(await review.rule({ ...rule, max_length: 3 }, { branch: 'four' }))).toHaveLength(1);
  });

  it('reads the branch that is checked out where the change names none', async () => {
    review.work.git('switch', '--quiet', '--create', 'ünder');
    expect(said(await review.rule(rule))[0]).toContain('"ünder"');
    review.work.git('switch', '--quiet', '--detach');
    expect(rowOf(await review.rule(rule))).toMatchObject({ status: 'skipped' });
  });
});
