import { describe, expect, it } from 'vitest';
import { stepId } from '../../../../src/core/model/ids.ts';
import { wholeRun } from '../../../../src/core/model/selection.ts';
import { graphOf } from '../../../../src/core/plan/graph.ts';
import { levelsOf } from '../../../../src/core/plan/levels.ts';
import { reachabilityOf } from '../../../../src/core/plan/reachability.ts';
import { selectedSteps } from '../../../../src/core/plan/selection.ts';
import { makeWorkflow } from '../../../rigs/definitions.ts';

describe('the graph of a workflow', () => {
  it('lets a step without dependencies follow the one written before it in a sequence', () => {
    const graph = graphOf(makeWorkflow({ a: {}, b: {}, c: { needs: [] } }));
    expect(graph.nodes.map((node) => node.edges)).toEqual([[], [{ from: 0, on: null, implied: true }], []]);
    expect(graph.nodes[0]?.dependants).toEqual([1]);
  });

  it('makes no edge that nobody wrote in a graph', () => {
    const graph = graphOf(makeWorkflow({ a: {}, b: {}, c: { needs: ['a'] } }, { order: 'graph' }));
    expect(graph.nodes.map((node) => node.edges.length)).toEqual([0, 0, 1]);
  });

  it('keeps finally apart from the main steps', () => {
    const graph = graphOf(makeWorkflow({ a: {} }, { finallySteps: { x: {}, y: {} } }));
    expect(graph.nodes[1]?.edges).toEqual([]);
    expect(graph.nodes[2]?.edges).toEqual([{ from: 1, on: null, implied: true }]);
  });
});

describe('levels', () => {
  it('put a step one level below the deepest of its dependencies', () => {
    const workflow = makeWorkflow(
      { a: {}, b: { needs: ['a'] }, c: {}, d: { needs: ['b', 'c'] } },
      { order: 'graph', finallySteps: { z: {} } },
    );
    expect(levelsOf(graphOf(workflow), 'main')).toEqual([['a', 'c'], ['b'], ['d']]);
    expect(levelsOf(graphOf(workflow), 'finally')).toEqual([['z']]);
  });
});

describe('reachability', () => {
  const chain = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`s${index}`, {}]));
  const graph = graphOf(makeWorkflow(chain));

  it('answers near and far questions alike', () => {
    const { isUpstream } = reachabilityOf(graph);
    expect(isUpstream(0, 2999)).toBe(true);
    expect(isUpstream(10, 2500)).toBe(true);
    expect(isUpstream(2500, 10)).toBe(false);
    expect(isUpstream(7, 7)).toBe(false);
  });
});

describe('a selection', () => {
  const workflow = makeWorkflow(
    { setup: { automatic: true }, a: { needs: ['setup'] }, b: { needs: ['a'] }, c: { needs: [] } },
    { finallySteps: { z: {} } },
  );
  const graph = graphOf(workflow);
  const ids = (...names: string[]) => names.map(stepId);

  it('is everything where nothing is asked', () => {
    expect(selectedSteps(graph, wholeRun)).toBeNull();
  });

  it('brings automatic steps along that a selected one depends on', () => {
    expect(selectedSteps(graph, { ...wholeRun, only: ids('b') })).toEqual(['setup', 'b']);
    expect(selectedSteps(graph, { ...wholeRun, only: ids('c') })).toEqual(['c']);
  });

  it('takes all that is reachable with from', () => {
    expect(selectedSteps(graph, { ...wholeRun, from: ids('a') })).toEqual(['setup', 'a', 'b']);
  });

  it('leaves out what is skipped', () => {
    expect(selectedSteps(graph, { ...wholeRun, skip: ids('b') })).toEqual(['setup', 'a', 'c']);
  });
});
