import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import command from '../../../../plugins/command/index.ts';
import type { JsonMap, Outcome, StepHandler } from '../../../../src/plugin-api/index.ts';
import { ScriptedProcesses, type ScriptedProgram } from '../../../fakes/scripted-processes.ts';
import { type OpenProcesses, type OpenSetting, openProcesses } from '../../adapters/node-process/open-processes.ts';
import { commandContext } from './command-context.ts';

function handler(action: string): StepHandler {
  const found = command.handlers?.[action];
  if (found === undefined) throw new Error(`the plugin has no ${action}`);
  return found;
}

interface Ran extends OpenProcesses {
  readonly outcome: Outcome;
}

/** Runs a handler with real processes. */
async function ran(
  action: string,
  config: JsonMap,
  setting: OpenSetting & { readonly timeoutMs?: number } = {},
): Promise<Ran> {
  const opened = openProcesses(setting);
  const outcome = await handler(action).execute(
    commandContext({
      config,
      processes: opened.processes,
      signal: opened.signal,
      workspace: opened.workspace,
      ...(setting.timeoutMs === undefined ? {} : { timeoutMs: setting.timeoutMs }),
    }),
  );
  return { ...opened, outcome };
}

const script = (text: string, shell?: string): JsonMap => ({ script: text, ...(shell === undefined ? {} : { shell }) });

const succeeded = { kind: 'success', outputs: {} };

describe('command.run', () => {
  it.each([
    ['bash', '[[ -n $BASH_VERSION ]] && echo from bash', 'from bash\n'],
    ['sh', 'echo from sh', 'from sh\n'],
    ['python', 'import os\nprint("from", "python")', 'from python\n'],
    ['node', 'console.log("from", "node")', 'from node\n'],
    ['node', 'import { sep } from "node:path";\nconsole.log(sep)', '/\n'],
  ])('runs a script with %s', async (shell, text, printed) => {
    const { outcome, shown } = await ran('run', script(text, shell));
    expect([outcome, shown('stdout')]).toMatchObject([succeeded, printed]);
  });

  it('runs with bash where no shell is named, with its options and no start-up files', async () => {
    const { shown } = await ran('run', script('set -o | grep -E "^(errexit|pipefail)"; shopt login_shell || true'));
    expect(shown('stdout').split(/\s+/)).toEqual(['errexit', 'on', 'pipefail', 'on', 'login_shell', 'off', '']);
  });

  it.each([
    ['bash', 'false\necho not reached'],
    ['bash', 'false | true\necho not reached'],
    ['sh', 'false\necho not reached'],
  ])('stops with %s at the first error of %j', async (shell, text) => {
    const { outcome, shown } = await ran('run', script(text, shell));
    expect([outcome, shown('stdout')]).toMatchObject([{ kind: 'failed', failure: { kind: 'exit', exitCode: 1 } }, '']);
  });

  it.each(['bash', 'sh', 'python', 'node'])('runs a script of %s that is too long for an argument', async (shell) => {
    const comment = shell === 'node' ? '//' : '#';
    const print = { python: 'print("end")', node: 'console.log("end")' }[shell] ?? 'echo end';
    const { outcome, shown } = await ran('run', script(`${comment} ${'x'.repeat(200_000)}\n${print}`, shell));
    expect([outcome, shown('stdout')]).toMatchObject([succeeded, 'end\n']);
  });

  it.each([
    ['bash', '-x ; echo on', 127],
    ['sh', '--help', 127],
  ])('takes a script of %s that begins like an option for a script', async (shell, text, code) => {
    const { outcome } = await ran('run', script(text, shell));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'exit', exitCode: code } });
  });

  it('takes a script of node that begins like an option for a script', async () => {
    const { outcome } = await ran('run', script('-1; console.log("on")', 'node'));
    expect(outcome).toMatchObject(succeeded);
  });

  it('finds modules of the working directory from Python and Node', async () => {
    const opened = openProcesses();
    writeFileSync(join(opened.workspace, 'inner', 'thing.py'), 'value = 7\n');
    writeFileSync(join(opened.workspace, 'inner', 'thing.cjs'), 'module.exports = 7;\n');
    const outcomes: Outcome[] = [];
    for (const [shell, text] of [
      ['python', 'import thing\nassert thing.value == 7'],
      ['node', 'if (require("./thing.cjs") !== 7) process.exit(1)'],
    ]) {
      const config = { script: text ?? '', shell: shell ?? '', working_directory: 'inner' };
      outcomes.push(await handler('run').execute(commandContext({ config, processes: opened.processes })));
    }
    expect(outcomes).toMatchObject([succeeded, succeeded]);
  });

  it('reads lines that end with a carriage return', async () => {
    const { outcome, shown } = await ran('run', script('if true; then\r\n  echo yes\r\nfi\r\n'));
    expect([outcome, shown('stdout')]).toMatchObject([succeeded, 'yes\n']);
  });

  it('gives the outputs that the script wrote', async () => {
    const { outcome } = await ran('run', script('echo tag=v1 >>"$GITHUB_OUTPUT"; echo n=2 >>"$VWMP_OUTPUT"'));
    expect(outcome.kind === 'success' && outcome.outputs).toEqual({ tag: 'v1', n: '2' });
  });

  it('fails where the outputs cannot be read', async () => {
    const { outcome } = await ran('run', script('echo nonsense >>"$VWMP_OUTPUT"'));
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'output', message: expect.stringContaining('Line 1') },
    });
  });

  it('names the exit code and the last line that says something', async () => {
    const { outcome } = await ran(
      'run',
      script('echo starting; printf "\\033[31mdisk is full\\033[0m\\n---\\n\\n" >&2; exit 3'),
    );
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'exit', exitCode: 3, message: 'The script exited with code 3: disk is full' },
    });
  });

  it('says so where a script that failed printed nothing', async () => {
    const { outcome } = await ran('run', script('exit 3'));
    expect(outcome).toMatchObject({ failure: { message: 'The script exited with code 3 and printed nothing' } });
  });

  it('keeps the last lines of a failure for the report', async () => {
    const { outcome } = await ran('run', script('seq 1 100; exit 1'));
    expect(outcome.kind === 'failed' && outcome.failure.cause?.split('\n')).toEqual(
      Array.from({ length: 20 }, (_, i) => String(81 + i)),
    );
  });

  it('keeps secrets out of the message, cut as they may be', async () => {
    const { outcome } = await ran('run', script(`printf 'no access with s3cr3t'; sleep 0.05; echo -value; exit 1`), {
      secrets: ['s3cr3t-value'],
    });
    expect(outcome).toMatchObject({
      failure: { message: 'The script exited with code 1: no access with ***', cause: 'no access with ***' },
    });
  });

  it('keeps the outputs of a script that failed', async () => {
    const { outcome } = await ran('run', script('echo tag=v1 >>"$VWMP_OUTPUT"; exit 3'));
    expect(outcome.kind === 'failed' && { ...outcome.outputs }).toEqual({ tag: 'v1' });
  });

  it('names the place in the workspace that the last line speaks of', async () => {
    const opened = openProcesses();
    writeFileSync(join(opened.workspace, 'inner', 'a.ts'), '');
    const outcomes: Outcome[] = [];
    for (const line of [
      'inner/a.ts:12:5: error TS1: no',
      'inner/a.ts(12,5): error',
      'missing.ts:12: no',
      '../etc:1: no',
    ]) {
      const config = { script: `echo '${line}'; exit 1` };
      const { workspace, processes } = opened;
      outcomes.push(await handler('run').execute(commandContext({ config, processes, workspace })));
    }
    expect(
      outcomes.map((outcome) => outcome.kind === 'failed' && [outcome.failure.file, outcome.failure.line]),
    ).toEqual([
      ['inner/a.ts', 12],
      ['inner/a.ts', 12],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('names the signal that ended the script', async () => {
    const { outcome } = await ran('run', script('kill -KILL $$'));
    expect(outcome).toMatchObject({
      failure: { kind: 'exit', exitCode: 137, message: expect.stringContaining('SIGKILL') },
    });
  });

  it('ends a script whose time is over', async () => {
    const { outcome } = await ran('run', script('echo begun; sleep 1000'), { timeoutMs: 100 });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'timeout', message: expect.stringContaining('timeout of 0.1 s'), cause: 'begun' },
    });
  });

  it('says why a script was cancelled', async () => {
    const { outcome } = await ran('run', script('echo begun; sleep 1000'), {
      onOutput: (_chunk, signal) => signal.cancel('another step failed'),
    });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled', message: 'another step failed' } });
  });

  it('says what to do where the shell is missing', async () => {
    const { outcome } = await ran('run', script('1', 'pwsh'), { env: { PATH: '/nowhere' } });
    expect(outcome).toMatchObject({
      failure: { kind: 'not-found', message: expect.stringMatching(/"pwsh" was not found.*Install PowerShell/) },
    });
  });

  it('starts in the working directory and nowhere outside the workspace', async () => {
    const inside = await ran('run', { script: 'pwd', working_directory: 'inner' });
    const outside = await ran('run', { script: 'pwd', working_directory: '../..' });
    expect([inside.shown('stdout').trim(), outside.outcome]).toMatchObject([
      join(inside.workspace, 'inner'),
      { kind: 'failed', failure: { kind: 'configuration' } },
    ]);
  });

  it('gives the script an empty standard input', async () => {
    const { outcome, shown } = await ran('run', script('cat; echo end'));
    expect([outcome, shown('stdout')]).toMatchObject([succeeded, 'end\n']);
  });

  it('tries the other name of Python where the first is missing', async () => {
    const programs: { [name: string]: ScriptedProgram } = { python: () => ({}) };
    const processes = new ScriptedProcesses({ programs });
    const outcome = await handler('run').execute(commandContext({ config: script('pass', 'python'), processes }));
    expect([outcome, processes.requests.map((request) => request.command)]).toMatchObject([
      succeeded,
      ['python3', 'python'],
    ]);
  });

  it('makes PowerShell stop at errors and keep the exit code of programs', async () => {
    const processes = new ScriptedProcesses({ programs: { pwsh: () => ({ code: 5 }) } });
    const outcome = await handler('run').execute(commandContext({ config: script('Get-Item x', 'pwsh'), processes }));
    const text = processes.requests[0]?.args.at(-1) ?? '';
    expect([outcome, text.split('\n')]).toMatchObject([
      { failure: { kind: 'exit', exitCode: 5 } },
      ["$ErrorActionPreference = 'stop'", 'Get-Item x', expect.stringContaining('exit $LASTEXITCODE')],
    ]);
  });

  it('leaves it to the engine whether another attempt may help', () => {
    expect(handler('run').retryable?.({ kind: 'exit', message: 'x', exitCode: 1 })).toBeNull();
  });

  it('shows the script in a plan', async () => {
    const processes = new ScriptedProcesses({ programs: {} });
    const preview = await handler('run').preview?.(commandContext({ config: script('a\nb\n', 'sh'), processes }));
    expect([preview, processes.requests]).toEqual([
      { summary: 'Runs a sh script of 2 lines in the workspace', diffs: [], commands: ['a\nb\n'] },
      [],
    ]);
  });
});

describe('command.exec', () => {
  it('passes arguments on without a shell', async () => {
    const { shown } = await ran('exec', { command: 'printf', args: ['%s|', '$HOME; id', 'a b', 7, true] });
    expect(shown('stdout')).toBe('$HOME; id|a b|7|true|');
  });

  it('passes standard input on', async () => {
    const { shown } = await ran('exec', { command: 'cat', stdin: 'given' });
    expect(shown('stdout')).toBe('given');
  });

  it('names the program in its failure', async () => {
    const { outcome } = await ran('exec', { command: 'ls', args: ['/no/such/folder'] });
    expect(outcome).toMatchObject({
      failure: { kind: 'exit', exitCode: 2, message: expect.stringMatching(/^ls exited with code 2: .*no\/such/) },
    });
  });

  it('names a program that does not exist', async () => {
    const { outcome } = await ran('exec', { command: 'no-such-program' });
    expect(outcome).toMatchObject({
      failure: { kind: 'not-found', message: expect.stringContaining('no-such-program') },
    });
  });

  it('shows the command in a plan as one would write it', async () => {
    const processes = new ScriptedProcesses({ programs: {} });
    const config = { command: 'git', args: ['commit', '-m', "it's done"] };
    const preview = await handler('exec').preview?.(commandContext({ config, processes }));
    expect(preview?.commands).toEqual([`git commit -m 'it'\\''s done'`]);
  });
});
