import { describe, expect, it } from 'vitest';
import type { CancelSource } from '../../src/core/ports/cancel.ts';
import type { Processes, ProcessRequest } from '../../src/core/ports/plugin.ts';

export interface ProcessesUnderTest {
  readonly processes: Processes;
  readonly signal: CancelSource;
  /** What the observer got so far. */
  shown(stream: 'stdout' | 'stderr'): string;
  /** How to start one of the programs of `test/fixtures/programs`. */
  program(name: string, ...args: readonly string[]): Pick<ProcessRequest, 'command' | 'args'>;
}

export interface ProcessesSetting {
  /** Environment of the step. */
  readonly env?: { readonly [name: string]: string };
  readonly secrets?: readonly string[];
  /** Called with each piece that the observer gets. */
  readonly onOutput?: (chunk: string, signal: CancelSource) => void;
}

/** The contract of the port `Processes`. The workspace has one folder, `inner`. */
export function processesContract(name: string, open: (setting?: ProcessesSetting) => ProcessesUnderTest): void {
  describe(`the contract of processes, kept by ${name}`, () => {
    it('gives the exit code of the process', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('exit-with', '3'), output: 'stream' });
      expect(result.end).toEqual({ kind: 'exit', code: 3 });
    });

    it('gives 128 and the number of the signal that ended the process', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('end-by-signal', 'KILL'), output: 'stream' });
      expect(result.end).toEqual({ kind: 'signal', signal: 'SIGKILL', code: 137 });
    });

    it('shows streamed output and gives none of it back', async () => {
      const { processes, program, shown } = open();
      const result = await processes.run({ ...program('say', 'out\\n', 'err\\n'), output: 'stream' });
      expect([shown('stdout'), shown('stderr'), result.stdout, result.stderr]).toEqual(['out\n', 'err\n', '', '']);
    });

    it('gives captured output back and shows none of it', async () => {
      const { processes, program, shown } = open();
      const result = await processes.run({ ...program('say', 'out\\n', 'err\\n'), output: 'capture' });
      expect([shown('stdout'), shown('stderr'), result.stdout, result.stderr]).toEqual(['', '', 'out\n', 'err\n']);
    });

    it('shows output and gives it back where both are asked for', async () => {
      const { processes, program, shown } = open();
      const result = await processes.run({ ...program('say', 'out\\n'), output: 'both' });
      expect([shown('stdout'), result.stdout]).toEqual(['out\n', 'out\n']);
    });

    it('keeps the last lines whatever becomes of the output', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('say', 'one\\ntwo\\n'), output: 'capture' });
      expect(result.tail).toBe('one\ntwo\n');
    });

    it('masks what it shows and the last lines, not what it gives back to the handler', async () => {
      const { processes, program, shown } = open({ secrets: ['s3cr3t-value'] });
      const result = await processes.run({ ...program('say', 'is s3cr3t-value\\n'), output: 'both' });
      expect([shown('stdout'), result.tail, result.stdout]).toEqual(['is ***\n', 'is ***\n', 'is s3cr3t-value\n']);
    });

    it('passes standard input on', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('repeat-input'), stdin: 'given\n', output: 'capture' });
      expect(result.stdout).toBe('given\n');
    });

    it('gives an empty standard input where none is given', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('repeat-input'), output: 'capture' });
      expect([result.end, result.stdout]).toEqual([{ kind: 'exit', code: 0 }, '']);
    });

    it("puts the request's environment over the step's", async () => {
      const { processes, program } = open({ env: { COLOUR: 'red' } });
      const own = await processes.run({ ...program('print-variable', 'COLOUR'), output: 'capture' });
      const over = await processes.run({
        ...program('print-variable', 'COLOUR'),
        env: { COLOUR: 'blue' },
        output: 'capture',
      });
      expect([own.stdout, over.stdout]).toEqual(['red\n', 'blue\n']);
    });

    it('takes a variable away whose value is null', async () => {
      const { processes, program } = open({ env: { COLOUR: 'red' } });
      const result = await processes.run({
        ...program('print-variable', 'COLOUR'),
        env: { COLOUR: null },
        output: 'capture',
      });
      expect(result.stdout).toBe('unset\n');
    });

    it('reads what the process wrote to its output file', async () => {
      const { processes, program } = open();
      const result = await processes.run({
        ...program('write-outputs', 'tag=v1\\n'),
        output: 'stream',
        outputFile: true,
      });
      expect([{ ...result.outputs }, result.outputsFailure]).toEqual([{ tag: 'v1' }, null]);
    });

    it('gives the outputs of a process that failed, too', async () => {
      const { processes, program } = open();
      const result = await processes.run({
        ...program('write-outputs', 'tag=v1\\n', '4'),
        output: 'stream',
        outputFile: true,
      });
      expect([result.end, { ...result.outputs }]).toEqual([{ kind: 'exit', code: 4 }, { tag: 'v1' }]);
    });

    it('says that an output file could not be read, beside how the process ended', async () => {
      const { processes, program } = open();
      const result = await processes.run({
        ...program('write-outputs', 'nonsense\\n'),
        output: 'stream',
        outputFile: true,
      });
      expect([result.end, result.outputsFailure?.kind]).toEqual([{ kind: 'exit', code: 0 }, 'output']);
    });

    it('ends a process whose time is over', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('hang'), timeoutMs: 50, output: 'stream' });
      expect(result.end).toEqual({ kind: 'timeout' });
    });

    it('ends a process when the step is cancelled', async () => {
      const { processes, program } = open({ onOutput: (_chunk, signal) => signal.cancel('enough') });
      const result = await processes.run({ ...program('hang'), output: 'stream' });
      expect(result.end).toEqual({ kind: 'cancelled' });
    });

    it('starts nothing once the step is cancelled', async () => {
      const { processes, program, signal, shown } = open();
      signal.cancel('enough');
      const result = await processes.run({ ...program('say', 'out'), output: 'stream' });
      expect([result.end, shown('stdout')]).toEqual([{ kind: 'cancelled' }, '']);
    });

    it('names a program that does not exist', async () => {
      const { processes } = open();
      const result = await processes.run({ command: 'no-such-program', args: [], output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'not-started',
        failure: { kind: 'not-found', message: expect.stringContaining('no-such-program') },
      });
    });

    it('ends a process that writes more than may be captured', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('flood', '5000'), output: 'capture', maxBytes: 1000 });
      expect(result.end).toMatchObject({ kind: 'too-much-output', failure: { kind: 'budget' } });
    });

    it('starts in a folder of the workspace', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('exit-with', '0'), cwd: 'inner', output: 'stream' });
      expect(result.end).toEqual({ kind: 'exit', code: 0 });
    });

    it('starts nothing outside the workspace', async () => {
      const { processes, program } = open();
      const up = await processes.run({ ...program('exit-with', '0'), cwd: '..', output: 'stream' });
      const away = await processes.run({ ...program('exit-with', '0'), cwd: '/', output: 'stream' });
      const failure = { kind: 'not-started', failure: { kind: 'configuration' } };
      expect([up.end, away.end]).toMatchObject([failure, failure]);
    });

    it('names a working directory that does not exist', async () => {
      const { processes, program } = open();
      const result = await processes.run({ ...program('exit-with', '0'), cwd: 'missing', output: 'stream' });
      expect(result.end).toMatchObject({
        kind: 'not-started',
        failure: { kind: 'not-found', message: expect.stringContaining('missing') },
      });
    });
  });
}
