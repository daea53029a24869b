import { describe, expect, test } from 'vitest';
import { readActionInputs, secretValues } from '../../../../src/adapters/github-runner/action-inputs.ts';

function inputs(values: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function faultsOf(values: { readonly [name: string]: string }): readonly string[] {
  const read = readActionInputs(inputs({ workflow: 'w.yml', ...values }));
  return read.ok ? [] : read.error.map(({ message, hint }) => `${message} ${hint}`);
}

describe('the inputs of the action', () => {
  test('have defaults where only the workflow is given', () => {
    expect(readActionInputs(inputs({ workflow: ' w.yml \n', parameters: '', only: '' }))).toEqual({
      ok: true,
      value: {
        workflow: 'w.yml',
        parameters: {},
        task: null,
        mode: 'run',
        config: null,
        only: [],
        from: [],
        skip: [],
        maxParallel: null,
        secrets: {},
        summary: 'full',
        failOn: 'failed',
        workingDirectory: null,
      },
    });
  });

  test('are read each in its form, hyphens in names kept', () => {
    const read = readActionInputs(
      inputs({
        workflow: 'release',
        parameters: 'level: minor\ncount: 3\n',
        task: '{"id": 7}',
        mode: 'plan',
        config: 'ci/vwmp.yml',
        only: 'a, b\nc',
        from: 'd',
        skip: 'e,f',
        'max-parallel': '4',
        secrets: '{"TOKEN": "s3cret"}',
        summary: 'off',
        'fail-on': 'partial',
        'working-directory': 'packages/app',
      }),
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        parameters: { level: 'minor', count: 3 },
        task: { id: 7 },
        mode: 'plan',
        only: ['a', 'b', 'c'],
        skip: ['e', 'f'],
        maxParallel: 4,
        secrets: { TOKEN: 's3cret' },
        summary: 'off',
        failOn: 'partial',
        workingDirectory: 'packages/app',
      },
    });
  });

  test('are refused all at once', () => {
    const read = readActionInputs(inputs({ mode: 'test', 'max-parallel': '0', summary: 'long', 'fail-on': 'never' }));
    expect(read.ok ? [] : read.error.map(({ message }) => message)).toEqual([
      'The input `workflow` is missing.',
      'The input `mode` is `test`.',
      'The input `max-parallel` is `0`.',
      'The input `summary` is `long`.',
      'The input `fail-on` is `never`.',
    ]);
  });

  test.each(['1.5', '-1', 'many', '1e3', '99999999999999999999'])('max-parallel is not %s', (value) => {
    expect(faultsOf({ 'max-parallel': value })).toEqual([
      `The input \`max-parallel\` is \`${value}\`. Give an integer of 1 or more.`,
    ]);
  });

  test('parameters that cannot be read are told in whole sentences', () => {
    expect(faultsOf({ parameters: '[1,2' })[0]).toMatch(/cannot be read: .*[^.]\. Give a map as YAML or JSON\.$/);
  });

  test.each(['[a, b]', 'text', '5'])('parameters are not %s', (value) => {
    expect(faultsOf({ parameters: value })[0]).toContain('Give a map as YAML or JSON');
  });

  test('parameters that cannot be read say why', () => {
    expect(faultsOf({ parameters: 'a: [1' })[0]).toContain('The input `parameters` cannot be read');
  });
});

describe('the input secrets', () => {
  test.each(['{"TOKEN": "hunter2hunter2"', '["hunter2hunter2"]', 'TOKEN: hunter2hunter2', '"hunter2hunter2"'])(
    'is refused as %j without a word of what it holds',
    (value) => {
      expect(faultsOf({ secrets: value })).toHaveLength(1);
      expect(faultsOf({ secrets: value })[0]).not.toContain('hunter2');
    },
  );

  test('names the keys whose values are no texts or whose names cannot stand in an environment', () => {
    const faults = faultsOf({ secrets: '{"A": 12345678, "b-c": "x"}' });
    expect(faults[0]).toContain('no texts: A.');
    expect(faults[0]).not.toContain('12345678');
    expect(faults[1]).toContain('b-c');
  });

  test('gives its values for masking before the other inputs are read', () => {
    expect(secretValues(inputs({ secrets: '{"A": "one", "B": "two"}', mode: 'wrong' }))).toEqual(['one', 'two']);
    expect(secretValues(inputs({ secrets: 'broken' }))).toEqual([]);
  });
});
