import { describe, expect, test } from 'vitest';
import type { Step, Workflow } from '../../src/core/model/workflow.ts';
import type { StepScript, World } from '../rigs/world.ts';
import { predict } from './reference-model.ts';
import type { StepVerdict, Verdict } from './verdict.ts';
import {
  conditionOf,
  edges,
  failsAfter,
  neverEnds,
  selectionOf,
  skipsAfter,
  stepOf,
  succeedsAfter,
  workflowOf,
  worldOf,
} from './written-cases.ts';

type Scripts = { readonly [id: string]: Partial<StepScript> };

interface Row {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly workflow?: Partial<Workflow>;
  readonly scripts?: Scripts;
  readonly world?: Partial<World>;
  /** Each step's end in few words, then the run's status. */
  readonly comesTo: { readonly [id: string]: string };
}

const fails: Partial<StepScript> = { attempts: [failsAfter(10, 'handler')] };
const exits: Partial<StepScript> = { attempts: [failsAfter(10)] };
const declines: Partial<StepScript> = { attempts: [skipsAfter(10)] };
const hangs: Partial<StepScript> = { attempts: [neverEnds()] };
const no: Partial<StepScript> = { condition: false };
const broken: Partial<StepScript> = { condition: 'error' };
const asked = conditionOf(true);

function lasts(...durations: readonly number[]): Partial<StepScript> {
  return { attempts: durations.map(succeedsAfter) };
}

function inWords({ status, skipped, attempts, failureKind }: StepVerdict): string {
  if (skipped) return [skipped.kind, ...skipped.by].join(' ');
  return [status, failureKind, attempts === 1 ? '' : `x${attempts}`].filter(Boolean).join(' ');
}

function comesTo(verdict: Verdict): { readonly [id: string]: string } {
  const steps = [...verdict.steps].map(([id, step]) => [id, inWords(step)] as const);
  return { ...Object.fromEntries(steps), run: verdict.status };
}

function predictRow({ steps, workflow = {}, scripts = {}, world = {} }: Row): Verdict {
  return predict(workflowOf(steps, workflow), worldOf(scripts, world));
}

function tableOf(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows)('$title', (row) => {
      const verdict = predictRow(row);
      expect(comesTo(verdict)).toEqual(row.comesTo);
      expect(verdict.unclear).toEqual([]);
    });
  });
}

const a = stepOf('a');
const optionalA = stepOf('a', { required: false });
const afterA = stepOf('b', edges('a'));

tableOf('plain edges', [
  {
    title: 'pass when the dependency succeeded',
    steps: [a, afterA],
    comesTo: { a: 'success', b: 'success', run: 'success' },
  },
  {
    title: 'do not pass when a required dependency failed',
    steps: [a, afterA, stepOf('c', edges('b'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'blocked a', c: 'blocked b', run: 'failed' },
  },
  {
    title: 'pass when the dependency failed and is not required',
    steps: [optionalA, afterA],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', run: 'partial' },
  },
  {
    title: 'pass when the dependency was skipped as disabled',
    steps: [stepOf('a', { enabled: false }), afterA],
    comesTo: { a: 'disabled', b: 'success', run: 'success' },
  },
  {
    title: 'pass when the dependency was not selected',
    steps: [a, afterA],
    world: { selection: selectionOf({ skip: ['a'] }) },
    comesTo: { a: 'not-selected', b: 'success', run: 'success' },
  },
  {
    title: 'pass when the dependency was skipped by an edge',
    steps: [a, stepOf('b', edges('a: failure')), stepOf('c', edges('b'))],
    comesTo: { a: 'success', b: 'edge a', c: 'success', run: 'success' },
  },
  {
    title: 'pass when the dependency was skipped by its condition',
    steps: [stepOf('a', asked), afterA],
    scripts: { a: no },
    comesTo: { a: 'condition', b: 'success', run: 'success' },
  },
  {
    title: 'pass when the handler skipped the dependency',
    steps: [a, afterA],
    scripts: { a: declines },
    comesTo: { a: 'handler', b: 'success', run: 'success' },
  },
  {
    title: 'blame every step that blocks',
    steps: [a, stepOf('b'), stepOf('c'), stepOf('d', edges('a', 'b', 'c'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails, c: { attempts: [failsAfter(20, 'handler')] } },
    comesTo: { a: 'failed handler', b: 'success', c: 'failed handler', d: 'blocked a c', run: 'failed' },
  },
]);

tableOf('edges with `on`', [
  {
    title: 'pass on success alone where they say success, even if the dependency is not required',
    steps: [optionalA, stepOf('b', edges('a: success'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'edge a', run: 'partial' },
  },
  {
    title: 'pass on a failure where they say failure',
    steps: [a, stepOf('b', edges('a: failure'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', run: 'failed' },
  },
  {
    title: 'pass on a blocked step where they say skipped',
    steps: [a, afterA, stepOf('c', edges('b: skipped'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'blocked a', c: 'success', run: 'failed' },
  },
  {
    title: 'do not pass on a skip where they say success and failure',
    steps: [stepOf('a', { enabled: false }), stepOf('b', edges('a: success failure'))],
    comesTo: { a: 'disabled', b: 'edge a', run: 'success' },
  },
]);

tableOf('the reason of a skip is the first that holds', [
  {
    title: 'disabled before not-selected',
    steps: [stepOf('a', { enabled: false })],
    world: { selection: selectionOf({ skip: ['a'] }) },
    comesTo: { a: 'disabled', run: 'success' },
  },
  {
    title: 'not-selected before edge',
    steps: [a, stepOf('b', edges('a: failure'))],
    world: { selection: selectionOf({ skip: ['b'] }) },
    comesTo: { a: 'success', b: 'not-selected', run: 'success' },
  },
  {
    title: 'not-selected before blocked, and then it blocks nothing',
    steps: [a, afterA, stepOf('c', edges('b'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    world: { selection: selectionOf({ skip: ['b'] }) },
    comesTo: { a: 'failed handler', b: 'not-selected', c: 'success', run: 'failed' },
  },
  {
    title: 'edge before blocked',
    steps: [a, stepOf('b'), stepOf('c', edges('a', 'b: failure'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'edge b', run: 'failed' },
  },
  {
    title: 'blocked before condition',
    steps: [a, stepOf('b', { ...edges('a'), ...asked })],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails, b: no },
    comesTo: { a: 'failed handler', b: 'blocked a', run: 'failed' },
  },
  {
    title: 'condition before run-ended',
    steps: [a, stepOf('b'), stepOf('c', { ...edges('b'), ...asked }), stepOf('d', edges('b'))],
    scripts: { a: fails, c: no },
    comesTo: { a: 'failed handler', b: 'success', c: 'condition', d: 'run-ended', run: 'failed' },
  },
  {
    title: 'disabled and edge before run-ended',
    steps: [a, stepOf('b'), stepOf('c', { ...edges('b'), enabled: false }), stepOf('d', edges('b: failure'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'disabled', d: 'edge b', run: 'failed' },
  },
]);

tableOf('settling', [
  {
    title: 'a condition that cannot be evaluated fails the step without an attempt',
    steps: [stepOf('a', asked), afterA],
    scripts: { a: broken },
    comesTo: { a: 'failed configuration x0', b: 'blocked a', run: 'failed' },
  },
  {
    title: 'a configuration that cannot be evaluated is not retried',
    steps: [stepOf('a', { retry: { maxAttempts: 3, on: ['configuration'] } })],
    scripts: { a: { configuration: 'error' } },
    comesTo: { a: 'failed configuration x0', run: 'failed' },
  },
  {
    title: 'a false condition comes before a broken configuration',
    steps: [stepOf('a', asked)],
    scripts: { a: { condition: false, configuration: 'error' } },
    comesTo: { a: 'condition', run: 'success' },
  },
  {
    title: 'an edge that does not pass comes before a broken condition',
    steps: [a, stepOf('b', { ...edges('a: failure'), ...asked })],
    scripts: { b: broken },
    comesTo: { a: 'success', b: 'edge a', run: 'success' },
  },
  {
    title: 'a broken `enabled` fails the step',
    steps: [stepOf('a', { enabled: 'null < 1', required: false })],
    scripts: { a: { enabled: 'error' } },
    comesTo: { a: 'failed configuration x0', run: 'partial' },
  },
  {
    title: 'an automatic step runs though `enabled` is false',
    steps: [stepOf('a', { automatic: true, enabled: false })],
    comesTo: { a: 'success', run: 'success' },
  },
  {
    title: '`enabled` may be overridden for the run',
    steps: [stepOf('a', { enabled: false }), stepOf('b')],
    world: { selection: selectionOf({ enable: ['a'], disable: ['b'] }) },
    comesTo: { a: 'success', b: 'disabled', run: 'success' },
  },
  {
    title: 'a broken condition after a stop is run-ended',
    steps: [a, stepOf('b'), stepOf('c', { ...edges('b'), ...asked })],
    scripts: { a: fails, c: broken },
    comesTo: { a: 'failed handler', b: 'success', c: 'run-ended', run: 'failed' },
  },
]);

tableOf('order', [
  {
    title: 'in sequence a step without dependencies follows the one before it',
    steps: [a, stepOf('b'), stepOf('c')],
    workflow: { order: 'sequence', onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'blocked a', c: 'blocked b', run: 'failed' },
  },
  {
    title: 'in sequence a step with dependencies waits only for those',
    steps: [a, stepOf('b', edges()), stepOf('c')],
    workflow: { order: 'sequence', onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'success', run: 'failed' },
  },
  {
    title: 'in graph a step without dependencies starts at once',
    steps: [a, stepOf('b')],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', run: 'failed' },
  },
]);

tableOf('retry', [
  {
    title: 'without the key nothing is retried',
    steps: [a],
    scripts: { a: { attempts: [failsAfter(10), succeedsAfter(10)] } },
    comesTo: { a: 'failed exit', run: 'failed' },
  },
  {
    title: 'by default three attempts are made',
    steps: [stepOf('a', { retry: {} })],
    scripts: { a: exits },
    comesTo: { a: 'failed exit x3', run: 'failed' },
  },
  {
    title: 'ends with the first success',
    steps: [stepOf('a', { retry: { maxAttempts: 5 } })],
    scripts: { a: { attempts: [failsAfter(10), succeedsAfter(10), failsAfter(10)] } },
    comesTo: { a: 'success x2', run: 'success' },
  },
  {
    title: 'what the handler said is not retried by default',
    steps: [stepOf('a', { retry: {} })],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', run: 'failed' },
  },
  {
    title: 'what the handler calls retryable is',
    steps: [stepOf('a', { retry: {} }), stepOf('b', { retry: {} })],
    workflow: { onFailure: 'continue' },
    scripts: {
      a: { attempts: [failsAfter(10, 'handler', { retryable: true })] },
      b: { attempts: [failsAfter(11, 'exit', { retryable: false })] },
    },
    comesTo: { a: 'failed handler x3', b: 'failed exit', run: 'failed' },
  },
  {
    title: 'filters take exit codes, kinds and patterns',
    steps: [
      stepOf('a', { retry: { on: [1] } }),
      stepOf('b', { retry: { on: [2] } }),
      stepOf('c', { retry: { on: ['handler'] } }),
      stepOf('d', { retry: { on: ['/it b.*e$/'] } }),
    ],
    workflow: { onFailure: 'continue' },
    scripts: {
      a: { attempts: [failsAfter(10)] },
      b: { attempts: [failsAfter(11)] },
      c: { attempts: [failsAfter(12, 'handler')] },
      d: { attempts: [failsAfter(13, 'handler')] },
    },
    comesTo: { a: 'failed exit x3', b: 'failed exit', c: 'failed handler x3', d: 'failed handler x3', run: 'failed' },
  },
  {
    title: 'a false condition ends it',
    steps: [stepOf('a', { retry: { condition: 'false' } })],
    scripts: { a: { ...exits, retryCondition: false } },
    comesTo: { a: 'failed exit', run: 'failed' },
  },
  {
    title: 'the step declares before the defaults',
    steps: [stepOf('a', { retry: { maxAttempts: 2 } }), stepOf('b'), stepOf('c', { retry: { enabled: false } })],
    workflow: { onFailure: 'continue', defaults: { env: {}, retry: { maxAttempts: 4 } } },
    scripts: { a: exits, b: { attempts: [failsAfter(11)] }, c: { attempts: [failsAfter(12)] } },
    comesTo: { a: 'failed exit x2', b: 'failed exit x4', c: 'failed exit', run: 'failed' },
  },
  {
    title: 'a timeout ends one attempt and is retried',
    steps: [stepOf('a', { timeout: '50ms', retry: {} })],
    scripts: { a: { attempts: [neverEnds(), succeedsAfter(49)] } },
    comesTo: { a: 'success x2', run: 'success' },
  },
  {
    title: 'none starts after the deadline',
    steps: [stepOf('a', { retry: { delay: '30ms', jitter: 0, backoff: 'constant', deadline: '79ms' } })],
    scripts: { a: exits },
    comesTo: { a: 'failed exit x2', run: 'failed' },
  },
  {
    title: 'the deadline ends the attempt that runs',
    steps: [stepOf('a', { retry: { delay: '30ms', jitter: 0, deadline: '79ms' } })],
    scripts: { a: { attempts: [failsAfter(10), neverEnds()] } },
    comesTo: { a: 'failed timeout x2', run: 'failed' },
  },
]);

tableOf('stop', [
  {
    title: 'starts nothing new and lets running steps finish, retries included',
    steps: [a, stepOf('b', { retry: {} }), stepOf('c', edges('b'))],
    scripts: { a: fails, b: { attempts: [failsAfter(20), succeedsAfter(20)] } },
    comesTo: { a: 'failed handler', b: 'success x2', c: 'run-ended', run: 'failed' },
  },
  {
    title: 'drops ready steps that wait for a place',
    steps: [a, stepOf('b')],
    workflow: { maxParallel: 1 },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'run-ended', run: 'failed' },
  },
  {
    title: 'starts steps that answer a failure, and nothing after those',
    steps: [a, stepOf('b', edges('a: failure')), stepOf('c', edges('b'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'run-ended', run: 'failed' },
  },
  {
    title: 'starts a step that answers the failure of an optional one',
    steps: [a, stepOf('o', { required: false }), stepOf('b', edges('o: failure'))],
    scripts: { a: { attempts: [failsAfter(20)] }, o: { attempts: [failsAfter(30)] } },
    comesTo: { a: 'failed exit', o: 'failed exit', b: 'success', run: 'failed' },
  },
  {
    title: 'lets a step wait for its other dependencies before it answers',
    steps: [a, stepOf('b'), stepOf('c', edges('b')), stepOf('d', edges('a: failure', 'c'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'run-ended', d: 'success', run: 'failed' },
  },
  {
    title: 'is not what an optional failure does',
    steps: [optionalA, stepOf('b'), stepOf('c', edges('b'))],
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'success', run: 'partial' },
  },
  {
    title: 'follows a failed configuration too',
    steps: [stepOf('a', asked), stepOf('b'), stepOf('c', edges('b'))],
    scripts: { a: broken },
    comesTo: { a: 'failed configuration x0', b: 'run-ended', c: 'run-ended', run: 'failed' },
  },
  {
    title: 'is not what `continue` does',
    steps: [a, stepOf('b'), stepOf('c', edges('b'))],
    workflow: { onFailure: 'continue' },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', c: 'success', run: 'failed' },
  },
]);

tableOf('fail_fast', [
  {
    title: 'cancels what runs and what waits for a retry',
    steps: [a, stepOf('b'), stepOf('c', { retry: { delay: 1 } }), stepOf('d', edges('b'))],
    workflow: { failFast: true },
    scripts: { a: { attempts: [failsAfter(50, 'handler')] }, c: exits },
    comesTo: { a: 'failed handler', b: 'cancelled', c: 'cancelled', d: 'blocked b', run: 'failed' },
  },
  {
    title: 'still lets steps answer the failure',
    steps: [a, stepOf('b'), stepOf('c', edges('a: failure')), stepOf('d', edges('b: success'))],
    workflow: { failFast: true },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'cancelled', c: 'success', d: 'edge b', run: 'failed' },
  },
  {
    title: 'is not set off by an optional failure',
    steps: [optionalA, stepOf('b')],
    workflow: { failFast: true },
    scripts: { a: fails },
    comesTo: { a: 'failed handler', b: 'success', run: 'partial' },
  },
]);

tableOf('cancel', [
  {
    title: 'ends attempts and delays, and settles the rest as the graph would',
    steps: [
      a,
      stepOf('b', { retry: { delay: 5 } }),
      stepOf('c', edges('a')),
      stepOf('d', edges('a: success failure skipped')),
      stepOf('e', { ...edges('f'), ...asked }),
      stepOf('f'),
      stepOf('g', edges('f')),
    ],
    workflow: { maxParallel: 3 },
    scripts: { b: exits, e: no, f: lasts(20) },
    world: { cancelAt: 25 },
    comesTo: {
      a: 'cancelled',
      b: 'cancelled',
      c: 'blocked a',
      d: 'edge a',
      e: 'condition',
      f: 'success',
      g: 'cancelled',
      run: 'cancelled',
    },
  },
  {
    title: 'leaves ready steps that wait for a place run-ended',
    steps: [a, stepOf('b')],
    workflow: { maxParallel: 1 },
    world: { cancelAt: 25 },
    comesTo: { a: 'cancelled', b: 'run-ended', run: 'cancelled' },
  },
  {
    title: 'outweighs a failure before it',
    steps: [a, stepOf('b'), stepOf('c', edges('a: failure'))],
    scripts: { a: fails },
    world: { cancelAt: 25 },
    comesTo: { a: 'failed handler', b: 'cancelled', c: 'cancelled', run: 'cancelled' },
  },
  {
    title: 'does not prevent `finally`',
    steps: [a],
    workflow: { finally: [stepOf('z')] },
    world: { cancelAt: 25 },
    comesTo: { a: 'cancelled', z: 'success', run: 'cancelled' },
  },
  {
    title: 'does not reach into `finally`, whose retries go on',
    steps: [a],
    workflow: { finally: [stepOf('y', { required: false, retry: {} }), stepOf('z')] },
    scripts: { y: exits },
    world: { cancelAt: 1005 },
    comesTo: { a: 'success', y: 'failed exit x3', z: 'success', run: 'partial' },
  },
  {
    title: 'after the end changes nothing',
    steps: [a],
    world: { cancelAt: 1001 },
    comesTo: { a: 'success', run: 'success' },
  },
]);

tableOf('timeout of the run', [
  {
    title: 'cancels what runs, starts nothing more, and fails the run',
    steps: [a, afterA, stepOf('c'), stepOf('d', edges('c'))],
    workflow: { timeout: '500ms', finally: [stepOf('z')] },
    scripts: { c: lasts(600), z: lasts(5000) },
    comesTo: { a: 'cancelled', b: 'blocked a', c: 'cancelled', d: 'blocked c', z: 'success', run: 'failed' },
  },
  {
    title: 'keeps a run-ended step from answering a failure',
    steps: [a, stepOf('b'), stepOf('c', edges('a: failure'))],
    workflow: { timeout: '500ms', maxParallel: 2 },
    scripts: { a: fails, b: hangs, c: lasts(900) },
    comesTo: { a: 'failed handler', b: 'cancelled', c: 'cancelled', run: 'failed' },
  },
]);

tableOf('finally', [
  {
    title: 'runs whatever happened, its failures stop nothing and make a success partial',
    steps: [a],
    workflow: {
      finally: [stepOf('x', { required: false }), stepOf('y', { required: false }), stepOf('z', edges('x'))],
    },
    scripts: { x: fails },
    comesTo: { a: 'success', x: 'failed handler', y: 'success', z: 'success', run: 'partial' },
  },
  {
    title: 'fails the run by a required step, which blocks but does not stop',
    steps: [a],
    workflow: { finally: [stepOf('x'), stepOf('y', edges('x')), stepOf('z')] },
    scripts: { x: fails },
    comesTo: { a: 'success', x: 'failed handler', y: 'blocked x', z: 'success', run: 'failed' },
  },
  {
    title: 'follows the order of the document',
    steps: [a],
    workflow: { order: 'sequence', finally: [stepOf('x'), stepOf('y')] },
    scripts: { x: fails },
    comesTo: { a: 'success', x: 'failed handler', y: 'blocked x', run: 'failed' },
  },
  {
    title: 'is outside of any selection',
    steps: [a, stepOf('b')],
    workflow: { finally: [stepOf('z')] },
    world: { selection: selectionOf({ only: ['a'] }) },
    comesTo: { a: 'success', b: 'not-selected', z: 'success', run: 'success' },
  },
]);

tableOf('selection', [
  {
    title: '`only` takes what is automatic and needed, directly or not',
    steps: [
      stepOf('a', { automatic: true }),
      stepOf('b', edges('a')),
      stepOf('c', edges('b')),
      stepOf('d', { automatic: true }),
    ],
    world: { selection: selectionOf({ only: ['c'] }) },
    comesTo: { a: 'success', b: 'not-selected', c: 'success', d: 'not-selected', run: 'success' },
  },
  {
    title: '`from` takes all that is reachable over edges of every kind',
    steps: [a, stepOf('b', edges('a: success')), stepOf('c', edges('b')), stepOf('d')],
    world: { selection: selectionOf({ from: ['b'] }) },
    comesTo: { a: 'not-selected', b: 'edge a', c: 'success', d: 'not-selected', run: 'success' },
  },
  {
    title: '`from` follows the implied order',
    steps: [a, stepOf('b'), stepOf('c')],
    workflow: { order: 'sequence' },
    world: { selection: selectionOf({ from: ['b'] }) },
    comesTo: { a: 'not-selected', b: 'success', c: 'success', run: 'success' },
  },
  {
    title: '`skip` takes away',
    steps: [a, afterA],
    world: { selection: selectionOf({ from: ['a'], skip: ['a'] }) },
    comesTo: { a: 'not-selected', b: 'success', run: 'success' },
  },
]);

describe('places', () => {
  test('of ready steps the one written first starts first, and one that just became ready counts', () => {
    const steps = [a, stepOf('b', edges('c')), stepOf('c', edges()), stepOf('d', edges())];
    const verdict = predict(workflowOf(steps, { maxParallel: 1 }), worldOf({}));
    expect(begins(verdict)).toEqual(['a@0', 'c@1000', 'b@2000', 'd@3000']);
  });

  test('a delay before a retry takes none, and the retry waits for one', () => {
    const retry = { delay: '100ms', jitter: 0 };
    const steps = [stepOf('a', { retry }), stepOf('b'), stepOf('c')];
    const verdict = predict(
      workflowOf(steps, { maxParallel: 1 }),
      worldOf({ a: { attempts: [failsAfter(10), succeedsAfter(10)] } }),
    );
    expect(begins(verdict)).toEqual(['a@0', 'b@10', 'a@1010', 'c@1020']);
  });

  test('an attempt that is being ended keeps its place', () => {
    const steps = [stepOf('a', { timeout: '50ms', required: false }), stepOf('b')];
    const verdict = predict(workflowOf(steps, { maxParallel: 1 }), worldOf({ a: { attempts: [neverEnds(25)] } }));
    expect(begins(verdict)).toEqual(['a@0', 'b@75']);
  });
});

describe('delays', () => {
  test.each([
    { backoff: 'constant', at: [0, 110, 220, 330] },
    { backoff: 'linear', at: [0, 110, 320, 630] },
    { backoff: 'exponential', at: [0, 110, 320, 680] },
  ])('grow as $backoff says, up to max_delay', ({ backoff, at }) => {
    const retry = { maxAttempts: 4, delay: '100ms', jitter: 0, maxDelay: '350ms', backoff };
    const verdict = predict(workflowOf([stepOf('a', { retry })]), worldOf({ a: exits }));
    expect(begins(verdict)).toEqual(at.map((time) => `a@${time}`));
  });

  test('are those that chance gave, where it is told', () => {
    const workflow = workflowOf([stepOf('a', { retry: { delay: '100ms' } })]);
    const verdict = predict(workflow, worldOf({ a: exits }), { delays: (_, failed) => 90 + failed });
    expect(begins(verdict)).toEqual(['a@0', 'a@101', 'a@203']);
  });
});

describe('resume', () => {
  const steps = [a, afterA, stepOf('c', edges('b')), stepOf('d', { ...edges('a'), ...asked }), stepOf('e', edges('d'))];
  const workflow = workflowOf(steps, { finally: [stepOf('z')], maxParallel: 1 });

  test('runs what failed and what followed it, and leaves successes alone', () => {
    const before = predict(workflow, worldOf({ b: fails, d: no }));
    expect(comesTo(before)).toMatchObject({ a: 'success', b: 'failed handler', c: 'blocked b', d: 'condition' });
    const verdict = predict(workflow, worldOf({ d: no }), { before });
    expect(comesTo(verdict)).toMatchObject({
      b: 'success',
      c: 'success',
      d: 'condition',
      e: 'success',
      run: 'success',
    });
    expect(begins(verdict).map((begin) => begin.slice(0, 1))).toEqual(['b', 'c', 'e', 'z']);
  });

  test('settles a skip again where a step upstream runs again', () => {
    const answers = workflowOf([a, stepOf('b', edges('a: failure')), stepOf('c', edges('a: success'))]);
    const before = predict(answers, worldOf({ a: fails }));
    expect(comesTo(before)).toMatchObject({ b: 'success', c: 'edge a' });
    const verdict = predict(answers, worldOf({}), { before });
    expect(comesTo(verdict)).toEqual({ a: 'success', b: 'success', c: 'success', run: 'success' });
    expect(begins(verdict)).toEqual(['a@0', 'c@1000']);
  });

  test('runs what a cancel ended, with fresh attempts', () => {
    const before = predict(workflow, worldOf({}, { cancelAt: 1500 }));
    expect(comesTo(before)).toMatchObject({ b: 'cancelled', c: 'blocked b', d: 'run-ended', run: 'cancelled' });
    const verdict = predict(workflow, worldOf({}), { before });
    expect(comesTo(verdict)).toMatchObject({ b: 'success', c: 'success', d: 'success', run: 'success' });
  });
});

describe('the model declines to judge', () => {
  test('two ends at one moment', () => {
    const verdict = predict(workflowOf([a, stepOf('b')]), worldOf({}));
    expect(verdict.unclear).toEqual(['two things happen at one moment']);
  });

  test('which of two broken steps fails first and stops the other', () => {
    const steps = [stepOf('a', asked), stepOf('b', asked)];
    const verdict = predict(workflowOf(steps), worldOf({ a: broken, b: broken }));
    expect(verdict.unclear).toEqual(['several steps cannot be settled at one moment']);
  });

  test('a broken `enabled` after a stop', () => {
    const steps = [a, stepOf('b'), stepOf('c', { ...edges('b'), enabled: 'null < 1' })];
    const verdict = predict(workflowOf(steps), worldOf({ a: fails, c: { enabled: 'error' } }));
    expect(verdict.unclear).toEqual(['`enabled` cannot be evaluated and nothing may start']);
  });

  test('a retry that finds no place before its deadline', () => {
    const steps = [stepOf('a', { retry: { delay: '30ms', jitter: 0, deadline: '90ms' } }), stepOf('b')];
    const verdict = predict(workflowOf(steps, { maxParallel: 1 }), worldOf({ a: exits }));
    expect(verdict.unclear).toEqual(['the deadline of retries passes while an attempt waits for a place']);
    expect(verdict.steps.get('a')).toMatchObject({ status: 'failed', attempts: 1 });
  });

  test('an attempt that a cancel finds already timed out', () => {
    const workflow = workflowOf([stepOf('a', { timeout: '50ms' })]);
    const verdict = predict(workflow, worldOf({ a: { attempts: [neverEnds(25)] } }, { cancelAt: 60 }));
    expect(verdict.unclear).toEqual(['an attempt is ended for two reasons']);
  });
});

function begins(verdict: Verdict): readonly string[] {
  return verdict.marks.filter((mark) => mark.kind === 'begin').map((mark) => `${mark.step}@${mark.at}`);
}
