import { afterAll, describe, expect, it } from 'vitest';
import { CliFolder, lives, readRun, until } from '../../rigs/cli.ts';

const folder = new CliFolder();
afterAll(() => folder.remove());

/** Processes that wrote their number into a file. */
const pids = (file: string) => folder.lines(file).map(Number);

describe('what a step started', () => {
  it('is gone when the step is: children that ignore signals, left the session, were born twice or know nothing of it', async () => {
    const stays = (file: string) => `echo $$ >> ${file}; trap "" TERM INT HUP; sleep 60`;
    folder.write('stays.sh', 'echo $$ >> "$1"\ntrap "" TERM INT HUP\nsleep 60\n');
    const { step } = await folder.run(
      folder.define('trees.json', {
        order: 'graph',
        max_parallel: 4,
        steps: [
          { id: 'stubborn', run: `bash stays.sh a & ${stays('a')}`, timeout: '300ms', required: false },
          { id: 'session', run: 'setsid bash stays.sh b & sleep 60', timeout: '300ms', required: false },
          {
            id: 'twice',
            run: '( setsid bash -c "bash stays.sh c & disown" > /dev/null 2>&1 & ); sleep 60',
            timeout: '300ms',
            required: false,
          },
          { id: 'left', run: '( setsid bash stays.sh d > /dev/null 2>&1 & ); until [ -s d ]; do sleep 0.01; done' },
          {
            id: 'nameless',
            run: '( env -i setsid bash stays.sh f > /dev/null 2>&1 & ); until [ -s f ]; do sleep 0.01; done',
          },
          { id: 'holding', run: 'env -i setsid bash stays.sh i & sleep 60', timeout: '300ms', required: false },
        ],
      }),
    );
    for (const id of ['stubborn', 'session', 'twice', 'holding'])
      expect([id, step(id).error?.kind]).toEqual([id, 'timeout']);
    for (const id of ['left', 'nameless']) expect([id, step(id).status]).toEqual([id, 'success']);
    const started = ['a', 'b', 'c', 'd', 'f', 'i'].flatMap(pids);
    expect(started.length).toBeGreaterThanOrEqual(7);
    expect(started.filter(lives)).toEqual([]);
  });

  it('is gone after Ctrl-C, what ran is cancelled, `finally` runs, and the exit code is 130', async () => {
    const file = folder.define('int.json', {
      steps: [
        { id: 'a', run: 'true' },
        { id: 'b', run: 'sleep 60 & echo $! >> e; echo $$ >> e; wait' },
        { id: 'c', run: 'touch never' },
      ],
      finally: [{ id: 'f', run: 'touch cleaned' }],
    });
    const running = folder.start(['run', file, '--json']);
    await until(() => pids('e').length === 2);
    running.child.kill('SIGINT');
    const { run, states, code } = readRun(await running.end);
    expect([code, run.status]).toEqual([130, 'cancelled']);
    expect(states).toMatchObject({ a: 'success', b: 'cancelled', f: 'success' });
    expect([folder.has('cleaned'), folder.has('never')]).toEqual([true, false]);
    expect(pids('e').filter(lives)).toEqual([]);
  });

  it('is gone after a second signal, which ends `finally` too', async () => {
    const file = folder.define('twice.json', {
      steps: [{ id: 'b', run: 'echo $$ >> g; sleep 60' }],
      finally: [{ id: 'f', run: 'echo $$ >> h; sleep 60' }],
    });
    const running = folder.start(['run', file, '--json']);
    await until(() => pids('g').length === 1);
    running.child.kill('SIGTERM');
    await until(() => pids('h').length === 1);
    running.child.kill('SIGTERM');
    const { states, code } = readRun(await running.end);
    expect(code).toBe(130);
    expect(states).toEqual({ b: 'cancelled', f: 'cancelled' });
    expect([...pids('g'), ...pids('h')].filter(lives)).toEqual([]);
  });
});
