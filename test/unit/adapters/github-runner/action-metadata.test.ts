import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readActionInputs } from '../../../../src/adapters/github-runner/action-inputs.ts';
import { writeEmptyOutputs } from '../../../../src/adapters/github-runner/run-outputs.ts';
import { RunnerFiles } from '../../../../src/adapters/github-runner/runner-files.ts';

const metadata: {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default?: string } };
  readonly outputs: { readonly [name: string]: { readonly description: string } };
  readonly runs: { readonly using: string; readonly main: string };
} = parse(readFileSync(new URL('../../../../action.yml', import.meta.url), 'utf8'));

test('every input of action.yml is read, and no other', () => {
  const read = new Set<string>();
  const env = new Proxy<{ readonly [name: string]: string }>(
    {},
    {
      get: (_, name) => {
        read.add(String(name));
        return undefined;
      },
    },
  );
  readActionInputs(env);
  const declared = Object.keys(metadata.inputs).map((name) => `INPUT_${name.toUpperCase()}`);
  expect([...read].sort()).toEqual(declared.sort());
});

test('the defaults of action.yml are those of the reader', () => {
  const given = (values: { readonly [name: string]: string }) =>
    readActionInputs(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    );
  const defaults = Object.fromEntries(
    Object.entries(metadata.inputs)
      // The platform fills in what it alone knows.
      .filter(([, input]) => !input.default?.startsWith('${{'))
      .map(([name, input]) => [name, input.default ?? 'w.yml']),
  );
  expect(given(defaults)).toEqual(given({ workflow: 'w.yml' }));
});

test('the outputs of action.yml are those that are always written', () => {
  class RecordingFiles extends RunnerFiles {
    readonly names: string[] = [];
    override setOutput(name: string): boolean {
      this.names.push(name);
      return true;
    }
  }
  const files = new RecordingFiles({});
  writeEmptyOutputs('success', files);
  expect(files.names.sort()).toEqual(Object.keys(metadata.outputs).sort());
});

test('the action runs on node24 from dist', () => {
  expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
});
