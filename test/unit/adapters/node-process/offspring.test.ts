import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../../../src/core/ports/cancel.ts';
import { atTheEnd, freshMark, leaving, processesWith, seen, waysToLeave } from './left-processes.ts';
import { type OpenProcesses, openProcesses, openThroughSpawner } from './open-processes.ts';

const shell = (script: string) => ({ command: '/bin/sh', args: ['-c', script], output: 'stream' as const });

const ends = {
  'ends by itself': { goesOn: 'exit 0', expected: 'exit' },
  'has used up its time': { goesOn: 'sleep 1000', expected: 'timeout' },
  'is cancelled': { goesOn: 'sleep 1000', expected: 'cancelled' },
} as const;

/** Runs one step of a run that may have many; `onOutput` gets what it prints. */
async function runStep(
  { run }: OpenProcesses,
  request: Parameters<OpenProcesses['processes']['run']>[0],
  onOutput: (signal: CancelSource) => void = () => {},
): Promise<string> {
  const signal = new CancelSource();
  const step = run.forStep({ env: {}, logPath: null, signal, sink: () => void onOutput(signal) });
  const { end } = await step.run(request);
  step.close();
  return end.kind;
}

/** A process that comes from no step, is nobody's child and stands where the steps do. */
async function bystander(workspace: string): Promise<{ readonly lives: () => boolean }> {
  const mark = freshMark();
  const starter = spawn('/bin/sh', ['-c', `( setsid sleep ${mark} & )`], { cwd: workspace, stdio: 'ignore' });
  await once(starter, 'exit');
  return { lives: () => processesWith(mark).length === 1 };
}

describe.each([
  { who: 'the engine', open: openProcesses },
  { who: 'the spawner', open: openThroughSpawner },
])('of what $who started', ({ open }) => {
  describe.each(Object.entries(ends))('and that %s', (name, { goesOn, expected }) => {
    it.each([
      { clear: false, environment: 'with its environment' },
      { clear: true, environment: 'without its environment' },
    ])('nothing is left $environment, and the steps beside it and others on the machine go on', async ({ clear }) => {
      const opened = open({ options: { graceMs: 2000, cancelGraceMs: 2000 } });
      const other = await bystander(opened.workspace);
      const beside = { mark: freshMark(), signal: new CancelSource() };
      const hold = opened.run.forStep({ env: {}, logPath: null, signal: beside.signal, sink: () => undefined });
      const held = hold.run(shell(`env -i setsid sleep ${beside.mark} > /dev/null 2>&1 & sleep ${beside.mark}`));

      const steps = Object.keys(waysToLeave).map(async (way) => {
        const mark = freshMark();
        const request = shell(`${leaving(way, { mark, clear })}\necho ready\n${goesOn}`);
        const timed = expected === 'timeout' ? { ...request, timeoutMs: 500 } : request;
        const kind = await runStep(opened, timed, (signal) => {
          // The script itself bears the mark, and what it has left.
          if (name === 'is cancelled') void seen(mark, way === atTheEnd ? 1 : 2).then(() => signal.cancel('enough'));
        });
        return { way, kind, left: processesWith(mark).length };
      });
      expect(await Promise.all(steps)).toEqual(
        Object.keys(waysToLeave).map((way) => ({ way, kind: expected, left: 0 })),
      );

      expect([other.lives(), processesWith(beside.mark).length]).toEqual([true, 3]);
      beside.signal.cancel('enough');
      await held;
      expect([other.lives(), processesWith(beside.mark).length]).toEqual([true, 0]);
    });
  });

  it('what let go of everything is found while its parent lives', async () => {
    const opened = open();
    const mark = freshMark();
    const script = `${withoutAnything(`sleep ${mark}`)} & echo ready; wait`;
    const kind = await runStep(
      opened,
      shell(script),
      (signal) => void seen(mark, 2).then(() => signal.cancel('enough')),
    );
    expect([kind, processesWith(mark)]).toEqual(['cancelled', []]);
  });

  it('what let go of everything is remembered when its parent has ended', async () => {
    const opened = open();
    const mark = freshMark();
    const kind = await runStep(opened, shell(`( ${withoutAnything(`sleep ${mark}`)} & sleep 0.4 ); sleep 0.2`));
    expect([kind, processesWith(mark)]).toEqual(['exit', []]);
  });

  it('a process that has only its output left is found by that', async () => {
    const opened = open();
    const mark = freshMark();
    const kind = await runStep(
      opened,
      shell(`( env -i setsid bash -c 'exec 30>&-; exec sleep ${mark}' & ); sleep 0.05`),
    );
    expect([kind, processesWith(mark)]).toEqual(['exit', []]);
  });

  it('one that starts others without end is ended with them', async () => {
    const opened = open();
    const mark = freshMark();
    const script = `i=0; while [ $i -lt 200 ]; do env -i setsid sleep ${mark} & sleep 0.005; i=$((i+1)); done`;
    const kind = await runStep(opened, shell(`env -i setsid sh -c '${script}' > /dev/null 2>&1 & sleep 0.3`));
    expect([kind, processesWith(mark)]).toEqual(['exit', []]);
  });

  it('one outside the group that holds the output does not use up the time to end', async () => {
    const opened = open({ options: { graceMs: 1_000_000 } });
    const mark = freshMark();
    const script = `setsid sh -c 'trap "" TERM; sleep ${mark}' & env -i setsid sleep ${mark} & sleep 1000`;
    const kind = await runStep(opened, { ...shell(script), timeoutMs: 200 });
    expect([kind, processesWith(mark)]).toEqual(['timeout', []]);
  });

  it('one outside the group may end in order after the step has ended', async () => {
    const opened = open();
    const file = join(opened.workspace, 'goodbye');
    const script = `setsid sh -c 'trap "echo goodbye > goodbye; exit" TERM; echo ready; sleep 1000 & wait' & wait`;
    const kind = await runStep(opened, shell(script), (signal) => signal.cancel('enough'));
    expect([kind, existsSync(file)]).toEqual(['cancelled', true]);
  });

  it('one of the group hears once that it must end', async () => {
    const opened = open();
    const listens = `trap "echo term >> heard" TERM; echo ready; i=0; while [ $i -lt 20 ]; do sleep 0.02; i=$((i+1)); done`;
    await runStep(opened, shell(`sh -c '${listens}' & wait`), (signal) => signal.cancel('enough'));
    expect(readFileSync(join(opened.workspace, 'heard'), 'utf8')).toBe('term\n');
  });
});

/** Has neither environment nor session nor a file of the step. */
function withoutAnything(program: string): string {
  return `env -i setsid bash -c 'exec 30>&-; exec ${program}' > /dev/null 2>&1 < /dev/null`;
}
