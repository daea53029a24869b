import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHandler } from '../../../../rigs/step-driver.ts';
import { contextIn, findingsOf, Review, rowOf, said } from './review.ts';

let review: Review;
beforeEach(() => {
  review = new Review();
});
afterEach(() => review.remove());

describe('clean-tree', () => {
  it('passes where everything is committed', async () => {
    expect((await review.rule({ rule: 'clean-tree' })).kind).toBe('success');
  });

  it('names what is not, each file once for each state', async () => {
    review.work.write('README.md', 'changed\n');
    review.work.write('new file.txt', 'x');
    review.work.write('staged.txt', 'x');
    review.work.git('add', 'staged.txt');
    const outcome = await review.rule({ rule: 'clean-tree' });
    expect(findingsOf(outcome).map(({ file, message }) => [file, message])).toEqual([
      ['README.md', 'the file is changed'],
      ['staged.txt', 'the file is staged and not committed'],
      ['new file.txt', 'the file is not tracked'],
    ]);
  });

  it.each([
    [['*.log'], ['b.txt', 'sub/a.log', 'sub/deep/c.log']],
    [['**/*.log'], ['b.txt']],
    [['sub/**'], ['a.log', 'b.txt']],
    [
      ['./?.txt', 'sub/*'],
      ['a.log', 'sub/deep/c.log'],
    ],
    [['(a|b).*'], ['a.log', 'b.txt', 'sub/a.log', 'sub/deep/c.log']],
  ])('leaves %j out', async (ignore, left) => {
    for (const path of ['a.log', 'b.txt', 'sub/a.log', 'sub/deep/c.log']) review.work.write(path, 'x');
    const outcome = await review.rule({ rule: 'clean-tree', ignore });
    expect(findingsOf(outcome).map(({ file }) => file)).toEqual(left);
  });

  it('speaks of the tree before any script ran beside it', async () => {
    review.work.git('switch', '--quiet', '--create', 'topic');
    review.commit('chore: a script', { 'a.sh': 'echo x > made\n' });
    const outcome = await review.run({ validators: ['a.sh', 'clean-tree'], max_parallel: 1 });
    expect(said(outcome)).toEqual(['warning: a.sh added or changed files: made']);
    expect(outcome.kind).toBe('success');
  });

  it('fails where there is no git', async () => {
    const outcome = await review.run({ validators: ['clean-tree'] }, { adapters: {} });
    expect(rowOf(outcome)).toMatchObject({ status: 'failed' });
  });
});

describe('scripts that change the workspace', () => {
  it('are warned of by name, with what they added, changed, staged, deleted or put back', async () => {
    review.commit('chore: files', {
      'a.sh': 'echo x >> changed; rm gone; echo x > "new one"; git add new*; git checkout -q mine\n',
      changed: '',
      gone: 'x',
      mine: 'x',
    });
    review.work.write('mine', 'work of somebody');
    review.work.write('same', 'untracked before and after');
    const outcome = await review.run({ validators: ['a.sh'] });
    expect(said(outcome)).toEqual(['warning: a.sh added or changed files: changed, gone, mine, new one']);
    expect(outcome).toMatchObject({ kind: 'success', outputs: { warning_count: 1 } });
  });

  it('are warned of too where the file differed already', async () => {
    review.commit('chore: files', { 'a.sh': 'echo x >> dirty; echo x > loose; rm -f link; ln -s b link\n', dirty: '' });
    review.work.write('dirty', 'work of somebody');
    review.work.write('loose', 'not tracked');
    review.work.write('same', 'not tracked either');
    const outcome = await review.run({ validators: ['a.sh'] });
    expect(said(outcome)).toEqual(['warning: a.sh added or changed files: dirty, link, loose']);
  });

  it('fail in strict mode', async () => {
    review.commit('chore: a script', { 'a.sh': 'echo x > made\n', 'b.sh': 'exit 0\n' });
    const outcome = await review.run({ validators: ['a.sh', 'b.sh'], strict_mode: true });
    expect(outcome.kind).toBe('failed');
    expect(said(outcome)).toEqual(['warning: validators added or changed files: made']);
  });

  it('are left in peace where git ignores what they make, and where there is no repository', async () => {
    review.commit('chore: a script', { 'a.sh': 'echo x > made.log\n', '.gitignore': '*.log\n' });
    expect(said(await review.run({ validators: ['a.sh'] }))).toEqual([]);
    expect(said(await review.run({ validators: ['a.sh'] }, { adapters: {} }))).toEqual([]);
  });

  it('cost one look at the tree before and one after', async () => {
    review.commit('chore: a script', { 'a.sh': 'exit 0\n' });
    const context = contextIn(review.work, { validators: ['a.sh', 'a.sh', 'a.sh'] });
    await findHandler('project.run_validators').execute(context);
    expect(context.started.filter(({ command }) => command === 'git')).toHaveLength(2);
  });
});
