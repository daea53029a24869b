import { afterAll, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../src/core/model/json.ts';
import { CliFolder } from '../../rigs/cli.ts';

const folder = new CliFolder();
afterAll(() => folder.remove());

describe('which steps run', () => {
  it('follows edges, conditions and `enabled`, and each skip says its first reason', async () => {
    const file = folder.define('skips.json', {
      order: 'graph',
      config: { on: false, text: 'tr' },
      steps: [
        { id: 'off', run: 'true', enabled: 'config.on', condition: '1 == 2' },
        { id: 'untrue', run: 'true', when: '1 == 2' },
        { id: 'bad', run: 'exit 3', required: false },
        { id: 'good', run: 'true' },
        { id: 'only_failure', run: 'true', needs: [{ step: 'good', on: 'failure' }] },
        { id: 'caught', run: 'true', depends_on: [{ step: 'bad', on: ['failure'] }] },
        { id: 'after_skip', run: 'true', dependencies: [{ step: 'untrue', on: ['skipped'] }] },
        { id: 'after_optional', run: 'true', dependencies: 'bad' },
        { id: 'after_edge', run: 'true', dependencies: 'only_failure' },
        { id: 'nothing', run: 'true', if: 'steps.good.error', dependencies: 'good' },
        { id: 'empty_list', run: 'true', if: '[]' },
        { id: 'text_true', run: 'true', if: "config.text + 'ue'", required: false },
        { id: 'by_zero', run: 'true', env: { X: '{{ 1 / 0 }}' }, required: false, retries: 3 },
      ],
    });
    const { states, step, run, code } = await folder.run(file);
    expect(states).toEqual({
      off: 'disabled',
      untrue: 'condition',
      bad: 'failed',
      good: 'success',
      only_failure: 'edge',
      caught: 'success',
      after_skip: 'success',
      after_optional: 'success',
      after_edge: 'success',
      nothing: 'condition',
      empty_list: 'success',
      text_true: 'failed',
      by_zero: 'failed',
    });
    expect(step('by_zero')).toMatchObject({ attempts: 0, error: { kind: 'configuration', exit_code: null } });
    expect(step('text_true').error?.kind).toBe('configuration');
    expect([run.status, code]).toEqual(['partial', 0]);
    expect((await folder.vwmp(['run', file, '--strict', '-q'])).code).toBe(1);
  });

  const failing = {
    steps: [
      { id: 'bad', run: 'exit 3', dependencies: [] },
      { id: 'blocked', run: 'true', dependencies: 'bad' },
      { id: 'blocked_too', run: 'true', dependencies: 'blocked' },
      { id: 'on_blocked', run: 'true', dependencies: [{ step: 'blocked', on: 'skipped' }] },
      { id: 'caught', run: 'true', dependencies: [{ step: 'bad', on: 'failure' }] },
      { id: 'after_caught', run: 'true', dependencies: 'caught' },
    ],
    finally: [
      { id: 'told', run: 'true', if: 'failure() && !success() && always()' },
      {
        id: 'reads',
        run: 'echo "s=$S $K" >> $VWMP_OUTPUT',
        env: { S: '{{ workflow.status }}', K: '{{ workflow.error.kind }}' },
      },
      { id: 'fails_too', run: 'exit 1' },
    ],
    outputs: { code: '{{ steps.bad.error.exit_code }}', nothing: { value: '{{ steps.blocked.error }}' } },
  };

  it('gives outputs of a step that failed in their types, and keeps its secret ones out of its failure', async () => {
    const file = folder.define('failed.json', {
      steps: [
        {
          id: 'test',
          run: 'echo "failed=9" >> $VWMP_OUTPUT; k=k$((40+2))xyz; echo "key=$k" >> $VWMP_OUTPUT; echo "no $k"; exit 2',
          outputs: [
            { name: 'failed', type: 'integer' },
            { name: 'key', type: 'string', secret: true },
          ],
          required: false,
        },
        { id: 'many', condition: 'steps.test.outputs.failed > 5', dependencies: ['test'], run: 'true' },
      ],
    });
    const { states, step } = await folder.run(file);
    expect(states).toEqual({ test: 'failed', many: 'success' });
    expect(step('test').outputs).toEqual({ failed: 9 });
    expect(JSON.stringify(step('test').error)).not.toContain('k42xyz');
    expect(step('test').error?.message).toContain('no ***');
  });

  it('makes no attempt where a secret was not given', async () => {
    const steps = [{ id: 'a', run: 'touch ran', secrets: ['NOPE'], retry: { max_attempts: 3, on: ['configuration'] } }];
    const { code, step } = await folder.run(folder.define('secret.json', { steps }));
    expect([code, step('a').error?.kind, step('a').attempts, folder.has('ran')]).toEqual([
      1,
      'configuration',
      0,
      false,
    ]);
    expect(step('a').error?.message).toContain('the secret "NOPE" was not given');
  });

  it('names the shell only where it is the shell that is missing', async () => {
    const one = (step: object) => folder.run(folder.define('one.json', { steps: [{ id: 'a', ...step }] }));
    const folderMissing = await one({ run: 'true', working_directory: 'none' });
    expect(folderMissing.step('a').error?.message).toBe(
      'The working directory "none" does not exist in the workspace.',
    );
    const shellMissing = await one({ run: 'true', shell: 'pwsh', env: { PATH: '/nowhere' } });
    expect(shellMissing.step('a').error?.message).toContain('Install PowerShell 7');
  });

  it('gives the variables of --env-file to every process, under those of the definition', async () => {
    folder.write('vars.env', '# two\nexport A="from the file"\nB=from the file\n');
    const file = folder.define('env.json', {
      steps: [
        { id: 'shell', run: 'echo "$A, $B"', env: { B: 'of the step, {{ env.A }}' } },
        { id: 'program', handler: 'command.exec', config: { command: 'printenv', args: ['A'] } },
      ],
    });
    const { code, stdout } = await folder.vwmp(['run', file, '--env-file', 'vars.env']);
    expect(code).toBe(0);
    expect(stdout).toContain('[shell] from the file, of the step, from the file');
    expect(stdout).toContain('[program] from the file');
  });

  it('makes an output of the run that cannot be settled null, and says why', async () => {
    const outputs = { ok: '{{ config.n }}', div: '{{ 1 / config.n }}', inner: { value: ['a{{ config.no }}'] } };
    const file = folder.define('null.json', { config: { n: 0, no: null }, outputs, steps: [{ id: 'a', run: 'true' }] });
    const { code, stdout } = await folder.vwmp(['run', file, '--json']);
    const { status, outputs: settled, diagnostics } = JSON.parse(stdout);
    expect([code, status, settled]).toEqual([0, 'success', { ok: 0, div: null, inner: null }]);
    expect(diagnostics.map(({ code, severity, message }: JsonMap) => [code, severity, message])).toEqual([
      ['unsettled-output', 'warning', 'An output of the run is null: div: `/` by zero'],
      [
        'unsettled-output',
        'warning',
        expect.stringContaining('An output of the run is null: inner.0: `config.no` is null'),
      ],
    ]);
    expect((await folder.vwmp(['run', file])).stderr).toContain('warning[unsettled-output]');
  });

  it('stops at a required failure with what catches it, then runs `finally` and settles the outputs', async () => {
    const { states, step, outputs, code } = await folder.run(folder.define('stop.json', failing));
    expect(states).toEqual({
      bad: 'failed',
      blocked: 'blocked',
      blocked_too: 'blocked',
      on_blocked: 'run-ended',
      caught: 'success',
      after_caught: 'run-ended',
      told: 'success',
      reads: 'success',
      fails_too: 'failed',
    });
    expect(step('reads').outputs).toEqual({ s: 'failed exit' });
    expect(outputs).toEqual({ code: 3, nothing: null });
    expect(code).toBe(1);
  });

  it('goes on past a required failure with `on_failure: continue`, and the run has failed all the same', async () => {
    const { states, code } = await folder.run(folder.define('on.json', { ...failing, on_failure: 'continue' }));
    expect(states).toMatchObject({
      blocked: 'blocked',
      on_blocked: 'success',
      caught: 'success',
      after_caught: 'success',
    });
    expect(code).toBe(1);
  });

  it('cancels what runs at a required failure with `fail_fast`, and fails a run past its time', async () => {
    const fast = await folder.run(
      folder.define('fast.json', {
        order: 'graph',
        fail_fast: true,
        max_parallel: 2,
        steps: [
          { id: 'slow', run: 'touch slow-runs; sleep 60' },
          { id: 'bad', run: 'until [ -e slow-runs ]; do sleep 0.01; done; exit 1' },
        ],
      }),
    );
    expect(fast.states).toEqual({ slow: 'cancelled', bad: 'failed' });
    const late = await folder.run(
      folder.define('late.json', {
        timeout: '300ms',
        steps: [{ id: 'slow', run: 'sleep 60' }],
        finally: [{ id: 'f', run: 'echo "k=$K" >> $VWMP_OUTPUT', env: { K: '{{ workflow.error.kind }}' } }],
      }),
    );
    expect([late.run.status, late.code]).toEqual(['failed', 1]);
    expect(late.states).toEqual({ slow: 'cancelled', f: 'success' });
    expect(late.step('f').outputs).toEqual({ k: 'timeout' });
  });

  it('keeps to `max_parallel`: attempts overlap up to it and no further', async () => {
    const steps = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, run: 'echo + >> ledger; sleep 0.1; echo - >> ledger' }));
    const overlap = async (most: number) => {
      folder.write('ledger', '');
      await folder.run(folder.define('parallel.json', { order: 'graph', max_parallel: most, steps }));
      let running = 0;
      return Math.max(...folder.lines('ledger').map((line) => (running += line === '+' ? 1 : -1)));
    };
    expect(await overlap(2)).toBe(2);
    expect(await overlap(1)).toBe(1);
  });
});

describe('attempts', () => {
  it('are as many as `retry` says: by exit code, kind, pattern, condition and deadline', async () => {
    const fast = { delay: '10ms', jitter: 0 };
    const cases: readonly (readonly [id: string, attempts: number, step: object])[] = [
      ['three', 3, { run: 'exit 1', retry: fast }],
      ['alias', 2, { run: 'exit 1', retries: 1 }],
      ['old_alias', 2, { run: 'exit 1', maxRetries: 1 }],
      ['code', 2, { run: 'exit 4', retry: { ...fast, max_attempts: 2, on: [4] } }],
      [
        'settled',
        2,
        { run: 'exit 4', retry: { ...fast, max_attempts: 2, on: ['{{ config.four }}', '{{ config.no }}'] } },
      ],
      ['settled_pattern', 2, { run: 'echo net; exit 4', retry: { ...fast, max_attempts: 2, on: '{{ config.net }}' } }],
      ['settled_wrong', 0, { run: 'exit 4', retry: { ...fast, on: ['{{ config.four + 0.5 }}'] } }],
      ['other_code', 1, { run: 'exit 4', retry: { ...fast, on: [3] } }],
      ['kind', 2, { run: 'sleep 60', timeout: '60ms', retry: { ...fast, max_attempts: 2, on: 'timeout' } }],
      ['other_kind', 1, { run: 'exit 4', retry: { ...fast, on: ['timeout'] } }],
      ['pattern', 2, { run: 'echo flaky net; exit 4', retry: { ...fast, max_attempts: 2, on: '/fl[a-z]+ net/' } }],
      ['other_pattern', 1, { run: 'echo Flaky net; exit 4', retry: { ...fast, on: ['/flaky/'] } }],
      ['asked', 3, { run: 'exit 4', retry: { ...fast, max_attempts: 9, condition: 'steps.asked.attempts < 3' } }],
      [
        'given',
        2,
        {
          run: 'echo "tries=$(ls tries-* 2>/dev/null | wc -l)" >> $VWMP_OUTPUT; touch tries-$RANDOM$RANDOM; exit 4',
          outputs: [{ name: 'tries', type: 'integer' }],
          retry: { ...fast, max_attempts: 9, condition: 'steps.given.outputs.tries == 0' },
        },
      ],
      ['broken', 1, { run: 'exit 4', retry: { ...fast, condition: '1 / config.zero > 1' } }],
      ['late', 1, { run: 'exit 4', retry: { delay: '1h', max_delay: '2h', deadline: '30s' } }],
      ['ended', 1, { run: 'sleep 60', retry: { ...fast, deadline: '100ms' } }],
      ['second', 2, { run: 'test -e flag || { touch flag; exit 1; }', retry: fast }],
    ];
    const { step, run } = await folder.run(
      folder.define('retry.json', {
        config: { zero: 0, four: 4, no: null, net: '/n[e]t/' },
        order: 'graph',
        max_parallel: 4,
        steps: cases.map(([id, , keys]) => ({ id, required: false, ...keys })),
      }),
    );
    expect(Object.fromEntries(cases.map(([id]) => [id, step(id).attempts]))).toEqual(
      Object.fromEntries(cases.map(([id, attempts]) => [id, attempts])),
    );
    expect(step('ended').error?.kind).toBe('timeout');
    expect(step('late').error?.kind).toBe('exit');
    expect(step('second')).toMatchObject({ status: 'success', error: null });
    expect(run.diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: `retry.condition` of step "broken" cannot be evaluated, so there is no other attempt: `/` by zero',
    ]);
  });
});

describe('the process of a step', () => {
  it('gets its own environment and none of the runner', async () => {
    const file = folder.define('env.json', {
      defaults: { env: { BASE: 'base', OVER: 'base' } },
      steps: [
        {
          id: 'show',
          run: 'env | sort > env.txt; [ "$GITHUB_OUTPUT" = "$VWMP_OUTPUT" ] && pwd',
          env: { OVER: 'over' },
        },
        {
          id: 'kinds',
          dependencies: 'show',
          run: 'echo "r=${GONE-unset}|$N|$B|$L|$M" >> $VWMP_OUTPUT',
          env: { GONE: '{{ steps.show.error }}', N: 1.5, B: true, L: [1, 'a'], M: { a: 1 } },
        },
      ],
    });
    const result = await folder.vwmp(['run', file, '--json'], {
      env: {
        KEPT: '1',
        ACTIONS_RUNTIME_TOKEN: 't',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
        ACTIONS_CACHE_URL: 't',
        ACTIONS_RESULTS_URL: 't',
        GITHUB_TOKEN: 't',
        GITHUB_ENV: '/x',
        GITHUB_PATH: '/x',
        GITHUB_STATE: '/x',
        GITHUB_OUTPUT: '/x',
        INPUT_NAME: 't',
        NODE_OPTIONS: '--no-warnings',
      },
    });
    expect(result.code).toBe(0);
    const lines = folder.lines('env.txt');
    expect(lines).toEqual(
      expect.arrayContaining(['KEPT=1', 'BASE=base', 'OVER=over', `WORKSPACE_ROOT=${folder.path}`]),
    );
    const names = lines.map((line) => line.split('=')[0] ?? '');
    const gone = /^(?:ACTIONS_|INPUT_|NODE_OPTIONS$|GITHUB_(?:TOKEN|ENV|PATH|STATE)$)/;
    expect(names.filter((name) => gone.test(name))).toEqual([]);
    expect(lines.find((line) => line.startsWith('GITHUB_OUTPUT='))).not.toBe('GITHUB_OUTPUT=/x');
    expect(result.stdout).toContain('unset|1.5|true|[1,\\"a\\"]|{\\"a\\":1}');
  });

  it('runs in the shell and the folder that the step names, and fails clearly where there is none', async () => {
    folder.write('sub/x', '');
    await folder.shell('ln -s /tmp outside');
    const { step } = await folder.run(
      folder.define('shells.json', {
        order: 'graph',
        steps: [
          { id: 'bash', run: 'false | true; touch never', required: false },
          { id: 'sh', shell: 'sh', run: 'echo "v=$-" >> $VWMP_OUTPUT; false; touch never', required: false },
          {
            id: 'python',
            shell: 'python',
            run: "import os\nopen(os.environ['VWMP_OUTPUT'],'a').write('p=3\\n')",
            outputs: [{ name: 'p', type: 'integer' }],
          },
          {
            id: 'node',
            shell: 'node',
            run: 'require("fs").appendFileSync(process.env.VWMP_OUTPUT, "j=[1]\\n")',
            outputs: [{ name: 'j', type: 'array' }],
          },
          { id: 'folder', working_directory: 'sub', run: 'echo "d=$PWD" >> $VWMP_OUTPUT' },
          { id: 'no_folder', working_directory: 'none', run: 'true', required: false },
          { id: 'link', working_directory: 'outside', run: 'true', required: false },
        ],
      }),
    );
    expect(folder.has('never')).toBe(false);
    expect([step('bash').error?.exit_code, step('sh').error?.exit_code]).toEqual([1, 1]);
    expect(step('python').outputs).toEqual({ p: 3 });
    expect(step('node').outputs).toEqual({ j: [1] });
    expect(step('folder').outputs).toEqual({ d: `${folder.path}/sub` });
    expect(step('no_folder').error).toMatchObject({ kind: 'not-found', message: expect.stringContaining('"none"') });
    expect(step('link').error?.message).toContain('leads out of the workspace');
  });

  it('gives outputs that fit their declaration, or the step has failed with kind `output`', async () => {
    const give = (line: string) => `printf '${line}\\n' >> $VWMP_OUTPUT`;
    const { step } = await folder.run(
      folder.define('outputs.json', {
        order: 'graph',
        steps: [
          { id: 'lines', run: give('a<<E\\none\\ntwo\\nE\\nb=1\\nb=2') },
          {
            id: 'typed',
            run: give('n=1.5\\nb=true\\no={"k":[1]}'),
            outputs: [
              { name: 'n', type: 'number' },
              { name: 'b', type: 'boolean' },
              { name: 'o', type: 'object', properties: { k: 'array' } },
              { name: 'missing', type: 'string' },
            ],
          },
          { id: 'mapped', run: give('x=1'), outputs: { y: '{{ outputs.x }}!' } },
          { id: 'misfit', run: give('n=many'), outputs: [{ name: 'n', type: 'integer' }], required: false },
          { id: 'required', run: 'true', outputs: [{ name: 'n', type: 'string', required: true }], required: false },
          { id: 'garbage', run: give('no equals sign'), required: false },
          { id: 'reserved', run: give('__proto__=1'), required: false },
          { id: 'unclosed', run: give('a<<E\\nx'), required: false },
        ],
      }),
    );
    expect(step('lines').outputs).toEqual({ a: 'one\ntwo', b: '2' });
    expect(step('typed').outputs).toEqual({ n: 1.5, b: true, o: { k: [1] }, missing: null });
    expect(step('mapped').outputs).toMatchObject({ y: '1!' });
    for (const id of ['misfit', 'required', 'garbage', 'reserved', 'unclosed']) {
      expect([id, step(id).error?.kind]).toEqual([id, 'output']);
    }
  });

  it('cannot speak to the runner, and may print anything: bytes, long lines, no line end', async () => {
    const { run, code } = await folder.run(
      folder.define('print.json', {
        steps: [
          {
            id: 'commands',
            run: 'echo "::set-output name=a::b"; echo "  ::error::x"; echo "text ##[group]x"; printf "a\\r::warning::x\\n"',
          },
          { id: 'bytes', run: "head -c 3000 /dev/urandom; printf '\\x00\\xff'" },
          { id: 'long', run: 'head -c 200000 /dev/zero | tr "\\0" x; printf end' },
          { id: 'much', run: 'head -c 20000000 /dev/zero | tr "\\0" z | fold -w 100' },
        ],
      }),
    );
    expect(code).toBe(0);
    const { stdout } = await folder.vwmp(['logs', run.run_id, 'commands']);
    expect(stdout).not.toMatch(/(?:^|[\r\n])\s*::/);
    expect(stdout).not.toContain('##[');
    expect(stdout).toContain('set-output name=a');
  });

  it('is not started with what the system cannot take, and the failure says what', async () => {
    const { step } = await folder.run(
      folder.define('limits.json', {
        steps: [
          { id: 'huge', run: 'true', env: { BIG: 'x'.repeat(140_000) }, required: false },
          { id: 'nul', run: 'true', env: { NUL: 'a\u0000b' }, required: false },
          { id: 'long_script', run: `echo "n=1" >> $VWMP_OUTPUT # ${'y'.repeat(200_000)}` },
        ],
      }),
    );
    expect(step('huge').error).toMatchObject({
      kind: 'budget',
      message: expect.stringContaining('BIG has 140004 bytes'),
    });
    expect(step('nul').error).toMatchObject({ kind: 'configuration', message: expect.stringContaining('"NUL"') });
    expect(step('long_script').outputs).toEqual({ n: '1' });
  });
});
