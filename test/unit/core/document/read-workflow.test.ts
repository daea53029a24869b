import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import type { Step, Workflow } from '../../../../src/core/model/workflow.ts';

function read(text: string): Workflow {
  const { workflow, diagnostics } = readWorkflow(text, 'x.yml');
  expect(diagnostics).toEqual([]);
  if (!workflow) throw new Error('nothing was read');
  return workflow;
}

/** The faults of a document as `code line:column path`. */
function faultsOf(text: string): readonly string[] {
  return readWorkflow(text, 'x.yml').diagnostics.map(({ code, span, path }) =>
    `${code} ${span?.start.line}:${span?.start.column} ${path ?? ''}`.trim(),
  );
}

const withSteps = (steps: string, head = ''): string => `name: x\n${head}steps:\n${steps}`;
const withStep = (keys: string): string => withSteps(`  - id: a\n${keys.replace(/^/gm, '    ')}\n`);
const stepOf = (keys: string): Step | undefined => read(withStep(keys)).steps[0];

describe('a workflow', () => {
  it('has the defaults of the language where a document says nothing', () => {
    expect(read(withStep('run: make'))).toEqual({
      name: 'x',
      version: '1.0.0',
      type: 'generic',
      config: {},
      parameters: [],
      triggers: [],
      steps: [
        {
          id: 'a',
          name: 'a',
          handler: 'command.run',
          config: { script: 'make' },
          dependencies: null,
          required: true,
          enabled: true,
          automatic: false,
          env: {},
          secrets: [],
        },
      ],
      order: 'sequence',
      finally: [],
      outputs: {},
      defaults: { env: {} },
      onFailure: 'stop',
      failFast: false,
    });
  });

  it('is the same under a root key, as YAML and as JSON', () => {
    const bare = read('name: x\nsteps: [{id: a, run: make}]');
    expect(read('workflow:\n  name: x\n  steps: [{id: a, run: make}]')).toEqual(bare);
    expect(read('{"workflow": {"name": "x", "steps": [{"id": "a", "run": "make"}]}}')).toEqual(bare);
  });

  it('reads every key of a document', () => {
    const workflow = read(
      withSteps(
        '  - {id: a, run: make}\n',
        [
          'version: "2.1.0"',
          'type: release',
          'description: d',
          'variables: {n: 1, t: "${x}"}',
          'order: graph',
          'on_failure: continue',
          'max_parallel: 3',
          'timeout: 1h',
          'outputs: {o: "${steps.a.outputs.x}", p: {value: 1, description: d, secret: true}, q: [1]}',
          'defaults: {timeout: 30, retry: {max_attempts: 2}, env: {A: 1}, shell: sh, working_directory: sub}',
          'finally: [{id: z, run: clean}]',
          'language: 1',
          '$schema: s',
          'x-mine: {anything: [1]}',
        ].join('\n') + '\n',
      ),
    );
    expect(workflow).toMatchObject({
      version: '2.1.0',
      type: 'release',
      description: 'd',
      config: { n: 1, t: '${x}' },
      order: 'graph',
      onFailure: 'continue',
      maxParallel: 3,
      timeout: '1h',
      outputs: {
        o: { value: '${steps.a.outputs.x}', secret: false },
        p: { value: 1, description: 'd', secret: true },
        q: { value: [1], secret: false },
      },
      defaults: { timeout: 30, retry: { maxAttempts: 2 }, env: { A: 1 }, shell: 'sh', workingDirectory: 'sub' },
      finally: [{ id: 'z', required: false }],
    });
  });

  it('lists the parameters of triggers behind its own, those it has itself left out', () => {
    const workflow = read(
      withSteps(
        '  - {id: a, run: make}\n',
        [
          'parameters:',
          '  - {name: p, type: integer, required: true, default: 2, label: L, secret: true, validation: {minimum: 1, max_items: 3}}',
          '  - {name: e, type: enum, options: [one, {value: two, label: Two}]}',
          'triggers:',
          '  - {type: cli, command: c, params: [{name: t, type: string}, {name: p, type: string}]}',
          '  - {type: event, on: push, filter: x}',
          '  - {type: schedule, cron: "0 3 * * *", timezone: Europe/Berlin}',
        ].join('\n') + '\n',
      ),
    );
    expect(workflow.parameters).toEqual([
      {
        name: 'p',
        type: 'integer',
        required: true,
        default: 2,
        label: 'L',
        secret: true,
        validation: { minimum: 1, maxItems: 3 },
        options: [],
      },
      {
        name: 'e',
        type: 'enum',
        required: false,
        secret: false,
        validation: {},
        options: [
          { value: 'one', label: 'one' },
          { value: 'two', label: 'Two' },
        ],
      },
      { name: 't', type: 'string', required: false, secret: false, validation: {}, options: [] },
    ]);
    expect(workflow.triggers).toEqual([
      { type: 'cli', command: 'c' },
      { type: 'event', on: 'push', filter: 'x' },
      { type: 'schedule', cron: '0 3 * * *', timezone: 'Europe/Berlin' },
    ]);
  });

  it('keeps a default of null apart from none', () => {
    const [given, none] = read(
      withSteps(
        '  - {id: a, run: x}\n',
        'parameters: [{name: p, type: string, default: null}, {name: q, type: string}]\n',
      ),
    ).parameters;
    expect(given).toHaveProperty('default', null);
    expect(none).not.toHaveProperty('default');
  });
});

describe('a step', () => {
  it.each([
    ['handler: git.commit', 'git.commit'],
    ['handler: confidentia.kanban_update', 'project.kanban_update'],
    ['handler: vwmp.run_validators', 'project.run_validators'],
    ['module: testing\naction: run-tests', 'testing.run-tests'],
    ['module: vwmp\naction: x', 'project.x'],
    ['run: make', 'command.run'],
    ['type: git.commit', 'git.commit'],
    ['type: confidentia.x', 'project.x'],
    ['type: git-operation', 'git.operation'],
  ])('%j has the handler %s', (keys, handler) => {
    expect(stepOf(keys)).toMatchObject({ handler });
  });

  it.each([
    ['persona-request', 'agent.request'],
    ['conditional', 'flow.conditional'],
    ['parallel', 'flow.parallel'],
    ['approval', 'flow.approval'],
    ['wait', 'flow.wait'],
  ])('with the type %s alone has the handler %s', (type, handler) => {
    expect(readWorkflow(withStep(`type: ${type}`), 'x.yml').workflow?.steps[0]).toMatchObject({ handler });
  });

  it('keeps a type beside its handler as a label', () => {
    expect(stepOf('handler: a.b\ntype: thing')).toMatchObject({ handler: 'a.b', label: 'thing' });
    expect(stepOf('run: x\ntype: thing')).toMatchObject({ label: 'thing' });
    expect(stepOf('type: a.b')).not.toHaveProperty('label');
  });

  it.each(['config', 'params', 'inputs', 'with'])('may spell its configuration `%s`', (key) => {
    expect(stepOf(`handler: a.b\n${key}: {x: 1}`)).toMatchObject({ config: { x: 1 } });
  });

  it.each(['dependencies', 'needs', 'depends_on'])('may spell its dependencies `%s`', (key) => {
    const text = (value: string): string => withSteps(`  - {id: b, run: x}\n  - {id: a, run: x, ${key}: ${value}}\n`);
    const read2 = (value: string) => read(text(value)).steps[1]?.dependencies;
    expect(read2('b')).toEqual([{ step: 'b', on: null }]);
    expect(read2('[b]')).toEqual([{ step: 'b', on: null }]);
    expect(read2('[]')).toEqual([]);
    expect(read2('{step: b, on: failure}')).toEqual([{ step: 'b', on: ['failure'] }]);
    expect(read2('[{step: b, on: [success, skipped]}]')).toEqual([{ step: 'b', on: ['success', 'skipped'] }]);
    expect(read2('[{step: b}]')).toEqual([{ step: 'b', on: null }]);
  });

  it.each(['condition', 'if', 'when'])('may spell its condition `%s`', (key) => {
    expect(stepOf(`run: x\n${key}: parameters.x == 1`)).toMatchObject({ condition: 'parameters.x == 1' });
    expect(stepOf(`run: x\n${key}: false`)).toMatchObject({ condition: 'false' });
  });

  it('puts what belongs to `run` into its configuration', () => {
    expect(stepOf('run: make\nshell: sh\nworking_directory: sub\nenv: {A: 1, B: null}\nsecrets: [T]')).toMatchObject({
      config: { script: 'make', shell: 'sh', working_directory: 'sub' },
      env: { A: 1, B: null },
      secrets: ['T'],
    });
  });

  it('may carry the configuration on itself where its type names the handler', () => {
    expect(
      stepOf('type: git-operation\noperation: commit\nbranch: main\nmessage: m\nx-note: n\nconfig: {extra: 1}'),
    ).toMatchObject({
      config: { operation: 'commit', branch: 'main', message: 'm', extra: 1 },
    });
    expect(stepOf('type: git-operation\nx-note: n')?.config).toEqual({});
  });

  it('of a persona has its `params` as a key of its configuration', () => {
    const text = withStep('type: persona-request\npersona: p\nparams: {stage: initial}\ntimeout: 1800\nretries: 2');
    expect(readWorkflow(text, 'x.yml').workflow?.steps[0]).toMatchObject({
      config: { persona: 'p', params: { stage: 'initial' } },
      timeout: 1800,
      retry: { maxAttempts: 3 },
    });
  });

  it.each([
    ['retries: 0', { maxAttempts: 1 }],
    ['retries: 2', { maxAttempts: 3 }],
    ['maxRetries: 3', { maxAttempts: 4 }],
    [
      'retry: {max_attempts: 5, delay: 500ms, backoff: linear, factor: 3, max_delay: 1m, jitter: 0, on: [1, timeout, /x/], condition: a, deadline: 2h}',
      {
        maxAttempts: 5,
        delay: '500ms',
        backoff: 'linear',
        factor: 3,
        maxDelay: '1m',
        jitter: 0,
        on: [1, 'timeout', '/x/'],
        condition: 'a',
        deadline: '2h',
      },
    ],
    ['retry: {on: timeout}', { on: ['timeout'] }],
    [
      'retry: {max_attempts: "${config.n}", delay: "{{ config.d }}"}',
      { maxAttempts: '${config.n}', delay: '{{ config.d }}' },
    ],
  ])('reads %j as its retry policy', (keys, retry) => {
    expect(stepOf(`run: x\n${keys}`)?.retry).toEqual(retry);
  });

  it('reads declared outputs, and takes all of one that holds a secret for secret', () => {
    expect(
      stepOf(
        'run: x\noutputs: [{name: a}, {name: b, type: object, properties: {p: boolean, q: {type: array, items: number, required: true}}, required: true}, {name: c, properties: {s: {secret: true}}}]',
      )?.outputs,
    ).toEqual({
      kind: 'declared',
      outputs: [
        { name: 'a', type: 'any', required: false, secret: false },
        {
          name: 'b',
          type: 'object',
          properties: { p: { type: 'boolean' }, q: { type: 'array', items: { type: 'number' }, required: true } },
          required: true,
          secret: false,
        },
        { name: 'c', type: 'any', properties: { s: { type: 'any' } }, required: false, secret: true },
      ],
    });
  });

  it('reads a map of outputs as templates', () => {
    expect(stepOf('run: x\noutputs: {v: "${outputs.x}"}')?.outputs).toEqual({
      kind: 'mapped',
      outputs: { v: '${outputs.x}' },
    });
  });

  it('reads the rest of its keys', () => {
    expect(
      stepOf(
        'run: x\nname: N\ndescription: D\nrequired: false\nenabled: parameters.on\nautomatic: true\ntimeout: 10m\non_lost: fail\nidempotency_key: k\nx-a: 1',
      ),
    ).toMatchObject({
      name: 'N',
      description: 'D',
      required: false,
      enabled: 'parameters.on',
      automatic: true,
      timeout: '10m',
      onLost: 'fail',
      idempotencyKey: 'k',
    });
  });
});

describe('a document', () => {
  it.each([
    ['no map', '- a\n', ['type 1:1']],
    ['empty', '', ['type 1:1']],
    ['a workflow that is no map', 'workflow: 3\n', ['type 1:11 workflow']],
    ['without steps', 'name: x\n', ['missing-key 1:1']],
    ['with an empty list of steps', 'name: x\nsteps: []\n', ['value 2:1 steps']],
    [
      'with keys beside `workflow`',
      'workflow: {name: x, steps: [{id: a, run: x}]}\nsteps: []\nx-a: 1\nlanguage: 1\n',
      ['conflict 2:1 steps'],
    ],
    ['with a version that is a number', withSteps('  - {id: a, run: x}\n', 'version: 1.0\n'), ['type 2:10 version']],
    ['of another language', withSteps('  - {id: a, run: x}\n', 'language: 2\n'), ['value 2:11 language']],
    [
      'with both names of its configuration',
      withSteps('  - {id: a, run: x}\n', 'config: {}\nvariables: {}\n'),
      ['duplicate-key 3:1 variables'],
    ],
    [
      'that stops fast and goes on',
      withSteps('  - {id: a, run: x}\n', 'fail_fast: true\non_failure: continue\n'),
      ['conflict 2:12 fail_fast'],
    ],
    ['with an empty key', withSteps('  - {id: a, run: x}\n', 'outputs:\n'), ['type 2:1 outputs']],
    [
      'with a schedule without a time',
      withSteps('  - {id: a, run: x}\n', 'triggers: [{type: schedule}]\n'),
      ['missing-key 2:13 triggers[0]'],
    ],
  ])('%s is refused', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each([
    ['has no id', '- run: x', ['missing-key 3:5 steps[0]']],
    ['has an id that does not fit', '- {id: a--b, run: x}', ['value 3:10 steps[0].id']],
    ['has a number for its id', '- {id: 1, run: x}', ['type 3:10 steps[0].id']],
    ['has no action', '- id: a', ['missing-key 3:5 steps[0]']],
    ['has two actions', '- {id: a, run: x, handler: b.c}', ['conflict 3:21 steps[0].handler']],
    ['has half a module', '- {id: a, module: x}', ['missing-key 3:13 steps[0].module']],
    ['has a type that names no handler', '- {id: a, type: thing}', ['value 3:19 steps[0].type']],
    ['has a key and its alias', '- {id: a, run: x, if: b, when: c}', ['duplicate-key 3:28 steps[0].when']],
    ['has `retry` and `retries`', '- {id: a, run: x, retry: {}, retries: 1}', ['duplicate-key 3:32 steps[0].retries']],
    [
      'has a configuration on itself and beside',
      '- {id: a, type: git-operation, config: {branch: b}, branch: c}',
      ['duplicate-key 3:55 steps[0].branch'],
    ],
    ['has a shell without a script', '- {id: a, handler: b.c, shell: sh}', ['conflict 3:27 steps[0].shell']],
    ['has a loop option without a loop', '- {id: a, run: x, max_failures: 1}', ['conflict 3:21 steps[0].max_failures']],
    ['has an unknown key', '- {id: a, run: x, conditon: b}', ['unknown-key 3:21 steps[0].conditon']],
    ['has a wrong duration', '- {id: a, run: x, retry: {delay: "30"}}', ['value 3:36 steps[0].retry.delay']],
    [
      'has a retry filter that names nothing',
      '- {id: a, run: x, retry: {on: [exti, "1"]}}',
      ['value 3:34 steps[0].retry.on[0]', 'value 3:40 steps[0].retry.on[1]'],
    ],
    [
      'declares an output twice',
      '- {id: a, run: x, outputs: [{name: b}, {name: b}]}',
      ['duplicate-key 3:49 steps[0].outputs[1].name'],
    ],
    ['is no map', '- just text', ['type 3:5 steps[0]']],
  ])('with a step that %s is refused', (_, step, faults) => {
    expect(faultsOf(withSteps(`  ${step}\n`))).toEqual(faults);
  });

  it('may not have one id twice, in `finally` and inside of steps neither', () => {
    const text = 'name: x\nsteps:\n  - {id: a, run: x}\n  - {id: a, run: x}\nfinally:\n  - {id: a, run: x}\n';
    expect(faultsOf(text)).toEqual(['duplicate-id 4:10 steps[1].id', 'duplicate-id 6:10 finally[0].id']);
    expect(faultsOf(withSteps('  - {id: g, steps: [{id: a, run: x}]}\n  - {id: a, run: x}\n'))).toEqual([
      'not-yet 3:13 steps[0].steps',
      'duplicate-id 3:26 steps[0].steps[0].id',
    ]);
  });

  it('may nest steps sixteen levels deep', () => {
    const nested = (depth: number): object =>
      depth === 1 ? { id: 's1', run: 'x' } : { id: `s${depth}`, steps: [nested(depth - 1)] };
    const codes = (depth: number) =>
      readWorkflow(JSON.stringify({ name: 'x', steps: [nested(depth)] }), 'x.json').diagnostics.map(({ code }) => code);
    expect(codes(16)).toEqual(['not-yet']);
    expect(codes(17)).toEqual(['not-yet', 'too-deep']);
  });

  it('says all that is wrong at once, in the order of the file', () => {
    const text =
      'nmae: x\nversion: 1\nsteps:\n  - {id: 1, run: x, needs: zz}\n  - {id: b, run: "${{ x }}", if: {{ y }}}\n';
    expect(faultsOf(text)).toEqual([
      'unknown-key 1:1 nmae',
      'type 2:10 version',
      'type 4:10 steps[0].id',
      'unknown-step 4:28 steps[0].needs',
      'script-template 5:19 steps[1].run',
      'forbidden-key 5:34 steps[1].if',
    ]);
  });

  it('is read as far as it can be understood', () => {
    const { workflow } = readWorkflow(
      'name: 3\nsteps:\n  - {id: a, run: x, timeout: [], env: {B: 1}}\n  - {id: a, foo: 1}\n  - nothing\n',
      'x.yml',
    );
    expect(workflow).toMatchObject({
      name: '',
      steps: [
        { id: 'a', config: { script: 'x' }, env: { B: 1 } },
        { id: '#2', handler: '' },
      ],
    });
    expect(workflow?.steps[0]).not.toHaveProperty('timeout');
  });
});
