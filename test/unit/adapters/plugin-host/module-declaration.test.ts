import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { declaresModule, readModuleDeclaration } from '../../../../src/adapters/plugin-host/module-declaration.ts';

const fixture = new URL('../../../fixtures/plugins/modules/testing/module.yml', import.meta.url);
const faults = async (text: string) =>
  (await readModuleDeclaration(text, 'm.yml')).diagnostics.map(({ code, path }) => `${code} ${path}`);

describe('the declaration of a module', () => {
  test('gives each action its inputs as a schema and its outputs', async () => {
    const { declaration, diagnostics } = await readModuleDeclaration(readFileSync(fixture, 'utf8'), 'm.yml');
    expect(diagnostics).toEqual([]);
    expect(declaration).toMatchObject({ module: 'testing', version: '1.0.0' });
    expect(declaration?.actions.get('run-tests')).toEqual({
      description: 'Run test suite',
      configuration: {
        type: 'object',
        properties: { changes: { type: 'array' } },
        required: [],
        additionalProperties: false,
      },
      outputs: { testResults: { type: 'object' } },
    });
  });

  test('an action that says nothing of its inputs and outputs takes any and gives any', async () => {
    const { declaration } = await readModuleDeclaration('module: m\nactions: [{ name: a }]\n', 'm.yml');
    expect(declaration?.actions.get('a')).toMatchObject({
      configuration: { additionalProperties: true },
      outputs: null,
    });
  });

  test('types of the language become types of the schema', async () => {
    const inputs = [
      '{ name: t, type: textarea }',
      '{ name: e, type: enum, options: [x, { value: y, label: Y }] }',
      '{ name: f, type: file }',
      '{ name: l, type: array, items: integer }',
      '{ name: o, type: object, properties: { p: boolean } }',
      '{ name: n, type: any, secret: true, required: true }',
    ];
    const text = `module: m\nactions:\n  - name: a\n    inputs:\n${inputs.map((input) => `      - ${input}\n`).join('')}`;
    const { declaration } = await readModuleDeclaration(text, 'm.yml');
    expect(declaration?.actions.get('a')?.configuration).toMatchObject({
      properties: {
        t: { type: 'string' },
        e: { type: 'string', enum: ['x', 'y'] },
        f: { type: 'string', path: true },
        l: { type: 'array', items: { type: 'integer' } },
        o: { type: 'object', properties: { p: { type: 'boolean' } } },
        n: { secret: true },
      },
      required: ['n'],
    });
  });

  test('every fault is reported at its place', async () => {
    expect(await faults('module: m\n')).toEqual(['missing-key ']);
    expect(await faults('module: m\nactions: [{ name: a }, { name: a }]\n')).toEqual(['duplicate-id actions[1].name']);
    expect(await faults('module: m\nactions: [{ name: a, inputs: [{ name: x, type: text }] }]\n')).toEqual([
      'value actions[0].inputs[0].type',
    ]);
    expect(
      await faults('module: m\nactions: [{ name: a, inputs: [{ name: x, type: number, default: no }] }]\n'),
    ).toEqual(['value actions[0].inputs[0]']);
    expect(await faults('module: m\nversion: 1.0\nactions: [{ name: a, out: [] }]\n')).toEqual([
      'type version',
      'unknown-key actions[0].out',
    ]);
  });

  test('other YAML files in the folder are none', () => {
    expect(declaresModule('module: m\n')).toBe(true);
    expect(declaresModule('name: x\nsteps: [{ module: m }]\n')).toBe(false);
  });
});
