import { describe, expect, test } from 'vitest';
import { moduleOutcome } from '../../../../src/adapters/plugin-host/module-outcome.ts';
import type { Json } from '../../../../src/core/model/json.ts';

const outputsOf = (result: Json, step: readonly string[] | null, module: readonly string[] | null = null) => {
  const outcome = moduleOutcome(result, { step, module });
  return outcome.kind === 'success' ? outcome.outputs : outcome;
};

describe('what a module returns', () => {
  test('a map gives the outputs by name', () => {
    expect(outputsOf({ a: 1, b: 2 }, null)).toEqual({ a: 1, b: 2 });
    expect(outputsOf({ a: 1 }, ['a'])).toEqual({ a: 1 });
  });

  test('another value is that of the one output that the step declares, else of the one of the module', () => {
    expect(outputsOf([1], ['x'], ['y'])).toEqual({ x: [1] });
    expect(outputsOf('text', null, ['y'])).toEqual({ y: 'text' });
    expect(outputsOf(false, null)).toEqual({ result: false });
  });

  test('a map without the one output that the module declares is its value', () => {
    expect(outputsOf({ passed: true }, null, ['results'])).toEqual({ results: { passed: true } });
    expect(outputsOf({ results: 1 }, null, ['results'])).toEqual({ results: 1 });
    expect(outputsOf({}, null, ['results'])).toEqual({});
  });

  test('a step that declares outputs gets the map as it is: the engine fits it', () => {
    expect(outputsOf({ passed: true }, ['mine'], ['results'])).toEqual({ passed: true });
  });

  test('nothing gives no outputs', () => {
    expect(outputsOf(null, ['x'])).toEqual({});
  });

  test('another value where several outputs are declared is an output failure', () => {
    expect(outputsOf(5, ['x', 'y'])).toMatchObject({ kind: 'failed', failure: { kind: 'output' } });
    expect(outputsOf(5, null, ['x', 'y'])).toMatchObject({ kind: 'failed', failure: { kind: 'output' } });
  });
});
