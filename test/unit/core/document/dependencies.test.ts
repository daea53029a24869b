import { describe, expect, it } from 'vitest';
import { findCycles } from '../../../../src/core/document/find-cycles.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';

interface WrittenStep {
  readonly id: string;
  readonly needs?: unknown;
  readonly [key: string]: unknown;
}

function diagnosticsOf(steps: readonly WrittenStep[], more: object = {}) {
  const document = { name: 'x', ...more, steps: steps.map((step) => (step['handler'] ? step : { run: 'x', ...step })) };
  return readWorkflow(JSON.stringify(document), 'x.json').diagnostics;
}

const messagesOf = (steps: readonly WrittenStep[], more: object = {}): readonly string[] =>
  diagnosticsOf(steps, more).map(({ code, message, hint }) => `${code}: ${message} ${hint ?? ''}`.trim());

describe('dependencies', () => {
  it('name steps that exist', () => {
    expect(messagesOf([{ id: 'build' }, { id: 'b', needs: ['biuld', 'other_thing', '${x}'] }])).toEqual([
      'unknown-step: No step has the id `biuld`. Did you mean `build`?',
      'unknown-step: No step has the id `other_thing`.',
      'unknown-step: No step has the id `${x}`. Dependencies take no expressions.',
    ]);
  });

  it('name steps of their own list', () => {
    expect(messagesOf([{ id: 'a' }], { finally: [{ id: 'f', run: 'x', needs: 'a' }] })).toEqual([
      'unknown-step: The step `a` stands in another list: dependencies name steps of the same one. Steps of `finally` run after all others anyway.',
    ]);
  });

  it('form no loop, and the whole loop is named', () => {
    const [diagnostic] = diagnosticsOf([
      { id: 'a', needs: ['c'] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['c'] },
    ]);
    expect(diagnostic).toMatchObject({
      code: 'cycle',
      path: 'steps[0].needs[0]',
      message: expect.stringContaining('a -> c -> b -> a'),
    });
    expect(diagnostic?.related).toHaveLength(2);
  });

  it('do not name their own step', () => {
    expect(messagesOf([{ id: 'a', needs: 'a' }])).toEqual([
      'cycle: Dependencies form a loop: a -> a. Remove one of these dependencies.',
    ]);
  });

  it('form no loop with the order of the list', () => {
    expect(messagesOf([{ id: 'a', needs: 'b' }, { id: 'b' }])).toEqual([
      'cycle: Dependencies form a loop: a -> b -> a. `b` follows `a` because it stands after it: give it `dependencies` of its own.',
    ]);
    expect(messagesOf([{ id: 'a', needs: 'b' }, { id: 'b' }], { order: 'graph' })).toEqual([]);
    expect(
      messagesOf([
        { id: 'a', needs: 'b' },
        { id: 'b', needs: [] },
      ]),
    ).toEqual([]);
  });

  it('have loops in separate parts reported each', () => {
    const loops = diagnosticsOf([
      { id: 'a', needs: 'b' },
      { id: 'b', needs: 'a' },
      { id: 'c', needs: 'd' },
      { id: 'd', needs: 'c' },
    ]);
    expect(loops.map(({ code }) => code)).toEqual(['cycle', 'cycle']);
  });

  it('are checked in long chains and rings without recursion', () => {
    const count = 20_000;
    const chain = Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      needs: index === 0 ? [] : [`s${index - 1}`],
    }));
    expect(diagnosticsOf(chain)).toEqual([]);
    const ring = chain.map((step, index) => (index === 0 ? { id: 's0', needs: [`s${count - 1}`] } : step));
    expect(diagnosticsOf(ring)).toMatchObject([
      { code: 'cycle', message: expect.stringContaining(`… ${count + 1 - 100} more`) },
    ]);
  });
});

describe('the search for loops', () => {
  it('finds one in each graph that has one, and none in others', () => {
    const graph = (edges: { readonly [node: string]: string }) =>
      new Map(Object.entries(edges).map(([from, to]) => [from, [...to]]));
    const loops = (edges: { readonly [node: string]: string }) =>
      findCycles(graph(edges), (target) => target).map((cycle) => cycle.map(({ from }) => from).join(''));
    expect(loops({ a: 'bc', b: 'd', c: 'd', d: '' })).toEqual([]);
    expect(loops({ a: 'b', b: 'c', c: 'b' })).toEqual(['bc']);
    expect(loops({ a: 'a', b: 'b' })).toEqual(['a', 'b']);
  });
});
