import { beforeAll, describe, expect, test } from 'vitest';
import type { StepEnd } from '../../rigs/runner.ts';
import { prepareBundle, useAction, useWorkflow } from './action-rig.ts';
import { readMarkdown, tableBelow } from './markdown-page.ts';

beforeAll(prepareBundle, 300_000);

const errors = (end: StepEnd) => end.log.annotations.filter(({ level }) => level === 'error');
const stepStates = (end: StepEnd): { readonly [id: string]: string } => {
  const steps: readonly { readonly id: string; readonly status: string }[] = JSON.parse(
    end.outputs.get('steps') ?? 'null',
  );
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
};

describe('a run that succeeds', () => {
  test('succeeds the job, gives outputs under their own names and as JSON, and a report', async () => {
    const end = await useWorkflow(`
name: Build
version: "2.1.0"
steps:
  - id: compile
    run: |
      echo compiling
      echo "size=42" >> "$VWMP_OUTPUT"
    outputs: [{ name: size, type: integer }]
  - { id: pack, run: echo packing }
outputs:
  size: \${{ steps.compile.outputs.size }}
  label: "size \${{ steps.compile.outputs.size }}"
  list: [1, two, { three: 3 }]
  nothing: null
  several: "a\\nb=c<<d\\n"
`);
    expect(end).toMatchObject({ exitCode: 0, conclusion: 'success', survivors: [], lostOutputs: [] });
    expect(Object.fromEntries(end.outputs)).toMatchObject({
      status: 'success',
      size: '42',
      label: 'size 42',
      list: '[1,"two",{"three":3}]',
      nothing: '',
      several: 'a\nb=c<<d\n',
    });
    expect(JSON.parse(end.outputs.get('outputs') ?? '')).toEqual({
      size: 42,
      label: 'size 42',
      list: [1, 'two', { three: 3 }],
      nothing: null,
      several: 'a\nb=c<<d\n',
    });
    expect(JSON.parse(end.outputs.get('steps') ?? '')).toEqual(
      ['compile', 'pack'].map((id) => ({
        id,
        status: 'success',
        started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        duration_ms: expect.any(Number),
      })),
    );
    expect(end.outputs.get('run-id')).toMatch(/^\S+$/);
    expect(end.log.groups).toMatchObject([
      { title: 'Output of compile', lines: ['compiling'] },
      { title: 'Output of pack', lines: ['packing'] },
    ]);
    expect(end.log).toMatchObject({ annotations: [], complaints: [] });
    expect(readMarkdown(end.summary)[0]).toEqual({ kind: 'heading', text: '✓ Build 2.1.0: success' });
    expect(tableBelow(end.summary, 'Steps').map((row) => row.slice(0, 2))).toEqual([
      ['✓\u00a0success', '`compile`'],
      ['✓\u00a0success', '`pack`'],
    ]);
    expect(end.variables.size + end.paths.length + end.state.size).toBe(0);
  });

  test('keeps outputs that have the names of the action in `outputs` only, and says so', async () => {
    const end = await useWorkflow('name: W\nsteps: [{ id: a, run: "true" }]\noutputs: { status: mine, Run-ID: "7" }\n');
    expect(end.outputs.get('status')).toBe('success');
    expect(end.outputs.has('Run-ID')).toBe(false);
    expect(JSON.parse(end.outputs.get('outputs') ?? '')).toEqual({ status: 'mine', 'Run-ID': '7' });
    expect(end.log.text).toContain('The output status of the workflow has the name of an output of the action');
  });
});

describe('a run that fails', () => {
  const failing = `
name: Deploy
steps:
  - { id: build, run: echo built }
  - id: push
    name: Push it
    run: |
      echo 'the registry said no'
      exit 9
  - { id: announce, run: echo done }
`;

  test('fails the job with an annotation, the reason in the report, and outputs all the same', async () => {
    const end = await useWorkflow(failing);
    expect(end).toMatchObject({ exitCode: 1, conclusion: 'failure', survivors: [] });
    expect(end.outputs.get('status')).toBe('failed');
    expect(stepStates(end)).toEqual({ build: 'success', push: 'failed', announce: 'skipped' });
    expect(errors(end)).toEqual([
      { level: 'error', title: 'Push it: exit 9', message: expect.any(String), file: null, line: null },
    ]);
    expect(end.summary).toContain('✗ Deploy 1.0.0: failed');
    expect(end.summary).toContain('the registry said no');
  });

  test('fails the job even where nobody takes outputs or a summary', async () => {
    const end = await useAction({
      files: { 'w.yml': failing },
      env: { GITHUB_OUTPUT: null, GITHUB_STEP_SUMMARY: null, GITHUB_STATE: null, GITHUB_ENV: null },
    });
    expect(end).toMatchObject({ exitCode: 1, conclusion: 'failure', summary: '' });
  });

  test('names the file that cannot be written, and is no bug', async () => {
    const end = await useAction({ files: { 'w.yml': failing }, env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } });
    expect(end.exitCode).toBe(1);
    expect(end.outputs.get('status')).toBe('failed');
    expect(end.log.text).toContain('/nowhere/summary');
    expect(end.log.text).not.toContain('bug');
  });

  test('loses no success to outputs that cannot be written: the job fails, because others rely on them', async () => {
    const end = await useAction({
      files: { 'w.yml': 'name: W\nsteps: [{ id: a, run: "true" }]\n' },
      env: { GITHUB_OUTPUT: '/nowhere/output' },
    });
    expect(end.exitCode).toBe(1);
    expect(
      errors(end)
        .map(({ message }) => message)
        .join(),
    ).toContain('/nowhere/output');
    expect(end.summary).toContain('✓ W 1.0.0: success');
  });
});

describe('a run in which only an optional step failed', () => {
  const partial = 'name: W\nsteps:\n  - { id: a, required: false, run: exit 3 }\n  - { id: b, run: "true" }\n';

  test('succeeds the job, with a warning', async () => {
    const end = await useWorkflow(partial);
    expect(end).toMatchObject({ exitCode: 0, conclusion: 'success' });
    expect(end.outputs.get('status')).toBe('partial');
    expect(end.log.annotations).toMatchObject([{ level: 'warning', title: 'a: exit 3' }]);
  });

  test('fails the job where `fail-on` says so', async () => {
    const end = await useWorkflow(partial, { 'fail-on': 'partial' });
    expect(end).toMatchObject({ exitCode: 1, conclusion: 'failure' });
    expect(end.outputs.get('status')).toBe('partial');
  });
});

describe('what cannot be run', () => {
  const valid =
    'name: W\nparameters: [{ name: count, type: integer, required: true }]\nsteps: [{ id: a, run: "touch ran" }]\n';

  test.each<readonly [string, string, { readonly [input: string]: string }, RegExp]>([
    ['a definition with unknown keys', 'name: W\nstepz: []\n', {}, /stepz/],
    ['text that is no YAML', 'name: [\n', {}, /not closed/],
    ['an empty file', '', {}, /./],
    ['a workflow that does not exist', valid, { workflow: 'other.yml' }, /other\.yml/],
    ['a name that no folder has', valid, { workflow: 'nothing-like-it' }, /nothing-like-it/],
    ['a path that leads out', valid, { workflow: '../../etc/passwd' }, /\.\./],
    ['no workflow at all', valid, { workflow: '' }, /`workflow` is missing/],
    ['a parameter of another type', valid, { parameters: 'count: many' }, /count/],
    ['a parameter that is missing', valid, {}, /count/],
    ['a parameter that is not declared', valid, { parameters: '{"count": 1, "colour": "red"}' }, /colour/],
    ['parameters that are no map', valid, { parameters: '- 1' }, /`parameters` is a list/],
    ['parameters that are no YAML', valid, { parameters: '{' }, /`parameters` cannot be read/],
    ['a mode that is unknown', valid, { parameters: 'count: 1', mode: 'ruin' }, /run, plan, validate/],
    ['a form of the summary that is unknown', valid, { parameters: 'count: 1', summary: 'huge' }, /full, compact, off/],
    ['an unknown value of fail-on', valid, { parameters: 'count: 1', 'fail-on': 'always' }, /failed, partial/],
    ['no steps at once', valid, { parameters: 'count: 1', 'max-parallel': '0' }, /1 or more/],
    ['steps at once that are no number', valid, { parameters: 'count: 1', 'max-parallel': 'two' }, /1 or more/],
    ['a task that is a text', valid, { parameters: 'count: 1', task: 'do it' }, /`task` is/],
    [
      'secrets that are no JSON',
      valid,
      { parameters: 'count: 1', secrets: 'TOKEN=hunter22' },
      /`secrets` is not a JSON/,
    ],
    ['a step that is not there, selected', valid, { parameters: 'count: 1', only: 'zzz' }, /zzz/],
    ['a folder that is not there', valid, { parameters: 'count: 1', 'working-directory': 'sub' }, /no folder/],
    ['a folder outside', valid, { parameters: 'count: 1', 'working-directory': '..' }, /leads out/],
    ['a configuration that is not there', valid, { parameters: 'count: 1', config: 'no.yaml' }, /no\.yaml/],
  ])(
    '%s is refused with exit 2, an annotation and outputs, before anything starts',
    async (_, definition, inputs, says) => {
      const end = await useAction({ files: { 'w.yml': definition }, with: inputs });
      expect({ exitCode: end.exitCode, log: end.log.text }).toEqual({ exitCode: 2, log: expect.stringMatching(says) });
      expect(errors(end).length).toBeGreaterThan(0);
      expect(
        errors(end)
          .map(({ message }) => message)
          .join('\n'),
      ).toMatch(says);
      expect(end.summary).toMatch(/^## /);
      expect(() => readMarkdown(end.summary)).not.toThrow();
      expect(Object.fromEntries(end.outputs)).toEqual({ status: 'failed', 'run-id': '', outputs: '{}', steps: '[]' });
      expect(end.log.groups).toEqual([]);
      expect(end.log.text).not.toContain('hunter22');
      expect(end.log.complaints).toEqual([]);
    },
  );

  test('all faults are told at once, each at its place in the file', async () => {
    const end = await useWorkflow(
      'name: W\nnope: 1\nsteps:\n  - { id: a, run: "true", depends: b }\n  - { id: a, run: "true" }\n',
    );
    expect(end.exitCode).toBe(2);
    expect(errors(end).map(({ file, line }) => `${file}:${line}`)).toEqual(['w.yml:2', 'w.yml:4', 'w.yml:5']);
  });

  test('a hundred faults keep within the limits of the runner', async () => {
    const keys = Array.from({ length: 100 }, (_, index) => `nope${index}: 1`).join('\n');
    const end = await useWorkflow(`name: W\n${keys}\nsteps: [{ id: a, run: "true" }]\n`);
    expect(end.log.dropped).toEqual([]);
    expect(errors(end)).toHaveLength(10);
    expect(errors(end).at(-1)?.message).toMatch(/^91 more/);
  });

  test('an event that cannot be read is refused, not taken for none', async () => {
    const end = await useAction({
      files: { 'w.yml': 'name: W\nsteps: [{ id: a, run: "true" }]\n' },
      env: { GITHUB_EVENT_PATH: '/nowhere/event.json' },
    });
    expect({ exitCode: end.exitCode, log: end.log.text }).toEqual({
      exitCode: 2,
      log: expect.stringContaining('/nowhere/event.json'),
    });
  });
});

describe('the modes that start nothing', () => {
  const definition =
    'name: W\nsteps:\n  - { id: a, run: touch ran }\n  - { id: b, run: touch ran, condition: steps.a.status == "success" }\n';

  test('`plan` shows what would run', async () => {
    const end = await useWorkflow(definition, { mode: 'plan' });
    expect(end).toMatchObject({ exitCode: 0, conclusion: 'success' });
    expect(end.outputs.get('status')).toBe('success');
    expect(end.summary).toContain('Nothing was started.');
    expect(readMarkdown(end.summary).some((block) => block.kind === 'table')).toBe(true);
    expect(end.log.groups).toEqual([]);
  });

  test('`validate` says that the definition is valid, and what it warns of', async () => {
    const end = await useWorkflow(
      'name: W\nparameters: [{ name: idle, type: string }]\nsteps: [{ id: a, run: touch ran }]\n',
      {
        mode: 'validate',
      },
    );
    expect(end.exitCode).toBe(0);
    expect(end.summary).toContain('is valid');
    expect(end.log.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('idle') }]);
  });

  test('`validate` needs no parameters', async () => {
    const end = await useWorkflow(
      `name: W\nparameters: [{ name: n, type: string, required: true }]\nsteps: [{ id: a, run: "true", env: { N: "\${{ parameters.n }}" } }]\n`,
      { mode: 'validate' },
    );
    expect(end.exitCode).toBe(0);
  });

  test('`validate` refuses what is wrong', async () => {
    expect((await useWorkflow('name: W\nsteps: [{ id: a }]\n', { mode: 'validate' })).exitCode).toBe(2);
  });
});
