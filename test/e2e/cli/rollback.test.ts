import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lives, readRun, until } from '../../rigs/cli.ts';
import { logged, RollbackFolder, rolledBack } from '../rollback-folder.ts';

let folder: RollbackFolder;
beforeEach(() => {
  folder = new RollbackFolder();
});
afterEach(() => folder.remove());

const fails = { id: 'z', run: 'exit 3' };
const write = (id: string, path: string, text: string) => ({ id, handler: 'effects.write', config: { path, text } });

describe('vwmp rollback', () => {
  it('takes a failed run back, the newest step first, and finds nothing left to do the second time', async () => {
    const { run } = await folder.ran({ steps: [logged('a'), { id: 'plain', run: 'true' }, logged('b'), fails] });
    expect(folder.log()).toEqual(['do a', 'do b']);
    const first = await folder.rollbackAfresh(run.run_id);
    expect([first.code, first.run.status, first.stderr]).toEqual([0, 'failed', '']);
    expect(folder.log()).toEqual(['do a', 'do b', 'undo b', 'undo a']);
    expect(first.states).toEqual({ a: 'undone', plain: 'success', b: 'undone', z: 'failed' });
    expect(first.run.rollback).toEqual({
      cause: 'request',
      steps: ['b', 'a'].map((id) => ({
        id,
        visit: 1,
        status: 'undone',
        message: '',
        commands: [],
        duration_ms: expect.any(Number),
      })),
    });
    const second = await folder.rollback(run.run_id);
    expect([second.code, second.run.rollback]).toEqual([0, { cause: 'request', steps: [] }]);
    expect((await folder.here(['rollback', run.run_id])).stdout).toContain(
      'no completed step had left anything to undo',
    );
    expect(folder.log()).toHaveLength(4);
  });

  it('prints the same object as run and status, with what was taken back in it', async () => {
    const { run, stdout } = await folder.ran({ steps: [logged('a')], outputs: { x: 'given' } });
    const rolled = await folder.rollback(run.run_id);
    expect(Object.keys(JSON.parse(rolled.stdout))).toEqual([...Object.keys(JSON.parse(stdout)), 'rollback']);
    expect(rolled.run).toMatchObject({ run_id: run.run_id, status: 'success', outputs: { x: 'given' } });
    expect((await folder.newest()).run).toEqual(rolled.run);
  });

  it('takes a run back that succeeded', async () => {
    const { run, code } = await folder.ran({ steps: [logged('a'), logged('b', { required: false })] });
    expect(code).toBe(0);
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([0, ['b undone', 'a undone']]);
  });

  it('takes back every visit of a step that ran again, and puts a file back as it was before the first', async () => {
    folder.write('kept', 'before');
    const steps = [
      { id: 'w', handler: 'effects.write', config: { path: 'kept', text: 'after' } },
      logged('a', {
        run: 'echo "do $N" >> log',
        env: { N: `\${{ parameters.n }}` },
        outputs: { n: `\${{ parameters.n }}` },
        rollback: { run: 'echo "undo $M" >> log', env: { M: `\${{ steps.a.outputs.n }}` } },
      }),
      fails,
    ];
    const parameters = [{ name: 'n', type: 'string', default: 'one' }];
    const { run } = await folder.withEffects().ran({ parameters, steps });
    const again = ['--from', 'w', '--accept-changes', '--n', 'two'];
    expect((await folder.here(['resume', run.run_id, ...again])).code).toBe(1);
    const rolled = await folder.rollbackAfresh(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([0, ['a undone', 'w undone', 'a undone', 'w undone']]);
    expect(rolled.run.rollback?.steps.map(({ visit }) => visit)).toEqual([2, 2, 1, 1]);
    expect(folder.log()).toEqual(['do one', 'do two', 'undo two', 'undo one']);
    expect(folder.read('kept')).toBe('before');
  });

  it('takes a run back that was killed, and ends what that left running', async () => {
    const steps = [logged('a'), logged('b', { run: 'echo "do b" >> log; echo $$ > pid; sleep 60' }), logged('c')];
    const running = folder.start(['run', folder.define('w.json', { steps })]);
    await until(() => folder.has('pid') && folder.read('pid') !== '');
    running.child.kill('SIGKILL');
    await running.end;
    const { run } = await folder.newest();
    const rolled = await folder.rollbackAfresh(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['b left', 'a undone']]);
    expect(rolled.run.rollback?.steps[0]?.message).toContain('it was interrupted');
    expect(rolled.states).toMatchObject({ a: 'undone', b: 'cancelled' });
    expect(rolled.run.ended_at).not.toBeNull();
    expect(lives(Number(folder.read('pid')))).toBe(false);
    expect(folder.log()).toEqual(['do a', 'do b', 'undo a']);
  });

  it('goes on with a rollback that was killed, and begins once more only what was under way', async () => {
    const undo = 'echo begin >> log; if [ ! -e pid ]; then echo $$ > pid; sleep 60; fi; echo end >> log';
    const steps = [logged('a'), { id: 'slow', run: 'true', rollback: { run: undo } }, logged('b'), fails];
    const file = folder.define('w.json', { on_failure: 'rollback', steps });
    const running = folder.start(['run', file]);
    await until(() => folder.has('pid') && folder.read('pid') !== '');
    running.child.kill('SIGKILL');
    await running.end;
    const { run } = await folder.newest();
    const rolled = await folder.here(['rollback', run.run_id, '--events']);
    expect(rolled.code).toBe(0);
    expect((await folder.newest()).states).toMatchObject({ a: 'undone', slow: 'undone', b: 'undone' });
    expect(lives(Number(folder.read('pid')))).toBe(false);
    expect(folder.log()).toEqual(['do a', 'do b', 'undo b', 'begin', 'begin', 'end', 'undo a']);
  });

  it('takes the named steps back alone with --only, wherever they stand', async () => {
    const { run } = await folder.ran({ steps: ['a', 'b', 'c', 'd'].map((id) => logged(id)) });
    const one = await folder.rollback(run.run_id, '--only', 'b');
    expect([one.code, rolledBack(one)]).toEqual([0, ['b undone']]);
    const two = await folder.rollback(run.run_id, '--only', 'a,b', '--only', 'c');
    expect([two.code, rolledBack(two)]).toEqual([0, ['c undone', 'a undone']]);
    expect(folder.log().slice(4)).toEqual(['undo b', 'undo c', 'undo a']);
    expect(rolledBack(await folder.rollback(run.run_id))).toEqual(['d undone']);
  });

  it('goes by completion, not by what is written first', async () => {
    const steps = [
      logged('slow', { run: 'until [ -e fast-is-done ]; do sleep 0.05; done; echo "do slow" >> log' }),
      logged('fast', { run: 'echo "do fast" >> log' }),
      { id: 'tell', needs: ['fast'], run: 'touch fast-is-done' },
      { ...logged('after'), needs: ['slow', 'tell'] },
    ];
    const { run } = await folder.ran({ order: 'graph', max_parallel: 3, steps });
    const rolled = await folder.rollback(run.run_id);
    expect(rolledBack(rolled)).toEqual(['after undone', 'slow undone', 'fast undone']);
  });

  it('refuses what is no such run, step or command line, and undoes nothing', async () => {
    const { run } = await folder.ran({ steps: [logged('build'), fails] });
    const unknown = await folder.here(['rollback', '20200101-000000-abcdef']);
    expect([unknown.code, unknown.stderr]).toEqual([5, expect.stringContaining('No run 20200101-000000-abcdef')]);
    expect((await folder.here(['rollback', 'nonsense'])).code).toBe(5);
    expect((await folder.here(['rollback'])).code).toBe(2);
    expect((await folder.here(['rollback', run.run_id, '--from', 'a'])).code).toBe(2);
    const step = await folder.rollback(run.run_id, '--only', 'biuld,z');
    expect(step.code).toBe(2);
    expect(step.refusal).toMatchObject({
      valid: false,
      diagnostics: [{ code: 'unknown-step', severity: 'error', hint: 'did you mean `build`?' }],
    });
    expect(folder.log()).toEqual(['do build']);
  });

  it('refuses a run that is under way in another process', async () => {
    const steps = [logged('a'), { id: 'b', run: 'touch running; sleep 60' }];
    const running = folder.start(['run', folder.define('w.json', { steps }), '--json']);
    await until(() => folder.has('running'));
    const { run } = await folder.newest();
    const refused = await folder.rollback(run.run_id);
    expect([refused.code, refused.refusal.diagnostics[0]?.message]).toEqual([5, expect.stringContaining('under way')]);
    expect(folder.log()).toEqual(['do a']);
    running.child.kill('SIGINT');
    expect((await running.end).code).toBe(130);
  });

  it('goes on with the others where an undo fails, says how to try it alone, and exits with 1', async () => {
    const stubborn = logged('b', { rollback: { run: 'echo "undo b" >> log; [ -e key ]' } });
    const { run } = await folder.ran({ steps: [logged('a'), stubborn, logged('c'), fails] });
    const first = await folder.rollback(run.run_id);
    expect([first.code, rolledBack(first)]).toEqual([1, ['c undone', 'b failed', 'a undone']]);
    expect(first.run.rollback?.steps[1]).toMatchObject({
      message: expect.stringContaining('exit'),
      commands: [`vwmp rollback ${run.run_id} --only b`],
    });
    expect(first.states).toMatchObject({ b: 'success' });
    expect(first.step('z').error).toMatchObject({ kind: 'exit', exit_code: 3 });
    folder.write('key', '');
    const second = await folder.rollback(run.run_id);
    expect([second.code, rolledBack(second)]).toEqual([0, ['b undone']]);
    expect(folder.log().slice(3)).toEqual(['undo c', 'undo b', 'undo a', 'undo b']);
  });

  it('says in plain text what it did and what stands', async () => {
    const stubborn = logged('b', { name: 'Say it', rollback: { run: 'echo no; exit 4' } });
    const { run } = await folder.ran({ steps: [logged('a'), stubborn] });
    const { stdout, code } = await folder.here(['rollback', run.run_id]);
    expect(code).toBe(1);
    expect(stdout).toContain('Rolled back on request: 1 undone, 1 failed');
    expect(stdout).toMatch(/Say it \(b\) {2}failed: .*4/);
    expect(stdout).toContain(`$ vwmp rollback ${run.run_id} --only b`);
    const { stdout: quiet } = await folder.here(['rollback', run.run_id, '--quiet']);
    expect(quiet).toContain('1 failed');
  });

  it('prints each event as a line of JSON with --events', async () => {
    const { run } = await folder.ran({ steps: [logged('a')] });
    const { stdout } = await folder.here(['rollback', run.run_id, '--events']);
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(['rollback-started', 'undo-started', 'step-undone', 'run-ended']);
  });
});

describe("a step's own rollback", () => {
  it('reads what the step gave, the parameters of the run and secrets that are given again', async () => {
    folder.write('secrets.json', '{"TOKEN":"s3cret-token"}');
    const undo = {
      run: 'echo "undo $N for $WHO with $TOKEN $MODE" >> log; echo "printed $TOKEN"',
      env: { N: `\${{ steps.a.outputs.number }}`, WHO: `\${{ parameters.who }}`, MODE: `\${{ steps.a.status }}` },
      secrets: ['TOKEN'],
    };
    const steps = [{ id: 'a', run: 'echo number=5 >> "$VWMP_OUTPUT"', rollback: undo }];
    const parameters = [{ name: 'who', type: 'string', default: 'me' }];
    const { run } = await folder.ran({ parameters, steps }, '--secrets-file', 'secrets.json', '--who', 'ada');
    const without = await folder.rollback(run.run_id);
    expect([without.code, without.run.rollback?.steps[0]?.message]).toEqual([1, expect.stringContaining('"TOKEN"')]);
    expect((await folder.rollback(run.run_id, '--secrets-file', 'secrets.json')).code).toBe(0);
    expect(folder.log()).toEqual(['undo 5 for ada with s3cret-token success']);
    const { stdout } = await folder.here(['logs', run.run_id, 'a']);
    expect(stdout).toContain('printed ***');
  });

  it('has its own timeout and retry', async () => {
    const hangs = { run: 'sleep 60', timeout: '200ms' };
    const flaky = {
      run: 'echo "undo b" >> log; echo "the line is busy"; [ "$(grep -c "undo b" log)" = 2 ]',
      retry: { max_attempts: 3, delay: '10ms', on: [1] },
    };
    const { run } = await folder.ran({ steps: [logged('a', { rollback: hangs }), logged('b', { rollback: flaky })] });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['b undone', 'a failed']]);
    expect(rolled.run.rollback?.steps[1]?.message).toContain('longer than 0.2 s');
    expect(folder.log().slice(2)).toEqual(['undo b', 'undo b']);
  });

  it('is tried again where a pattern fits what it printed', async () => {
    const flaky = {
      run: 'echo "undo b" >> log; echo "the line is busy"; [ "$(grep -c "undo b" log)" = 2 ]',
      retry: { max_attempts: 3, delay: '10ms', on: ['/line is busy/'] },
    };
    const { run } = await folder.ran({ steps: [logged('b', { rollback: flaky })] });
    expect(rolledBack(await folder.rollback(run.run_id))).toEqual(['b undone']);
    expect(folder.log().slice(1)).toEqual(['undo b', 'undo b']);
  });

  it('may be an action of a module that nothing else names', async () => {
    const answer = `async ({}, { files }) => { await files.write('log', 'undone by a module'); return {}; }`;
    folder.write(
      'modules/given/index.js',
      `module.exports = { name: 'given', version: '1.0.0', actions: { answer: ${answer} } };`,
    );
    const { run } = await folder.ran({
      steps: [{ id: 'a', run: 'true', rollback: { module: 'given', action: 'answer' } }],
    });
    expect((await folder.rollback(run.run_id)).code).toBe(0);
    expect(folder.log()).toEqual(['undone by a module']);
  });

  it('that asks for another attempt by a condition reads how often it was tried', async () => {
    const undo = {
      run: 'echo "undo a" >> log; exit 1',
      retry: { max_attempts: 5, delay: '10ms', condition: 'steps.a.attempts < 3' },
    };
    const { run } = await folder.ran({ steps: [logged('a', { rollback: undo })] });
    expect(rolledBack(await folder.rollback(run.run_id))).toEqual(['a failed']);
    expect(folder.log().slice(1)).toEqual(['undo a', 'undo a', 'undo a']);
  });

  it('that cannot be settled fails alone', async () => {
    const undo = { run: 'true', env: { N: `\${{ fromJSON(steps.a.outputs.text).x }}` } };
    const steps = [logged('first'), { id: 'a', run: 'echo text={ >> "$VWMP_OUTPUT"', rollback: undo }];
    const { run } = await folder.ran({ steps });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['a failed', 'first undone']]);
  });

  it('may be any handler, and stands for the one that a handler brings', async () => {
    folder.withEffects();
    const rollback = { handler: 'effects.write', config: { path: 'undone.txt', text: 'yes' } };
    const steps = [
      { id: 'a', handler: 'effects.book', rollback },
      { id: 'b', handler: 'effects.final', rollback: { run: 'echo "undo b" >> log' } },
    ];
    const { run } = await folder.ran({ steps });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([0, ['b undone', 'a undone']]);
    expect([folder.log(), folder.read('undone.txt')]).toEqual([['do a', 'do b', 'undo b'], 'yes']);
  });
});

describe('files that steps wrote', () => {
  beforeEach(() => folder.withEffects());

  it('come back byte for byte, with the folders that were made for new ones', async () => {
    folder.write('VERSION', '\uFEFF1.0\r\n');
    const steps = [
      write('a', 'VERSION docs/new/a.md docs/new/b.md', '2.0\n'),
      write('b', 'VERSION', '3.0\n'),
      write('same', 'same.txt', 'same'),
    ];
    folder.write('same.txt', 'same');
    const { run } = await folder.ran({ steps });
    expect(folder.read('VERSION')).toBe('3.0\n');
    const rolled = await folder.rollback(run.run_id);
    expect(rolled.code).toBe(0);
    expect([folder.read('VERSION'), folder.has('docs'), folder.read('same.txt')]).toEqual([
      '\uFEFF1.0\r\n',
      false,
      'same',
    ]);
  });

  it('are left and named where a person has changed them since', async () => {
    folder.write('VERSION', '1.0');
    const { run } = await folder.ran({
      steps: [write('a', 'other.txt', 'x'), write('b', 'VERSION new.txt', '2.0'), logged('c')],
    });
    folder.write('VERSION', 'mine');
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['c undone', 'b left', 'a undone']]);
    expect(rolled.run.rollback?.steps[1]).toMatchObject({
      message: expect.stringMatching(/^VERSION is not as the step left it/),
      commands: [expect.stringContaining('VERSION')],
    });
    expect([folder.read('VERSION'), folder.has('new.txt'), folder.has('other.txt')]).toEqual(['mine', false, false]);
    folder.write('VERSION', '2.0');
    expect((await folder.rollback(run.run_id)).code).toBe(0);
    expect(folder.read('VERSION')).toBe('1.0');
  });

  it('stay where their copy is gone, and the step says so', async () => {
    folder.write('VERSION', '1.0');
    const { run } = await folder.ran({ steps: [write('a', 'VERSION', '2.0')] });
    await folder.shell(`rm -r .vwmp/runs/${run.run_id}/before/*`);
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['a failed']]);
    expect(rolled.run.rollback?.steps[0]?.message).toContain('"VERSION"');
    expect(folder.read('VERSION')).toBe('2.0');
  });

  it('come back where the run died after they were written', async () => {
    folder.write('VERSION', '1.0');
    const steps = [write('a', 'VERSION', '2.0'), { id: 'b', run: 'touch running; sleep 60' }];
    const running = folder.start(['run', folder.define('w.json', { steps })]);
    await until(() => folder.has('running'));
    running.child.kill('SIGKILL');
    await running.end;
    const rolled = await folder.rollback((await folder.newest()).run.run_id);
    expect([rolled.code, folder.read('VERSION')]).toEqual([0, '1.0']);
  });
});

describe('a step whose engine died after it had written', () => {
  it('is taken back with what it wrote then, although it found that done when it ran again', async () => {
    folder.withEffects();
    const steps = [{ id: 'a', handler: 'effects.once', config: { path: 'new.txt' } }];
    const running = folder.start(['run', folder.define('w.json', { steps })]);
    await until(() => folder.has('new.txt'));
    running.child.kill('SIGKILL');
    await running.end;
    folder.write('go', '');
    const { run } = await folder.newest();
    expect(readRun(await folder.here(['resume', run.run_id, '--json'])).code).toBe(0);
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled), folder.has('new.txt')]).toEqual([0, ['a undone'], false]);
  });
});

describe('a step that can never be undone', () => {
  const steps = [logged('a'), { id: 'publish', handler: 'effects.final' }, logged('b')];

  it('ends the rollback before it, and what is left is listed with the command for it', async () => {
    const { run } = await folder.withEffects().ran({ steps });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['b undone', 'publish left', 'a left']]);
    expect(rolled.run.rollback?.steps.slice(1)).toMatchObject([
      { message: 'what it did cannot be undone', commands: [] },
      {
        message: 'it came before "publish", which cannot be undone',
        commands: [`vwmp rollback ${run.run_id} --only a`],
      },
    ]);
    const only = await folder.rollback(run.run_id, '--only', 'a');
    expect([only.code, rolledBack(only)]).toEqual([0, ['a undone']]);
    const never = await folder.rollback(run.run_id, '--only', 'publish');
    expect([never.code, rolledBack(never)]).toEqual([1, ['publish left']]);
  });
});

describe('a run that is taken up again', () => {
  it('is rolled back over both its parts, each step once', async () => {
    const steps = [
      logged('a'),
      logged('b', { run: 'echo "do b" >> log; [ -e go ]', retry: { max_attempts: 2, delay: '10ms' } }),
      logged('c'),
    ];
    const { run } = await folder.ran({ steps });
    folder.write('go', '');
    expect(readRun(await folder.here(['resume', run.run_id, '--json'])).code).toBe(0);
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([0, ['c undone', 'b undone', 'a undone']]);
    expect(folder.log()).toEqual(['do a', 'do b', 'do b', 'do b', 'do c', 'undo c', 'undo b', 'undo a']);
  });

  it('runs what was undone again, and is rolled back anew', async () => {
    const { run } = await folder.ran({ steps: [logged('a'), logged('b'), { id: 'z', run: '[ -e go ]' }] });
    await folder.rollback(run.run_id, '--only', 'b');
    folder.write('go', '');
    const resumed = readRun(await folder.here(['resume', run.run_id, '--json']));
    expect([resumed.code, resumed.states]).toEqual([0, { a: 'success', b: 'success', z: 'success' }]);
    expect(rolledBack(await folder.rollback(run.run_id))).toEqual(['b undone', 'a undone']);
    expect(folder.log()).toEqual(['do a', 'do b', 'undo b', 'do b', 'undo b', 'undo a']);
  });
});

describe('a run that succeeded and was rolled back', () => {
  it('is opened by a resume, which runs again what was undone and nothing else', async () => {
    const { run } = await folder.ran({ steps: [logged('a'), logged('b')] });
    await folder.rollback(run.run_id, '--only', 'b');
    const resumed = readRun(await folder.here(['resume', run.run_id, '--json']));
    expect([resumed.code, resumed.states]).toEqual([0, { a: 'success', b: 'success' }]);
    expect(folder.log()).toEqual(['do a', 'do b', 'undo b', 'do b']);
  });
});

describe('`on_failure: rollback`', () => {
  const definition = {
    on_failure: 'rollback',
    steps: [logged('a'), logged('b'), fails, logged('never')],
    finally: [{ id: 'f', run: 'echo "finally $A" >> log', env: { A: `\${{ steps.a.status }}` } }],
  };

  it('takes a failed run back before `finally`, and the run stays failed with its first error', async () => {
    const { run, code, states } = await folder.ran(definition);
    expect([code, run.status, run.rollback?.cause]).toEqual([1, 'failed', 'failure']);
    expect(states).toEqual({ a: 'undone', b: 'undone', z: 'failed', never: 'blocked', f: 'success' });
    expect(folder.log()).toEqual(['do a', 'do b', 'undo b', 'undo a', 'finally undone']);
    const again = await folder.rollback(run.run_id);
    expect([again.code, again.run.rollback]).toEqual([0, { cause: 'request', steps: [] }]);
  });

  it('says so in the log and at the end', async () => {
    const { stdout, code } = await folder.here(['run', folder.define('w.json', definition)]);
    expect(code).toBe(1);
    expect(stdout).toContain('rolling back');
    expect(stdout).toContain('Rolled back: 2 undone');
  });

  it('counts a failing undo beside the first error, never instead of it', async () => {
    const stubborn = logged('b', { rollback: { run: 'exit 9' } });
    const { run, code, step } = await folder.ran({ ...definition, steps: [logged('a'), stubborn, fails] });
    expect([code, run.status]).toEqual([1, 'failed']);
    expect(run.rollback?.steps.map(({ id, status }) => `${id} ${status}`)).toEqual(['b failed', 'a undone']);
    expect(step('z').error?.exit_code).toBe(3);
    expect((await folder.here(['status', run.run_id])).stdout).toMatch(/exit 3 in z/);
  });

  it('is not what follows a cancel', async () => {
    const steps = [logged('a'), { id: 'b', run: 'touch running; sleep 60' }];
    const running = folder.start(['run', folder.define('w.json', { ...definition, steps }), '--json']);
    await until(() => folder.has('running'));
    running.child.kill('SIGTERM');
    const { code, run } = readRun(await running.end);
    expect([code, run.status, run.rollback]).toEqual([130, 'cancelled', undefined]);
    expect(folder.log()).toEqual(['do a', 'finally success']);
  });
});

describe('a rollback that is cancelled', () => {
  const undo = { run: 'echo "undo b begins" >> log; until [ -e go ]; do sleep 0.02; done; echo "undo b" >> log' };
  const steps = [logged('a'), logged('b', { rollback: undo }), logged('c')];

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s lets the step that is being taken back end, leaves the rest and exits with 130',
    async (signal) => {
      const { run } = await folder.ran({ steps });
      const running = folder.start(['rollback', run.run_id, '--events']);
      await until(() => folder.log().includes('undo b begins'));
      running.child.kill(signal);
      await until(() => running.printed().includes('cancel-requested'));
      folder.write('go', '');
      const { code } = await running.end;
      const told = await folder.newest();
      expect(rolledBack(told)).toEqual(['c undone', 'b undone', 'a left']);
      expect(told.run.rollback?.steps[2]).toMatchObject({
        message: expect.stringContaining(signal),
        commands: [`vwmp rollback ${run.run_id} --only a`],
      });
      expect(code).toBe(130);
      expect(rolledBack(await folder.rollback(run.run_id))).toEqual(['a undone']);
    },
  );

  it('a second time ends what is being taken back as well', async () => {
    const { run } = await folder.ran({ steps });
    const running = folder.start(['rollback', run.run_id, '--events']);
    await until(() => folder.log().includes('undo b begins'));
    running.child.kill('SIGINT');
    await until(() => running.printed().includes('cancel-requested'));
    running.child.kill('SIGINT');
    expect((await running.end).code).toBe(130);
    expect(rolledBack(await folder.newest())).toEqual(['c undone', 'b failed', 'a left']);
    folder.write('go', '');
    expect((await folder.rollback(run.run_id)).code).toBe(0);
  });
});
