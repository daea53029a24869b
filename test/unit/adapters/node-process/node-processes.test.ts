import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killLeftOvers } from '../../../../src/adapters/node-process/node-processes.ts';
import { processesContract } from '../../../contract/processes.ts';
import { lives, numbersIn, openProcesses, openThroughSpawner } from './open-processes.ts';

processesContract('processes of Node', openProcesses);
processesContract('processes of Node that a spawner starts', openThroughSpawner);

const shell = (script: string) => ({ command: '/bin/sh', args: ['-c', script] });

describe.each([
  { who: 'the engine', open: openProcesses },
  { who: 'the spawner', open: openThroughSpawner },
])('started by $who', ({ open }) => {
  describe('what is left of a process', () => {
    it('kills a tree that ignores SIGTERM when its time is over', async () => {
      const { processes, program, shown } = open({ options: { graceMs: 50 } });
      const result = await processes.run({ ...program('stubborn-tree'), timeoutMs: 400, output: 'stream' });
      const pids = numbersIn(shown('stdout'));
      expect([result.end, pids.length, pids.filter(lives)]).toEqual([{ kind: 'timeout' }, 3, []]);
    });

    it('kills a tree that ignores SIGTERM when the step is cancelled', async () => {
      const { processes, program, shown } = open({
        options: { cancelGraceMs: 50 },
        onOutput: (chunk, signal) => chunk.includes('ready') && signal.cancel('enough'),
      });
      const result = await processes.run({ ...program('stubborn-tree'), output: 'stream' });
      expect([result.end, numbersIn(shown('stdout')).filter(lives)]).toEqual([{ kind: 'cancelled' }, []]);
    });

    it('lets a process that listens end by itself', async () => {
      const { processes, program, shown } = open({
        onOutput: (chunk, signal) => chunk.includes('ready') && signal.cancel('enough'),
      });
      const result = await processes.run({ ...program('polite'), output: 'stream' });
      expect([result.end, shown('stdout')]).toEqual([{ kind: 'cancelled' }, 'ready\ngoodbye\n']);
    });

    it('wakes a stopped process so that it can end', async () => {
      const { processes, shown } = open({ options: { graceMs: 10_000 } });
      const script = `trap 'echo goodbye; exit' TERM; kill -STOP $$; sleep 1000`;
      const result = await processes.run({ ...shell(script), timeoutMs: 100, output: 'stream' });
      expect([result.end, shown('stdout')]).toEqual([{ kind: 'timeout' }, 'goodbye\n']);
    });

    it('finds a process that left the group and the pipes', async () => {
      const { processes, program, shown } = open();
      await processes.run({ ...program('leave-daemon'), output: 'stream' });
      const pids = numbersIn(shown('stdout'));
      expect([pids.length, pids.filter(lives)]).toEqual([1, []]);
    });

    it('finds a process that left the group when the step is cancelled', async () => {
      const { processes, shown } = open({
        options: { cancelGraceMs: 50 },
        onOutput: (_chunk, signal) => signal.cancel('enough'),
      });
      const daemon = `setsid sh -c 'trap "" TERM; echo $$; sleep 1000' & wait`;
      await processes.run({ ...shell(daemon), output: 'stream' });
      const pids = numbersIn(shown('stdout'));
      expect([pids.length, pids.filter(lives)]).toEqual([1, []]);
    });

    it('does not wait for a grandchild that holds the pipes', async () => {
      const { processes, program, shown } = open();
      const result = await processes.run({ ...program('leave-holder'), output: 'stream' });
      const pids = numbersIn(shown('stdout'));
      expect([result.end, pids.length, pids.filter(lives)]).toEqual([{ kind: 'exit', code: 0 }, 1, []]);
    });

    it('takes the output of a reader that ends a moment after the process', async () => {
      const { processes, program, shown } = open();
      await processes.run({ ...program('late-writer'), output: 'stream' });
      expect(shown('stdout')).toBe('first, late\n');
    });

    it('leaves processes of other steps alone', async () => {
      let end = (): void => {};
      const started = new Promise<void>((resolve) => {
        end = resolve;
      });
      const { processes, program, signal, shown } = open({ onOutput: () => end() });
      const other = processes.run({ ...program('hang'), output: 'stream' });
      await started;
      for (let step = 0; step < 5; step++) await processes.run({ ...shell('setsid true'), output: 'capture' });
      const before = shown('stdout');
      signal.cancel('enough');
      expect([before, (await other).end]).toEqual(['ready\n', { kind: 'cancelled' }]);
    });

    it('finds what a run left behind whose engine is gone, by the name of the run', async () => {
      const { processes, shown } = open({
        options: { trackingId: 'left-over-run' },
        onOutput: () => void killLeftOvers('left-over-run'),
      });
      const result = await processes.run({ ...shell('echo ready; sleep 1000'), output: 'stream' });
      expect([result.end.kind, shown('stdout')]).toEqual(['signal', 'ready\n']);
    });
  });

  describe('the output of a process', () => {
    it('arrives complete, however much it is', async () => {
      const { processes, log } = open();
      const lines = `i=0; while [ $i -lt 50000 ]; do echo "line $i ${'x'.repeat(90)}"; i=$((i+1)); done`;
      await processes.run({ ...shell(lines), output: 'stream' });
      const written = log().trimEnd().split('\n');
      expect([written.length, written[49_999]?.startsWith('line 49999 '), log().length > 5_000_000]).toEqual([
        50_000,
        true,
        true,
      ]);
    });

    it('arrives complete where the reader is slow', async () => {
      const turns: (() => void)[] = [];
      const { processes, shown, log } = open({
        sink: () => new Promise((resolve) => turns.push(resolve) && setImmediate(() => turns.shift()?.())),
      });
      await processes.run({ ...shell('head -c 3000000 /dev/zero | tr "\\0" a'), output: 'stream' });
      expect([shown('stdout').length, log().length]).toEqual([3_000_000, 3_000_000]);
    });

    it('has its invalid bytes replaced and its characters whole', async () => {
      const { processes, shown } = open();
      await processes.run({
        ...shell(`printf '\\303'; sleep 0.05; printf '\\244 \\377 \\342\\202'`),
        output: 'stream',
      });
      expect(shown('stdout')).toBe('ä \ufffd \ufffd');
    });

    it('hides a secret that is written in two pieces, in the log, the tail and for the observer', async () => {
      const { processes, shown, log } = open({ secrets: ['s3cr3t-value'] });
      const result = await processes.run({
        ...shell(`printf 'key s3cr3t'; sleep 0.05; echo '-value.'`),
        output: 'stream',
      });
      expect([shown('stdout'), log(), result.tail]).toEqual(['key ***.\n', 'key ***.\n', 'key ***.\n']);
    });

    it('cannot give commands to the runner, not even in two pieces', async () => {
      const { processes, log } = open();
      const script = `printf '::error::a\\n  :'; sleep 0.05; echo ':set-output name=a::b'; printf 'x #'; sleep 0.05; echo '#[group]g'`;
      await processes.run({ ...shell(script), output: 'stream' });
      expect(log()).toBe(': :error::a\n  : :set-output name=a::b\nx ## [group]g\n');
    });

    it('makes no log file where there is none', async () => {
      const { processes, logPath } = open();
      await processes.run({ ...shell('true'), output: 'stream' });
      expect(existsSync(logPath)).toBe(false);
    });

    it('ends the process with a clear failure where the log cannot be written', async () => {
      const { processes, logPath } = open();
      mkdirSync(logPath, { recursive: true });
      const result = await processes.run({ ...shell('echo a; sleep 1000'), output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'too-much-output',
        failure: { kind: 'budget', message: expect.stringContaining(logPath) },
      });
    });

    it('names the command that wrote more than may be captured, without its secrets', async () => {
      const { processes } = open({ secrets: ['s3cr3t-value'] });
      const own = await processes.run({ ...shell(': s3cr3t-value; seq 1 999'), output: 'capture', maxBytes: 10 });
      const titled = await processes.run({ ...shell('seq 1 999'), title: 'the list', output: 'capture', maxBytes: 10 });
      expect([own.end, titled.end]).toMatchObject([
        {
          failure: {
            message: expect.stringMatching(/^\/bin\/sh -c : \*\*\*; seq 1 999 wrote more than 10 bytes to stdout/),
          },
        },
        { failure: { message: expect.stringMatching(/^the list wrote more than 10 bytes/) } },
      ]);
    });

    it('keeps at most the last 100 lines', async () => {
      const { processes } = open();
      const result = await processes.run({ ...shell('seq 1 1000'), output: 'capture' });
      const lines = result.tail.trimEnd().split('\n');
      expect([lines.length, lines[0], lines[99]]).toEqual([100, '901', '1000']);
    });
  });

  describe('the start of a process', () => {
    it('refuses a working directory whose symlink leads out of the workspace', async () => {
      const { processes, workspace } = open();
      symlinkSync('/tmp', join(workspace, 'away'));
      const result = await processes.run({ ...shell('pwd'), cwd: 'away', output: 'capture' });
      expect(result.end).toMatchObject({ kind: 'not-started', failure: { kind: 'configuration' } });
    });

    it('takes a symlink that stays inside', async () => {
      const { processes, workspace } = open();
      symlinkSync('inner', join(workspace, 'link'));
      const result = await processes.run({ ...shell('pwd -P'), cwd: 'link', output: 'capture' });
      expect(result.stdout.trim()).toBe(join(workspace, 'inner'));
    });

    it('takes no file for a working directory', async () => {
      const { processes, workspace } = open();
      writeFileSync(join(workspace, 'file'), '');
      const result = await processes.run({ ...shell('pwd'), cwd: 'file', output: 'capture' });
      expect(result.end).toMatchObject({ kind: 'not-started', failure: { kind: 'configuration' } });
    });

    it('says that a file may not be executed', async () => {
      const { processes, workspace } = open();
      writeFileSync(join(workspace, 'tool'), 'text', { mode: 0o644 });
      const result = await processes.run({ command: './tool', args: [], output: 'stream' });
      expect(result.end).toMatchObject({ kind: 'not-started', failure: { kind: 'permission' } });
    });

    it('names the variable that is too large for the system', async () => {
      const { processes } = open({ env: { SMALL: 'a', HUGE: 'x'.repeat(140_000) } });
      const result = await processes.run({ ...shell('true'), output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'not-started',
        failure: { kind: 'budget', message: expect.stringMatching(/variable HUGE has 140005 bytes/) },
      });
    });

    it('names the argument that is too large for the system', async () => {
      const { processes } = open();
      const result = await processes.run({ command: 'echo', args: ['a', 'x'.repeat(140_000)], output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'not-started',
        failure: { kind: 'budget', message: expect.stringMatching(/Argument 2 of "echo" has 140000 bytes/) },
      });
    });

    it('names the largest variables where all together are too large', async () => {
      const env = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`BIG_${i}`, 'x'.repeat(100_000 + i)]));
      const { processes } = open({ env });
      const result = await processes.run({ ...shell('true'), output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'not-started',
        failure: { kind: 'budget', message: expect.stringContaining('BIG_39') },
      });
    });

    it('refuses NUL characters before the system does', async () => {
      const { processes } = open();
      const argument = await processes.run({ command: 'echo', args: ['a\0b'], output: 'stream' });
      const value = await processes.run({ command: 'echo', args: [], env: { NAME: 'a\0b' }, output: 'stream' });
      expect([argument.end, value.end]).toMatchObject([
        { kind: 'not-started', failure: { kind: 'configuration', message: expect.stringContaining('Argument 1') } },
        { kind: 'not-started', failure: { kind: 'configuration', message: expect.stringContaining('NAME') } },
      ]);
    });

    it('passes arguments on as they are, whatever a shell would make of them', async () => {
      const { processes } = open();
      const args = ['$(id)', '`id`', '; id', '*', 'a b', '', "it's", '"'];
      const result = await processes.run({ command: 'printf', args: ['<%s>', ...args], output: 'capture' });
      expect(result.stdout).toBe(args.map((arg) => `<${arg}>`).join(''));
    });

    it('survives a process that does not read its input', async () => {
      const { processes } = open();
      const result = await processes.run({ ...shell('exit 0'), stdin: 'x'.repeat(5_000_000), output: 'stream' });
      expect(result.end).toEqual({ kind: 'exit', code: 0 });
    });

    it('gives children nothing of the runner, and its own output file under both names', async () => {
      const { processes } = open({
        host: { GITHUB_TOKEN: 'a', GITHUB_OUTPUT: '/runner', INPUT_X: 'b', CI: 'true' },
      });
      const script =
        'printenv GITHUB_TOKEN INPUT_X; echo "$CI"; [ "$GITHUB_OUTPUT" = "$VWMP_OUTPUT" ] && [ "$GITHUB_OUTPUT" != /runner ] && [ -f "$GITHUB_OUTPUT" ]';
      const result = await processes.run({ ...shell(script), output: 'capture', outputFile: true });
      expect([result.end, result.stdout]).toEqual([{ kind: 'exit', code: 0 }, 'true\n']);
    });

    it('puts a long script into a private file that is gone afterwards', async () => {
      const { processes, temporaryFolder, workspace } = open();
      const text = `: ${'x'.repeat(200_000)}\nstat -c %a "$0"; echo "$0"`;
      const result = await processes.run({
        command: 'sh',
        args: ['-e'],
        script: { text, extension: '.sh' },
        output: 'capture',
      });
      const [mode = '', path = ''] = result.stdout.trim().split('\n');
      expect([mode, path.startsWith(temporaryFolder), path.startsWith(workspace)]).toEqual(['600', true, false]);
      expect(readdirSync(temporaryFolder).flatMap((folder) => readdirSync(join(temporaryFolder, folder)))).toEqual([]);
    });
  });

  describe('the output file of a process', () => {
    const outputs = async (script: string) => {
      const { processes } = open();
      const result = await processes.run({ ...shell(script), output: 'stream', outputFile: true });
      return result.outputsFailure ?? { ...result.outputs };
    };

    it('takes lines and blocks', async () => {
      const script = `echo a=1 >>$GITHUB_OUTPUT; { echo 'b<<END'; echo x; echo y; echo END; } >>$VWMP_OUTPUT`;
      expect(await outputs(script)).toEqual({ a: '1', b: 'x\ny' });
    });

    it('means no outputs where the process took it away', async () => {
      expect(await outputs('rm $VWMP_OUTPUT')).toEqual({});
    });

    it('is not read through a link', async () => {
      expect(await outputs('ln -sf /etc/passwd $VWMP_OUTPUT')).toMatchObject({ kind: 'output' });
    });

    it('cannot make the engine wait by being a named pipe', async () => {
      expect(await outputs('rm $VWMP_OUTPUT; mkfifo $VWMP_OUTPUT')).toMatchObject({ kind: 'output' });
    });

    it('may be replaced by a folder, which is refused', async () => {
      expect(await outputs('rm $VWMP_OUTPUT; mkdir $VWMP_OUTPUT')).toMatchObject({ kind: 'output' });
    });

    it('is refused beyond what an output may hold', async () => {
      const script = `{ printf 'big='; head -c 1100000 /dev/zero | tr '\\0' a; } >>$VWMP_OUTPUT`;
      expect(await outputs(script)).toMatchObject({
        kind: 'output',
        message: expect.stringContaining('1100000 bytes'),
      });
    });

    it('is refused unread where it is huge', async () => {
      expect(await outputs('truncate -s 3G $VWMP_OUTPUT')).toMatchObject({ kind: 'output' });
    });

    it('holds nothing of an earlier process', async () => {
      const { processes } = open();
      const run = (script: string) => processes.run({ ...shell(script), output: 'capture', outputFile: true });
      await run('true');
      await run('echo a=1 >>$VWMP_OUTPUT');
      const third = await run('cat $VWMP_OUTPUT; echo b=2 >>$VWMP_OUTPUT');
      expect([third.stdout, { ...third.outputs }]).toEqual(['', { b: '2' }]);
    });

    it('goes with the run', async () => {
      const { processes, run, temporaryFolder } = open();
      await processes.run({ ...shell('echo a=1 >>$VWMP_OUTPUT'), output: 'stream', outputFile: true });
      await processes.run({ ...shell('true'), output: 'stream', outputFile: true });
      await run.close();
      expect(readdirSync(temporaryFolder)).toEqual([]);
      rmSync(temporaryFolder, { recursive: true });
    });
  });
});
