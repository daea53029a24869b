import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding, Json, JsonMap } from '../../../../../src/plugin-api/index.ts';
import { findHandler } from '../../../../rigs/step-driver.ts';
import { contextIn, findingsOf, Review, rowOf } from './review.ts';
import { eslint } from './sarif-documents.ts';

let review: Review;
let base: string;
beforeEach(() => {
  review = new Review();
  base = review.commit('chore: files', {
    'old.txt': '1\n2\n3\n',
    'touched.txt': '1\n2\n3\n4\n5\n',
    '.gitignore': '*.out\n',
    'lint.sh': 'cat lint.out; exit "$(cat code.out)"\n',
  });
  review.commit('fix: a change', { 'touched.txt': '1\n2\nthree\n4\n5\nsix\n', 'new file.txt': 'x\n' });
});
afterEach(() => review.remove());

const places: readonly (readonly [string, number?])[] = [
  ['old.txt', 1],
  ['touched.txt', 1],
  ['touched.txt', 3],
  ['touched.txt', 6],
  ['touched.txt'],
  ['new file.txt', 1],
];
const all = places.map(([file, line]) => ({
  level: 'error',
  message: 'm',
  file,
  ...(line === undefined ? {} : { line }),
}));
const without = { level: 'error', message: 'no place' };

function lint(found: readonly JsonMap[], config: JsonMap = {}, code = 0) {
  review.work.write('lint.out', found.map((finding) => `${JSON.stringify(finding)}\n`).join(''));
  review.work.write('code.out', String(code));
  return review.run({ validators: ['lint.sh'], change: { base }, ...config });
}

const placed = (findings: readonly Finding[]) => findings.map(({ file, line, changed }) => [file, line, changed]);

describe('findings on a change', () => {
  it('are marked by where they stand', async () => {
    expect(placed(findingsOf(await lint([...all, without])))).toEqual([
      ['old.txt', 1, undefined],
      ['touched.txt', 1, 'file'],
      ['touched.txt', 3, 'lines'],
      ['touched.txt', 6, 'lines'],
      ['touched.txt', undefined, 'file'],
      ['new file.txt', 1, 'lines'],
      [undefined, undefined, undefined],
    ]);
  });

  it.each<[Json, readonly string[]]>([
    [true, ['touched.txt:3', 'touched.txt:6', 'touched.txt:', 'new file.txt:1', ':']],
    ['lines', ['touched.txt:3', 'touched.txt:6', 'touched.txt:', 'new file.txt:1', ':']],
    ['files', ['touched.txt:1', 'touched.txt:3', 'touched.txt:6', 'touched.txt:', 'new file.txt:1', ':']],
  ])('are all that is kept with only_changed: %j; the others are counted', async (only, kept) => {
    const outcome = await lint([...all, without], { only_changed: only });
    expect(findingsOf(outcome).map(({ file = '', line = '' }) => `${file}:${line}`)).toEqual(kept);
    expect(outcome).toMatchObject({ kind: 'failed', outputs: { left_out: 7 - kept.length, error_count: kept.length } });
  });

  it('decide alone whether a linter that ends with 1 has failed', async () => {
    const outside = [{ level: 'error', message: 'm', file: 'old.txt', line: 1 }];
    const passed = await lint(outside, { only_changed: true }, 1);
    expect(passed).toMatchObject({ kind: 'success', outputs: { left_out: 1 } });
    expect(rowOf(passed)).toMatchObject({ status: 'passed', reason: 'what it found stands outside of the change' });
    expect((await lint(outside, { only_changed: false }, 1)).kind).toBe('failed');
    expect((await lint(outside, { only_changed: true }, 2)).kind).toBe('failed');
    expect((await lint([], { only_changed: true }, 1)).kind).toBe('failed');
    expect((await lint([...outside, without], { only_changed: true }, 1)).kind).toBe('failed');
  });

  it('are all kept where nothing tells what has changed', async () => {
    const config = { only_changed: true };
    expect(findingsOf(await lint(all, { ...config, change: {} }))).toHaveLength(6);
    expect(findingsOf(await lint(all, { ...config, change: { base: '0'.repeat(40) } }))).toHaveLength(6);
    const context = contextIn(review.work, { validators: ['lint.sh'], change: { base: 'nowhere' }, ...config });
    await findHandler('project.run_validators').execute(context);
    expect(context.logged.join('\n')).toMatch(/warning: the change cannot be told from its base `nowhere`/);
    expect(context.logged.join('\n')).toMatch(/all findings are kept/);
  });

  it('leave findings of rules alone: they speak of the change as a whole', async () => {
    review.work.write('old.txt', 'changed, not committed\n');
    const outcome = await review.run({ validators: ['clean-tree'], change: { base }, only_changed: true });
    expect(findingsOf(outcome)).toMatchObject([{ file: 'old.txt' }]);
  });

  it('cost no process where none has a file', async () => {
    review.work.write('lint.out', JSON.stringify(without));
    review.work.write('code.out', '0');
    const context = contextIn(review.work, { validators: ['lint.sh'], change: { base } });
    await findHandler('project.run_validators').execute(context);
    expect(context.started.filter(({ command }) => command === 'git')).toHaveLength(2);
  });
});

describe('more findings than a step may have', () => {
  it('are cut to those on the change first, then errors; the log tells how many are left out', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => ({
      level: at < 600 ? 'warning' : 'error',
      message: `m${at}`,
      file: 'old.txt',
    }));
    review.work.write('lint.out', [...many, all[2]].map((finding) => `${JSON.stringify(finding)}\n`).join(''));
    review.work.write('code.out', '0');
    const context = contextIn(review.work, { validators: ['lint.sh'], change: { base } });
    const outcome = await findHandler('project.run_validators').execute(context);
    const kept = findingsOf(outcome);
    expect(kept).toHaveLength(1_000);
    expect(kept[0]).toMatchObject({ file: 'touched.txt', changed: 'lines' });
    expect(kept.filter(({ level }) => level === 'error')).toHaveLength(601);
    expect(outcome).toMatchObject({ outputs: { error_count: 601, warning_count: 600 } });
    expect(context.logged).toContain('warning: 201 further findings are left out of the report');
  });
});

describe('a script that gives SARIF', () => {
  const failing = (outcome: Awaited<ReturnType<Review['run']>>) => rowOf(outcome).reason;

  it('may print it as one document', async () => {
    review.work.write('lint.out', JSON.stringify(eslint(review.work.path), null, 2));
    review.work.write('code.out', '1');
    const outcome = await review.run({ validators: ['lint.sh'] });
    expect(findingsOf(outcome)).toMatchObject([{ file: 'src/a b.js', line: 3, rule: 'no-unused-vars' }]);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'exit', exitCode: 1 } });
  });

  it('may write it to a file that the step names, and print what it likes', async () => {
    review.work.write('sarif.sh', 'cat lint.out > lint.sarif.out; echo "::notice::printed"\n');
    review.work.write('lint.out', `\ufeff${JSON.stringify(eslint(review.work.path))}`);
    const outcome = await review.run({ validators: [{ script: 'sarif.sh', sarif: './lint.sarif.out' }] });
    expect(findingsOf(outcome).map(({ message }) => message)).toEqual([
      "'x' is assigned a value but never used.",
      'printed',
    ]);
    expect(rowOf(outcome)).toMatchObject({ status: 'failed', errors: 1 });
  });

  it('fails where the file is missing, a folder, too large or something else', async () => {
    review.work.write('sarif.sh', 'exit 0\n');
    const run = (sarif: string) => review.run({ validators: [{ script: 'sarif.sh', sarif }] });
    expect(failing(await run('gone.out'))).toContain('the file does not exist');
    expect(failing(await run('.git'))).toContain('it is a folder');
    expect(failing(await run('README.md'))).toContain('README.md holds no SARIF: it is no JSON map');
    review.work.write('large.out', ' '.repeat(10 * 1024 * 1024 + 1));
    expect(failing(await run('large.out'))).toContain('it is larger than 10 MiB');
    await expect(run('../x')).rejects.toThrow('outside the workspace');
  });

  it('says that it cannot read another version', async () => {
    review.work.write('lint.out', '{"version":"2.0.0","runs":[]}');
    review.work.write('code.out', '0');
    const context = contextIn(review.work, { validators: ['lint.sh'] });
    await findHandler('project.run_validators').execute(context);
    expect(context.logged).toContain('warning: lint.sh printed SARIF that is not read: its version is not 2.1.0');
  });
});
