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

  it('stand in the change where a file only lost lines, was renamed, deleted or given another mode', async () => {
    const start = review.commit('chore: more', {
      'less.txt': '1\n2\n',
      'was.txt': 'x\n',
      'gone.txt': 'y\n',
      run: 'z\n',
    });
    review.work.git('mv', 'was.txt', 'is.txt');
    review.work.git('rm', '--quiet', 'gone.txt');
    review.work.write('run', 'z\n', 0o755);
    review.commit('fix: less', { 'less.txt': '2\n' });
    const paths = ['less.txt', 'is.txt', 'was.txt', 'gone.txt', 'run'];
    const onLine = paths.map((file) => ({ level: 'error', message: 'm', file, line: 1 }));
    const onFile = paths.map((file) => ({ level: 'error', message: 'm', file }));
    const lintWith = (only: string) => lint([...onLine, ...onFile], { only_changed: only, change: { base: start } }, 1);
    expect(placed(findingsOf(await lintWith('files')))).toHaveLength(10);
    const kept = placed(findingsOf(await lintWith('lines')));
    expect(kept).toEqual(paths.map((file) => [file, undefined, 'file']));
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
    expect(kept).toHaveLength(1_001);
    expect(kept.at(-1)).toEqual({
      level: 'warning',
      message: '201 further findings of level warning are left out of the report',
      rule: 'left-out',
      count: 201,
    });
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

  it('fails where the document is missing, whatever else it printed outside of the change', async () => {
    review.work.write('crash.sh', 'echo "::warning file=old.txt,line=1::m"\nexit "$(cat code.out)"\n');
    const run = (code: number) => {
      review.work.write('code.out', String(code));
      const validators = [{ script: 'crash.sh', sarif: 'gone.out' }];
      return review.run({ validators, change: { base }, only_changed: true });
    };
    const missing = 'gone.out holds no SARIF: the file does not exist';
    const crashed = await run(1);
    expect(crashed).toMatchObject({ kind: 'failed', outputs: { left_out: 1 } });
    expect(rowOf(crashed)).toMatchObject({ status: 'failed', exit_code: 1, reason: `exit code 1; ${missing}` });
    expect(rowOf(await run(0))).toMatchObject({ status: 'failed', exit_code: 0, reason: missing });
  });

  const results = (count: number, path: string) =>
    Array.from({ length: count }, () => ({
      level: 'error',
      message: { text: 'm' },
      locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: 3 } } }],
    }));
  const sarif = (found: readonly object[]) => JSON.stringify({ version: '2.1.0', runs: [{ results: found }] });

  it('is looked through for what stands in the change, behind thousands of others', async () => {
    review.work.write('lint.out', sarif([...results(12_000, 'old.txt'), ...results(1, 'touched.txt')]));
    review.work.write('code.out', '1');
    const outcome = await review.run({ validators: ['lint.sh'], change: { base }, only_changed: true });
    expect(placed(findingsOf(outcome))).toEqual([['touched.txt', 3, 'lines']]);
    expect(outcome).toMatchObject({ kind: 'failed', outputs: { error_count: 1, left_out: 12_000 } });
  });

  it('fails where it has more results than are read', async () => {
    const many = Array.from({ length: 100_001 }, () => ({ level: 'note', message: { text: 'm' } }));
    review.work.write('lint.out', sarif(many));
    review.work.write('code.out', '0');
    const outcome = await review.run({ validators: ['lint.sh'], change: { base }, only_changed: true });
    expect(failing(outcome)).toBe('1 results behind the first 100,000 are not read');
  });

  it('says that it cannot read another version', async () => {
    review.work.write('lint.out', '{"version":"2.0.0","runs":[]}');
    review.work.write('code.out', '0');
    const context = contextIn(review.work, { validators: ['lint.sh'] });
    await findHandler('project.run_validators').execute(context);
    expect(context.logged).toContain('warning: lint.sh printed SARIF that is not read: its version is not 2.1.0');
  });
});
