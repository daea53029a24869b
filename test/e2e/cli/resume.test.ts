import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliFolder, type RunResult, readRun, until } from '../../rigs/cli.ts';

const three = {
  parameters: [
    { name: 'p', type: 'string', default: 'v' },
    { name: 'late', type: 'string', default: 'l' },
    { name: 'token', type: 'string', secret: true, required: true },
  ],
  steps: [
    { id: 'a', run: 'echo a >> log; echo x=$P >> $VWMP_OUTPUT', env: { P: '{{ parameters.p }}' } },
    { id: 'b', run: 'echo b >> log; test -e go' },
    {
      id: 'c',
      run: 'echo "c $L ${#T}" >> log',
      env: { L: '{{ parameters.late }}', T: '{{ parameters.token }}' },
    },
  ],
  finally: [{ id: 'f', run: 'echo f >> log' }],
  outputs: { x: '{{ steps.a.outputs.x }}' },
};
const token = ['--token', 'abcdef'];

describe('resume', () => {
  let folder: CliFolder;
  beforeEach(() => {
    folder = new CliFolder();
  });
  afterEach(() => folder.remove());

  const resume = async (id: string, ...args: readonly string[]): Promise<RunResult> =>
    readRun(await folder.vwmp(['resume', id, '--json', ...args]));
  const errors = ({ refusal }: RunResult) => refusal.diagnostics.filter(({ severity }) => severity === 'error');
  const newest = async () => readRun(await folder.vwmp(['status', '--json'])).run;

  it('runs again what failed and what came after it, and nothing that had ended in success', async () => {
    const { run } = await folder.run(folder.define('w.json', three), ...token);
    expect(folder.lines('log')).toEqual(['a', 'b', 'f']);
    folder.write('go', '');
    const resumed = await resume(run.run_id, ...token);
    expect(resumed.code).toBe(0);
    expect(resumed.run.run_id).toBe(run.run_id);
    expect(resumed.outputs).toEqual({ x: 'v' });
    expect(resumed.step('b')).toMatchObject({ status: 'success', attempts: 1, visits: 2 });
    expect(folder.lines('log')).toEqual(['a', 'b', 'f', 'b', 'c l 6', 'f']);
  });

  it('goes on with as many steps at once as it is told', async () => {
    const waits = (id: string, other: string) => ({
      id,
      // Both have to run at once for either to end.
      run: `touch ${id}; [ -e go ] || exit 1; until [ -e ${other} ]; do sleep 0.02; done`,
      required: false,
      timeout: '6s',
    });
    const steps = [waits('a', 'b'), waits('b', 'a'), { id: 'z', run: '[ -e go ]' }];
    const file = folder.define('w.json', { order: 'graph', max_parallel: 1, steps });
    const { run, code } = await folder.run(file);
    expect(code).toBe(1);
    await folder.shell('rm a b');
    folder.write('go', '');
    const { states } = await resume(run.run_id, '--max-parallel', '2');
    expect(states).toEqual({ a: 'success', b: 'success', z: 'success' });
  });

  it('leaves a run that succeeded as it is, and runs a part of it again with --from', async () => {
    folder.write('go', '');
    const { run } = await folder.run(folder.define('w.json', three), ...token);
    const again = await resume(run.run_id, ...token);
    expect([again.code, again.run.status]).toEqual([0, 'success']);
    expect(again.run.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('nothing of it is left'),
    );
    expect(folder.lines('log')).toEqual(['a', 'b', 'c l 6', 'f']);
    await resume(run.run_id, ...token, '--from', 'c');
    expect(folder.lines('log')).toEqual(['a', 'b', 'c l 6', 'f', 'c l 6', 'f']);
  });

  it('needs the secrets again, and refuses values that a finished step had read otherwise', async () => {
    const { run } = await folder.run(folder.define('w.json', three), ...token);
    folder.write('go', '');
    const without = await resume(run.run_id);
    expect([without.code, errors(without)[0]?.path]).toEqual([2, 'parameters.token']);
    const read = await resume(run.run_id, ...token, '--p', 'w');
    expect([read.code, errors(read)[0]?.code]).toEqual([5, 'changed']);
    expect((await resume(run.run_id, ...token, '--late', 'm')).code).toBe(0);
    expect(folder.lines('log').slice(3)).toEqual(['b', 'c m 6', 'f']);
  });

  it('shows what changed in the definition, and goes on with --accept-changes', async () => {
    const { run } = await folder.run(folder.define('w.json', three), ...token);
    folder.write('go', '');
    const [a, b] = three.steps;
    folder.define('w.json', { ...three, steps: [a, b, { id: 'new', run: 'echo new >> log' }] });
    const refused = await resume(run.run_id, ...token);
    expect([refused.code, errors(refused)[0]?.code]).toEqual([5, 'changed']);
    expect(errors(refused)[0]?.message).toContain('new steps: new; removed steps: c');
    expect((await resume(run.run_id, '--accept-changes', ...token)).states).toMatchObject({
      a: 'success',
      new: 'success',
    });
    expect(folder.lines('log').slice(3)).toEqual(['b', 'new', 'f']);
  });

  it('takes a run up whose engine was killed, and ends what that left running', async () => {
    const steps = [
      { id: 'a', run: 'echo a >> log' },
      { id: 'b', run: 'echo b >> log; [ -e go ] || sleep 60; echo done >> log' },
      { id: 'c', run: 'echo c >> log' },
    ];
    const running = folder.start(['run', folder.define('k.json', { steps }), '--durability', 'full']);
    await until(() => folder.lines('log').includes('b'));
    running.child.kill('SIGKILL');
    await running.end;
    const { run_id: id, status, ended_at: endedAt } = await newest();
    expect([status, endedAt]).toEqual(['running', null]);
    folder.write('go', '');
    const { states, code } = await resume(id);
    expect([code, states]).toEqual([0, { a: 'success', b: 'success', c: 'success' }]);
    expect(folder.lines('log')).toEqual(['a', 'b', 'b', 'done', 'c']);
  });

  it('takes a cancelled run up, but never one that is under way in another process', async () => {
    const steps = [{ id: 'b', run: 'echo b >> log; [ -e go ] || sleep 60' }];
    const running = folder.start(['run', folder.define('k.json', { steps }), '--json']);
    await until(() => folder.lines('log').length === 1);
    const { run_id: id } = await newest();
    const second = await resume(id);
    expect([second.code, errors(second)[0]?.message]).toEqual([5, expect.stringContaining('under way')]);
    running.child.kill('SIGINT');
    expect((await running.end).code).toBe(130);
    folder.write('go', '');
    expect((await resume(id)).states).toEqual({ b: 'success' });
  });

  it('refuses a run that is not recorded, with exit code 5', async () => {
    const unknown = await folder.vwmp(['resume', '20200101-000000-abcdef']);
    expect([unknown.code, unknown.stderr]).toEqual([5, expect.stringContaining('No run 20200101-000000-abcdef')]);
    expect((await folder.vwmp(['resume', 'nonsense'])).code).toBe(5);
    expect((await folder.vwmp(['resume'])).code).toBe(2);
    expect((await folder.vwmp(['status'])).code).toBe(5);
  });
});
