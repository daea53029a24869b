import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder, readRun } from '../../rigs/cli.ts';

const names = ['s', 't', 'n', 'i', 'b', 'e', 'a', 'o', 'd', 'f', 'made', 'sum', 'none'];
const declared = [
  { name: 's', type: 'string', required: true, validation: { min_length: 2, max_length: 5, pattern: '^[a-z]+$' } },
  { name: 't', type: 'textarea', default: 'one\ntwo' },
  { name: 'n', type: 'number', default: 1.5, validation: { minimum: 1, maximum: 9 } },
  { name: 'i', type: 'integer', default: 3 },
  { name: 'b', type: 'boolean', default: false },
  { name: 'e', type: 'enum', options: ['x', { value: 'y', label: 'Why' }], default: 'x' },
  { name: 'a', type: 'array', default: [], validation: { max_items: 2 } },
  {
    name: 'o',
    type: 'object',
    default: {},
    validation: { schema: { type: 'object', properties: { k: { type: 'integer' } } } },
  },
  { name: 'd', type: 'date', default: '2026-01-31' },
  { name: 'f', type: 'file', default: 'in.txt' },
  { name: 'made', type: 'string', default: '{{ parameters.s }}-x' },
  { name: 'sum', type: 'integer', default: '{{ 1 + 1 }}' },
  { name: 'none', type: 'string' },
];

describe('parameters', () => {
  const folder = new CliFolder({ 'in.txt': '' });
  beforeAll(() => {
    folder.define('p.json', {
      parameters: declared,
      steps: [
        {
          id: 's',
          run: 'echo once >> ran',
          env: { P: `{{ toJSON([${names.map((name) => `parameters.${name}`)}]) }}` },
        },
      ],
      outputs: Object.fromEntries(names.map((name) => [name, `{{ parameters.${name} }}`])),
    });
  });
  afterAll(() => folder.remove());

  it('are turned into their types from the command line; defaults may be templates', async () => {
    const { outputs } = await folder.run(
      'p.json',
      '--s',
      'abc',
      '--n',
      '2e0',
      '--i',
      '-7',
      '-p',
      'b=true',
      '--e=y',
      '--a',
      '[1,"2"]',
      '--o',
      '{"k": 3}',
      '--d',
      '2026-02-28',
    );
    expect(outputs).toEqual({
      s: 'abc',
      t: 'one\ntwo',
      n: 2,
      i: -7,
      b: true,
      e: 'y',
      a: [1, '2'],
      o: { k: 3 },
      d: '2026-02-28',
      f: 'in.txt',
      made: 'abc-x',
      sum: 2,
      none: null,
    });
  });

  it('are refused all at once and by name, before any step', async () => {
    const wrong = {
      s: 'A',
      n: '100',
      i: '1.5',
      b: 'yes',
      e: 'z',
      a: '[1,2,3]',
      o: '{"k":"x"}',
      d: '2026-02-30',
      f: '/etc/passwd',
    };
    const args = Object.entries(wrong).flatMap(([name, value]) => [`--${name}`, value]);
    const result = await folder.vwmp(['run', 'p.json', '--json', ...args, '--opt', '3']);
    const { diagnostics } = readRun(result).refusal;
    const paths = diagnostics.filter(({ severity }) => severity === 'error').map(({ path }) => path);
    expect(result.code).toBe(2);
    for (const name of [...Object.keys(wrong), 'opt']) expect(paths).toContain(`parameters.${name}`);
    expect(folder.lines('ran')).toEqual(['once']);
  });

  it('are refused with the nearest declared name where they are not declared', async () => {
    folder.define('one.json', {
      parameters: [{ name: 'summary', type: 'string' }],
      steps: [{ id: 's', run: 'true', env: { S: '{{ parameters.summary }}' } }],
    });
    const { code, refusal } = await folder.run('one.json', '--sumary', 'x');
    expect(code).toBe(2);
    expect(refusal.diagnostics).toMatchObject([{ code: 'parameter-value', hint: 'Did you mean `summary`?' }]);
  });

  it('keep their types in a file, whose values the command line overrides', async () => {
    folder.write('p.yml', 's: abc\ni: 4\nb: true\n');
    const { outputs } = await folder.run('p.json', '--parameters', 'p.yml', '--i', '5');
    expect(outputs).toMatchObject({ s: 'abc', i: 5, b: true });
    folder.write('commented.json', '{"s": "abc", // the name\n /* one */ "i": 6, "b": true,}');
    expect((await folder.run('p.json', '--parameters', 'commented.json')).outputs).toMatchObject({ s: 'abc', i: 6 });
    folder.write('texts.yml', 's: abc\nn: "2"\nb: "true"\n');
    const { refusal } = await folder.run('p.json', '--parameters', 'texts.yml');
    expect(refusal.diagnostics.map(({ path, hint }) => [path, hint])).toEqual([
      ['parameters.n', 'Write it without quotes.'],
      ['parameters.b', 'Write it without quotes.'],
    ]);
  });
});
