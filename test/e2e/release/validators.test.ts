import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lives } from '../../rigs/cli.ts';
import { releaseBench } from './release-rig.ts';

const scripts: { readonly [path: string]: string } = {
  'ok.py': 'print("fine")\n',
  'ok.sh': 'test -f CHANGELOG.md\n',
  'ok.mjs': 'import "node:fs";\n',
  'ok.ts': 'const x: number = 1;\nconsole.log(x);\n',
  'notice.sh': 'echo "::notice::hello"\n',
  'args.sh': 'test "$1" = "a b \\$(touch pwned)"\n',
  'fail.py': 'import sys\nprint("three things are bad")\nsys.exit(3)\n',
  'annotation.sh': 'echo "::warning file=a b.md,line=3::mind this"\n',
  'json-warning.sh': `echo '{"level":"warning","file":"x.md","line":4,"message":"json says"}'\n`,
  'json-error.sh': `echo '{"level":"error","file":"x.md","line":4,"message":"json says no"}'\n`,
  'log.sh': `echo '{"message":"a line of a structured log"}'\n`,
  'killed.sh': 'kill -9 $$\n',
  'strange.xyz': 'x\n',
};

const step = (id: string, validators: readonly unknown[], more: object = {}) => ({
  id,
  handler: 'project.run_validators',
  config: { validators, ...more },
});

function benchWithScripts() {
  const bench = releaseBench();
  for (const [path, text] of Object.entries(scripts)) bench.write(path, text);
  bench.write('run-bit', '#!/bin/sh\nexit 0\n', 0o755);
  bench.write('no-bit', '#!/bin/sh\nexit 0\n', 0o644);
  return bench;
}

describe('validators', () => {
  it('run in any language, by their ending or their run bit, in the workspace and with their arguments as they are', async () => {
    const bench = benchWithScripts();
    const args = { script: 'args.sh', name: 'Arguments', args: ['a b $(touch pwned)'] };
    const all = ['ok.py', './ok.sh', 'ok.mjs', 'ok.ts', 'run-bit', 'notice.sh', 'log.sh', args];

    const { run } = await bench.runEach([step('s', all, { strict_mode: true })]);

    expect(run.steps[0]).toMatchObject({ status: 'success', outputs: { passed: 8, failed: 0, warning_count: 0 } });
    expect(bench.has('pwned')).toBe(false);
  });

  it('fail by exit code, findings, signal, or because nobody knows how to start them, each with its reason', async () => {
    const bench = benchWithScripts();
    const { run } = await bench.runEach([
      step('exit', ['fail.py', 'ok.sh']),
      step('error', ['json-error.sh']),
      step('killed', ['killed.sh']),
      step('ending', ['strange.xyz', 'no-bit']),
      step('missing', ['nope.py', 'ok.sh']),
      step('rule', ['comit-messages']),
      step('folder', ['src']),
    ]);

    const text = (message: string) => expect.stringContaining(message);
    expect(run.steps.map(({ error }) => [error?.kind, error?.exit_code, error?.message])).toEqual([
      ['exit', 3, text('1 of 2 validators did not pass: fail.py\n  fail.py failed: exit code 3')],
      ['handler', null, text('error: x.md:4: json says no')],
      ['exit', 137, text('ended by SIGKILL')],
      ['handler', null, text('neither its ending (.py .sh .js .mjs .ts .rb .ps1) nor a run bit')],
      ['not-found', null, text('nope.py not-found: there is no such file')],
      ['not-found', null, text('no built-in rule of that name: these are branch-name, changelog-entry,')],
      ['not-found', null, text('it is a folder, not a script')],
    ]);
    expect(run.steps[0]?.outputs).toMatchObject({
      passed: 1,
      failed: 1,
      results: [
        { script: 'fail.py', status: 'failed', exit_code: 3 },
        { script: 'ok.sh', status: 'passed' },
      ],
    });
  });

  it('may warn, unless strict_mode is on: then warnings fail too', async () => {
    const bench = benchWithScripts();
    const warning = ['annotation.sh', 'json-warning.sh'];

    const { run } = await bench.runEach([step('lax', warning), step('strict', warning, { strict_mode: true })]);

    expect(run.steps.map(({ status }) => status)).toEqual(['success', 'failed']);
    expect(run.steps[0]?.outputs).toMatchObject({ passed: 2, warning_count: 2 });
    expect(run.steps[1]?.error?.message).toContain('warning: a b.md:3: mind this');
    expect(run.steps[1]?.error?.message).toContain('warning: x.md:4: json says');
  });

  it('that hang end at their own time limit with all they started, and the others are not held up', async () => {
    const bench = benchWithScripts();
    const pids = join(bench.base, 'pids');
    bench.write('hang.sh', `sleep 1000 &\necho $! $$ > "${pids}"\nwait\n`);

    const { run } = await bench.runEach([step('s', [{ script: 'hang.sh', timeout: '500ms' }, 'ok.sh'])]);

    expect(run.steps[0]?.error).toMatchObject({ kind: 'timeout' });
    expect(run.steps[0]?.error?.message).toContain('hang.sh timeout: not done after 0.5 s');
    expect(run.steps[0]?.outputs).toMatchObject({ passed: 1, failed: 1 });
    const started = readFileSync(pids, 'utf8').trim().split(' ');
    expect(started.filter((pid) => lives(Number(pid)))).toEqual([]);
  });

  it('are refused before the run where a path leaves the workspace or a time limit is none', async () => {
    const bench = benchWithScripts();
    const { code, refusal } = await bench.runEach([
      step('a', ['../x.py', '/bin/true']),
      step('b', [{ script: 'ok.sh', timeout: 'soon' }]),
      step('c', ['ok.sh'], { timeout: 0 }),
      step('d', [{ script: 'ok.sh', tiemout: 3 }]),
    ]);

    expect(code).toBe(2);
    expect(refusal.diagnostics.map(({ path }) => path)).toEqual([
      'steps[0].config.validators[0]',
      'steps[0].config.validators[1]',
      expect.stringContaining('steps[1].config.validators[0]'),
      expect.stringContaining('steps[2].config.timeout'),
      expect.stringContaining('steps[3].config.validators[0]'),
    ]);
  });

  it('may be rules beside scripts, which know the repository without being told', async () => {
    const bench = benchWithScripts();
    bench.save('feat: scripts');
    const rules = ['commit-messages', { rule: 'branch-name', work_item: true }, 'clean-tree', 'pr-title'];

    const { run } = await bench.runEach([step('s', ['ok.sh', ...rules], { strict_mode: true })]);

    expect(run.steps[0]).toMatchObject({ status: 'success', outputs: { passed: 4, failed: 0, skipped: 1 } });
    expect(run.steps[0]?.outputs).toMatchObject({
      results: [
        { name: 'ok.sh', script: 'ok.sh', rule: null, status: 'passed' },
        { name: 'commit-messages', script: null, rule: 'commit-messages', status: 'passed' },
        { name: 'branch-name', status: 'passed' },
        { name: 'clean-tree', status: 'passed' },
        { name: 'pr-title', status: 'skipped', reason: expect.stringContaining('there is no pull request') },
      ],
    });
  });

  it('of the product are refused where no rule has that name, and at their start where one has no such option', async () => {
    const bench = benchWithScripts();
    const unknown = await bench.runEach([
      step('a', [{ rule: 'commit-massages' }]),
      step('b', [{ name: 'x', rul: 'y' }]),
    ]);
    expect(unknown.code).toBe(2);
    expect(unknown.refusal.diagnostics.map(({ path }) => path)).toEqual([
      expect.stringContaining('steps[0].config.validators[0]'),
      expect.stringContaining('steps[1].config.validators[0]'),
    ]);

    const { run } = await bench.runEach([step('a', [{ rule: 'clean-tree', types: ['feat'] }])]);
    expect(run.steps[0]?.error).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('the rule clean-tree takes no `types`'),
    });
  });

  it('take titles, branches and messages of strangers for data', async () => {
    const bench = releaseBench();
    const hostile = '$(touch pwned)`touch pwned`; ::error::boo ##[error]boo <img src=x> \u202e';
    bench.save(hostile);
    const change = { title: `${hostile}\n::error::boo`, branch: hostile, base: 'HEAD~1' };

    const { run } = await bench.runEach([step('s', ['pr-title', 'branch-name', 'commit-messages'], { change })]);

    expect(run.steps[0]).toMatchObject({ status: 'failed', outputs: { failed: 3 } });
    expect(bench.has('pwned')).toBe(false);
    for (const line of (run.steps[0]?.error?.message ?? '').split('\n')) expect(line).not.toMatch(/^\s*::/);
    expect(run.steps[0]?.error?.message).not.toContain('\u202e');
  });

  it('that fail stop the release before the commit; mended, a resume finishes the same release', async () => {
    const bench = releaseBench();
    const changelogValidator = 'scripts/validation/validate_changelog_format.py';
    bench.write(changelogValidator, 'print("::warning file=CHANGELOG.md,line=1::no full timestamp")\n');
    bench.save('a strict validator');
    const head = bench.git('rev-parse', 'HEAD');
    const refs = bench.refs(bench.remote);

    const first = await bench.release();
    expect([first.code, first.run.status]).toEqual([1, 'failed']);
    expect(first.states).toMatchObject({ 'step-7': 'failed', 'step-8': 'blocked', 'step-10': 'blocked' });
    expect(first.step('step-7').error?.message).toContain('no full timestamp');
    expect([bench.git('rev-parse', 'HEAD'), bench.refs(bench.remote)]).toEqual([head, refs]);

    bench.write(changelogValidator, 'pass\n');
    const second = await bench.resume(first.run.run_id);
    expect([second.code, second.run.status]).toEqual([0, 'success']);
    expect(second.step('step-1')).toMatchObject({ visits: 1, outputs: { new_version: '0.21.0.3+1' } });
    expect(bench.commitsSince(head)).toBe(1);
    expect(bench.isReleased('v0.21.0.3+1')).toBe(true);
  });
});
