import { describe, expect, test } from 'vitest';
import { readPluginDeclaration } from '../../../../src/adapters/plugin-host/plugin-declaration.ts';

const plugin = (handler: string, more = '') => `name: p\nversion: 1.0.0\n${more}handlers:\n  act: ${handler}\n`;
const read = (text: string) => readPluginDeclaration(text, 'plugin.yml');
const faults = async (text: string) => (await read(text)).diagnostics.map(({ code, path }) => `${code} ${path}`);

describe('plugin.yml', () => {
  test('the map of inputs is short for a schema, and others are refused', async () => {
    const { declaration } = await read(plugin('{ run: "true", inputs: { x: { type: integer } } }'));
    expect(declaration?.handlers.act).toMatchObject({
      input: { type: 'object', properties: { x: { type: 'integer' } }, additionalProperties: false },
      output: null,
      shell: 'bash',
    });
  });

  test('a whole schema is taken as it is', async () => {
    const schema = '{ type: object, properties: { x: {} }, additionalProperties: true }';
    const { declaration } = await read(plugin(`{ run: "true", input_schema: ${schema} }`));
    expect(declaration?.handlers.act?.input).toMatchObject({ additionalProperties: true });
  });

  test.each([
    ['a handler without `run`', plugin('{ title: x }'), ['missing-key handlers.act']],
    ['an unknown key', plugin('{ run: x, ruun: y }'), ['unknown-key handlers.act.ruun']],
    ['both spellings of a schema', plugin('{ run: x, inputs: {}, input: {} }'), ['duplicate-key handlers.act.input']],
    ['a schema that is none', plugin('{ run: x, inputs: { a: { type: text } } }'), ['value handlers.act.inputs']],
    ['another version of the interface', plugin('{ run: x }', 'apiVersion: 2\n'), ['value apiVersion']],
    ['an unknown shell', plugin('{ run: x, shell: fish }'), ['value handlers.act.shell']],
    ['a wrong retry', plugin('{ run: x, retry: { max_attempts: 0 } }'), ['value handlers.act.retry.max_attempts']],
    ['a name in capitals', plugin('{ run: x }').replace('name: p', 'name: P'), ['value name']],
    ['no handlers', 'name: p\nversion: 1.0.0\nhandlers: {}\n', ['value handlers']],
  ])('%s is a fault', async (_, text, expected) => {
    expect(await faults(text)).toEqual(expected);
    expect((await read(text)).declaration).toBeNull();
  });
});
