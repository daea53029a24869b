import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanJson } from '../../../src/core/report/plan-json.ts';
import type { Validation } from '../../rigs/cli.ts';
import { logged, RollbackFolder } from '../rollback-folder.ts';

/** What may stand under `rollback`. */
const accepted: readonly object[] = [
  { run: 'true' },
  { run: 'echo 1', shell: 'sh', working_directory: 'sub', name: 'Undo it', description: 'Takes it back.' },
  { handler: 'command.run', config: { script: 'true' } },
  { handler: 'git.stage_all', with: {} },
  { run: 'true', timeout: '30s', retry: { max_attempts: 2, delay: '1s', on: [1, 'timeout'] } },
  { run: 'true', retries: 2, env: { A: 1, B: null }, secrets: ['TOKEN'], idempotency_key: 'k' },
  { run: 'true', env: { OUT: '{{ steps.s.outputs.x }}', S: '{{ steps.s.status }}', B: '{{ steps.before.status }}' } },
  { run: 'true', 'x-note': 'anything' },
];

/** What may not, with the code, the path and a word of the message or the hint of the one error. */
const refused: readonly (readonly [rollback: unknown, code: string, path: string, says: string])[] = [
  ['./undo.sh', 'type', 'steps[1].rollback', 'takes a rollback'],
  [[{ run: 'true' }], 'type', 'steps[1].rollback', 'takes a rollback'],
  [{}, 'missing-key', 'steps[1].rollback', 'run'],
  [{ timeout: 3 }, 'missing-key', 'steps[1].rollback', 'run'],
  [{ run: 'true', handler: 'command.run' }, 'conflict', 'steps[1].rollback.handler', 'run'],
  [{ id: 'undo', run: 'true' }, 'unknown-key', 'steps[1].rollback.id', 'id'],
  [{ run: 'true', needs: ['before'] }, 'unknown-key', 'steps[1].rollback.needs', 'needs'],
  [{ run: 'true', condition: 'true' }, 'unknown-key', 'steps[1].rollback.condition', 'condition'],
  [{ run: 'true', rollback: { run: 'true' } }, 'unknown-key', 'steps[1].rollback.rollback', 'rollback'],
  [{ run: 'true', tiemout: 3 }, 'unknown-key', 'steps[1].rollback.tiemout', 'timeout'],
  [{ run: 'true', timeout: 0 }, 'value', 'steps[1].rollback.timeout', ''],
  [{ run: 'true', retry: { on: ['flaky'] } }, 'value', 'steps[1].rollback.retry.on[0]', 'flaky'],
  [{ run: 'true', retry: { max_attempts: 0 } }, 'value', 'steps[1].rollback.retry.max_attempts', ''],
  [{ run: `echo \${{ steps.s.outputs.x }}` }, 'script-template', 'steps[1].rollback.run', 'env'],
  [{ run: 'true', working_directory: '../x' }, 'path', 'steps[1].rollback.working_directory', 'workspace'],
  [{ handler: 'comand.run' }, 'unknown-handler', 'steps[1].rollback.handler', 'command'],
  [
    { handler: 'git.create_tag', config: { tag_template: 'v1', taag: 'x' } },
    'configuration',
    'steps[1].rollback.config.taag',
    'tag',
  ],
  [{ run: 'true', env: { A: '{{ steps.nope.status }}' } }, 'unknown-step', 'steps[1].rollback.env.A', 'nope'],
  [{ run: 'true', env: { A: '{{ steps.after.status }}' } }, 'not-upstream', 'steps[1].rollback.env.A', 'after'],
  [{ run: 'true', env: { A: '{{ steps.s.status' } }, 'expression', 'steps[1].rollback.env.A', ''],
  [{ handler: 'flow.wait', config: { duration: 3 } }, 'not-yet', 'steps[1].rollback.handler', 'flow.wait'],
];

const around = (rollback: unknown) => ({
  steps: [
    { id: 'before', run: 'true' },
    { id: 's', run: 'true', rollback },
    { id: 'after', run: 'true' },
  ],
});

describe('`rollback` of a step in a definition', () => {
  const folder = new RollbackFolder({ 'sub/file': '' });
  let validation: Validation;

  beforeAll(async () => {
    const files = [
      ...accepted.map((rollback, index) => folder.define(`good-${index}.json`, around(rollback))),
      ...refused.map(([rollback], index) => folder.define(`bad-${index}.json`, around(rollback))),
      ...['stop', 'continue', 'rollback'].map((policy) =>
        folder.define(`${policy}.json`, { on_failure: policy, steps: [{ id: 's', run: 'true' }] }),
      ),
      folder.define('policy.json', { on_failure: 'undo', steps: [{ id: 's', run: 'true' }] }),
    ];
    validation = await folder.validate(...files);
  });
  afterAll(() => folder.remove());

  const errorsOf = (file: string) =>
    validation.diagnostics.filter((each) => each.file === file && each.severity === 'error');

  it.each(accepted.map((rollback, index) => [JSON.stringify(rollback), index] as const))('may be %s', (_, index) => {
    expect(errorsOf(`good-${index}.json`)).toEqual([]);
  });

  it.each(refused.map(([rollback, code], index) => [JSON.stringify(rollback), code, index] as const))(
    'may not be %s: one error, %s, at its place',
    (_, code, index) => {
      const [, , path = '', says = ''] = refused[index] ?? [];
      const errors = errorsOf(`bad-${index}.json`);
      expect(errors.map((error) => [error.code, error.path])).toEqual([[code, path]]);
      expect(errors[0]?.line).toBe(1);
      expect(`${errors[0]?.message} ${errors[0]?.hint}`).toContain(says);
    },
  );

  it('of the whole workflow is one of three policies', () => {
    for (const policy of ['stop', 'continue', 'rollback']) expect(errorsOf(`${policy}.json`)).toEqual([]);
    expect(errorsOf('policy.json')).toMatchObject([{ code: 'value', path: 'on_failure' }]);
  });

  it('is told to editors by the schema, as far as that can tell', async () => {
    const fits = new Ajv2020({ strict: false }).compile(JSON.parse((await folder.here(['schema'])).stdout));
    for (const rollback of accepted) {
      expect([rollback, fits({ name: 'case', ...around(rollback) })]).toEqual([rollback, true]);
    }
    const structural = refused.filter(([, code]) => ['type', 'unknown-key'].includes(code));
    expect(structural.length).toBeGreaterThan(5);
    for (const [rollback] of structural) {
      expect([rollback, fits({ name: 'case', ...around(rollback) })]).toEqual([rollback, false]);
    }
  });
});

describe('a plan', () => {
  const folder = new RollbackFolder().withEffects();
  afterAll(() => folder.remove());
  const definition = {
    steps: [
      { id: 'plain', run: 'true' },
      logged('own'),
      { id: 'write', handler: 'effects.write', config: { path: 'a', text: 'b' } },
      { id: 'final', handler: 'effects.final' },
      { id: 'push', handler: 'git.push' },
      { id: 'mine', handler: 'effects.final', rollback: { run: 'true' } },
      { id: 'off', handler: 'effects.final', enabled: false },
    ],
    finally: [logged('last')],
  };

  it('shows of each step that would run whether it could be undone, and by whom', async () => {
    const plan = JSON.parse(
      (await folder.here(['plan', folder.define('w.json', definition), '--json'])).stdout,
    ) as PlanJson;
    expect(plan.steps.map(({ id, rollback }) => [id, rollback])).toEqual([
      ['plain', undefined],
      ['own', { class: 'undo', by: 'step' }],
      ['write', { class: 'undo', by: 'handler' }],
      ['final', { class: 'never', by: 'handler' }],
      ['push', { class: 'undo-with-care', by: 'handler' }],
      ['mine', { class: 'undo', by: 'step' }],
      ['off', undefined],
      ['last', undefined],
    ]);
  });

  it('says in words what could not be undone', async () => {
    const { stdout } = await folder.here(['plan', folder.define('w.json', definition)]);
    const lines = stdout.split('\n');
    const below = (id: string) => lines[lines.findIndex((line) => line.includes(`● ${id} `)) + 1];
    expect(below('final')).toContain('cannot be undone');
    expect(stdout.match(/cannot be undone/g)).toHaveLength(1);
    expect(stdout).toContain('only while nobody else has moved it');
    expect(folder.has('log')).toBe(false);
  });
});
