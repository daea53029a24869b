import { describe, expect, it } from 'vitest';
import { documentKeyNames, stepKeyNames } from '../../../../src/core/document/language-schema.ts';
import {
  companionKeys,
  documentKeysNotYet,
  isHandlerNotYet,
  stepKeysNotYet,
} from '../../../../src/core/document/not-yet.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';

/** Keys that a run of this version acts on. */
const documentKeysThatRun = [
  'name',
  'version',
  'type',
  'description',
  'config',
  'variables',
  'parameters',
  'triggers',
  'steps',
  'order',
  'finally',
  'outputs',
  'defaults',
  'on_failure',
  'fail_fast',
  'max_parallel',
  'timeout',
];
const stepKeysThatRun = [
  'id',
  'name',
  'description',
  'handler',
  'run',
  'shell',
  'working_directory',
  'module',
  'action',
  'type',
  'config',
  'params',
  'inputs',
  'with',
  'dependencies',
  'needs',
  'depends_on',
  'condition',
  'if',
  'when',
  'required',
  'enabled',
  'automatic',
  'timeout',
  'retry',
  'retries',
  'maxRetries',
  'rollback',
  'outputs',
  'on_lost',
  'env',
  'secrets',
  'idempotency_key',
];

function diagnosticsOf(step: object, document: object = {}) {
  const text = JSON.stringify({
    name: 'x',
    ...document,
    steps: [
      { id: 'a', ...step },
      { id: 'b', run: 'x' },
    ],
  });
  return readWorkflow(text, 'x.json').diagnostics.map(({ code, path }) => `${code} ${path ?? ''}`);
}

describe('what does not run yet', () => {
  it('leaves no key of the language that is neither run nor refused', () => {
    const known = (runs: readonly string[], ...refused: Iterable<string>[]) =>
      new Set([...runs, ...refused.flatMap((keys) => [...keys])]);
    expect(known(documentKeysThatRun, documentKeysNotYet)).toEqual(new Set(documentKeyNames));
    expect(known(stepKeysThatRun, stepKeysNotYet, companionKeys.keys())).toEqual(new Set(stepKeyNames));
  });

  it.each([
    [{ run: 'x', on_success: 'b' }, 'on_success'],
    [{ run: 'x', onSuccess: { condition: 'x', else: 'b' } }, 'onSuccess'],
    [
      {
        run: 'x',
        on_failure: [
          { condition: 'x', to: 'b' },
          { to: ['b'], recover: true },
        ],
      },
      'on_failure',
    ],
    [{ run: 'x', onFailure: { to: 'b', recover: true } }, 'onFailure'],
    [{ run: 'x', max_visits: 3 }, 'max_visits'],
    [{ run: 'x', for_each: [1], as: 'n', max_parallel: 2, fail_fast: true, max_failures: '10%', key: 'n' }, 'for_each'],
    [{ run: 'x', for_each: '${config.list}' }, 'for_each'],
    [{ run: 'x', for_each: { os: ['a'], node: '${x}', include: [{ os: 'b' }], exclude: [] } }, 'for_each'],
    [{ run: 'x', repeat: { until: 'x', max_iterations: 3, delay: '1s' } }, 'repeat'],
    [{ run: 'x', cache: { inputs: ['a'], outputs: ['b'], env: ['C'], key: 'k' } }, 'cache'],
    [{ run: 'x', circuit_breaker: { name: 'n', failures: 3, window: '1h', cooldown: '5m' } }, 'circuit_breaker'],
    [{ run: 'x', on_lost: 'ask' }, 'on_lost'],
    [{ uses: './other.yml', config: { a: 1 } }, 'uses'],
    [{ steps: [{ id: 'c', run: 'x', for_each: [1] }], order: 'graph' }, 'steps'],
    [{ type: 'parallel', steps: [{ id: 'c', run: 'x' }], wait_for: 'any' }, 'type'],
    [{ handler: 'flow.parallel', steps: [{ id: 'c', run: 'x' }] }, 'handler'],
    [{ type: 'conditional', condition: 'x', then_steps: ['b'], else_steps: [{ id: 'c', run: 'x' }] }, 'type'],
    [{ type: 'approval', message: 'm' }, 'type'],
    [{ handler: 'flow.wait', config: { for: '1h' } }, 'handler'],
    [{ module: 'flow', action: 'set', with: { a: 1 } }, 'module'],
    [{ type: 'persona-request', persona: 'p', params: {} }, 'type'],
    [{ handler: 'agent.request' }, 'handler'],
  ])('of a step is refused by one diagnostic: %j', (step, key) => {
    expect(diagnosticsOf(step)).toEqual([`not-yet steps[0].${key}`]);
  });

  it.each([
    ['permissions', { actors: ['write'], events: ['push'] }],
    ['concurrency', { group: 'g', limit: 1, queue: 'wait' }],
    [
      'tests',
      [
        {
          name: 't',
          parameters: { a: 1 },
          mocks: { a: { outputs: {} }, b: [{ failure: 'exit' }] },
          expect: { status: 'success', path: ['a'] },
        },
      ],
    ],
  ])('of a document is refused by one diagnostic: %s', (key, value) => {
    expect(diagnosticsOf({ run: 'x' }, { [key]: value })).toEqual([`not-yet ${key}`]);
  });

  it('is checked all the same', () => {
    expect(diagnosticsOf({ run: 'x', repeat: { untill: 'x' } })).toEqual([
      'not-yet steps[0].repeat',
      'unknown-key steps[0].repeat.untill',
    ]);
    expect(diagnosticsOf({ run: 'x', on_failure: { condition: 'x' } })).toEqual([
      'not-yet steps[0].on_failure',
      'missing-key steps[0].on_failure',
    ]);
    expect(diagnosticsOf({ type: 'parallel', stepz: [] })).toEqual([
      'not-yet steps[0].type',
      'unknown-key steps[0].stepz',
    ]);
  });

  it('takes `maxRetries` of a step that a route enters for a number of visits', () => {
    const steps = [
      { id: 'a', run: 'x', onFailure: 'b' },
      { id: 'b', run: 'x', maxRetries: 3 },
    ];
    const { diagnostics, workflow } = readWorkflow(JSON.stringify({ name: 'x', steps }), 'x.json');
    expect(diagnostics.map(({ path }) => path)).toEqual(['steps[0].onFailure', 'steps[1].maxRetries']);
    expect(workflow?.steps[1]).not.toHaveProperty('retry');
  });

  it('names whole families of handlers', () => {
    expect(['flow.wait', 'flow.anything', 'agent.request', 'command.run', 'flowers.buy'].map(isHandlerNotYet)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
