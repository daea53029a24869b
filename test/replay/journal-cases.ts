import type { RunEvent } from '../../src/core/model/event.ts';
import { addressOf, stepId } from '../../src/core/model/ids.ts';
import type { UndoOutcome } from '../../src/core/model/rollback.ts';
import { wholeRun } from '../../src/core/model/selection.ts';
import type { OutputBinding, Workflow } from '../../src/core/model/workflow.ts';
import { failsAfter, neverEnds, selectionOf, skipsAfter, succeedsAfter, worldOf } from '../property/written-cases.ts';
import { makeStep, makeWorkflow } from '../rigs/definitions.ts';
import { type Resumption, simulate, simulateResume } from '../rigs/simulate.ts';
import { type AttemptScript, plainWorld, type World } from '../rigs/world.ts';

/** A run in its stages: its start, and each time it is taken up again. */
export interface JournalCase {
  readonly workflow: Workflow;
  readonly world: World;
  readonly later?: readonly Stage[];
}

/** `until`: the last event that the engine saw before it died; without it, the run had ended. */
export interface Stage {
  readonly until?: (event: RunEvent) => boolean;
  readonly world: World;
  readonly resumption?: Resumption;
}

/** The events of all stages. */
export async function eventsOf({ workflow, world, later = [] }: JournalCase): Promise<readonly RunEvent[]> {
  let { events } = await simulate(workflow, world);
  for (const { until, world: next, resumption } of later) {
    const died = until ? events.findLastIndex(until) + 1 : events.length;
    events = (await simulateResume(events.slice(0, died), next, resumption)).events;
  }
  return events;
}

const graph = { order: 'graph', maxParallel: 4 } as const;
const goesOn = { ...graph, onFailure: 'continue' } as const;
const optional = { required: false } as const;
const twice = { retry: { maxAttempts: 2, delay: '10s', jitter: 0 } } as const;

const undoable = { handler: 'test.undoable' } as const;
const careful = { handler: 'test.careful' } as const;
const final = { handler: 'test.final' } as const;
const sweep = makeStep('sweep', { required: false });
const doorShut: UndoOutcome = { kind: 'failed', failure: { kind: 'handler', message: 'the door is shut' } };
const moved: UndoOutcome = { kind: 'left', reason: 'somebody moved it', commands: ['git push'] };

const fails = { attempts: [failsAfter(1000)] };
const failsOnce = { attempts: [failsAfter(1000), succeedsAfter(1000)] };
const hangs = { attempts: [neverEnds(50)] };
const slow = { attempts: [succeedsAfter(60_000)] };

function gives(
  outputs: { readonly [name: string]: string | number },
  durationMs = 1000,
): { attempts: AttemptScript[] } {
  return { attempts: [{ durationMs, end: { kind: 'success', outputs }, stopMs: 1 }] };
}

function writes(key: string, value: string, durationMs: number): { attempts: AttemptScript[] } {
  return { attempts: [{ durationMs, end: { kind: 'success', stateWrites: { [key]: value } }, stopMs: 1 }] };
}

function outputs(templates: { readonly [name: string]: string }): { outputs: { [name: string]: OutputBinding } } {
  return {
    outputs: Object.fromEntries(Object.entries(templates).map(([name, value]) => [name, { value, secret: false }])),
  };
}

function started(id: string): (event: RunEvent) => boolean {
  return (event) => event.kind === 'attempt-started' && event.address === addressOf(stepId(id));
}

const secret = 'correct-horse-battery';
const shipping = makeWorkflow({ build: {}, ship: { handler: 'test.probed' }, tell: {} });
const chain = makeWorkflow({ build: {}, check: {}, ship: {} });

/** What stands in `journals/`, by the name of its file. */
export const journalCases: { readonly [name: string]: JournalCase } = {
  'one-step': { workflow: makeWorkflow({ build: {} }), world: plainWorld },
  'a-sequence': { workflow: chain, world: plainWorld },
  'layers-with-two-places': {
    workflow: makeWorkflow(
      { a: {}, b: {}, c: { needs: ['a'] }, d: { needs: ['a', 'b'] }, e: { needs: ['c', 'd'] } },
      { ...graph, maxParallel: 2 },
    ),
    world: worldOf({ a: { attempts: [succeedsAfter(500)] }, c: { attempts: [succeedsAfter(3000)] } }),
  },
  'outputs-read-by-others': {
    workflow: makeWorkflow(
      { build: {}, ship: { config: { version: `\${{ steps.build.outputs.version }}` } } },
      outputs({ version: `\${{ steps.build.outputs.version }}`, shipped: `\${{ steps.ship.status == 'success' }}` }),
    ),
    world: worldOf({ build: gives({ version: '1.2.3', size: 4 }) }),
  },
  'outputs-that-cannot-be-settled': {
    workflow: makeWorkflow({ build: {} }, outputs({ good: `\${{ 1 + 1 }}`, bad: `\${{ null < 1 }}` })),
    world: plainWorld,
  },
  'state-written-by-two-at-once': {
    workflow: makeWorkflow(
      { a: {}, b: {}, c: { needs: ['a', 'b'] } },
      { ...graph, ...outputs({ who: `\${{ state.who }}` }) },
    ),
    world: worldOf({ a: writes('who', 'a', 2000), b: writes('who', 'b', 1000) }),
  },
  'secrets-kept-out': {
    workflow: makeWorkflow({
      login: {
        env: { TOKEN: `\${{ secrets.TOKEN }}` },
        outputs: {
          kind: 'declared',
          outputs: [{ name: 'session', type: 'string', required: true, secret: true }],
        },
      },
      use: { env: { SESSION: `\${{ steps.login.outputs.session }}` } },
    }),
    world: {
      ...worldOf({ login: gives({ session: 'a-session-of-some-length', said: `token ${secret}` }) }),
      secrets: { TOKEN: secret },
    },
  },
  disabled: {
    workflow: makeWorkflow({ a: { enabled: false }, b: {}, c: {} }),
    world: { ...plainWorld, selection: selectionOf({ disable: ['c'] }) },
  },
  'not-selected': { workflow: chain, world: { ...plainWorld, selection: selectionOf({ only: ['check'] }) } },
  'edge-that-does-not-pass': {
    workflow: makeWorkflow({ a: {}, onFailure: { needs: [{ step: 'a', on: ['failure'] }] } }, graph),
    world: plainWorld,
  },
  blocked: {
    workflow: makeWorkflow({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'] }, d: {} }, goesOn),
    world: worldOf({ a: fails }),
  },
  'condition-that-is-false': { workflow: makeWorkflow({ a: { condition: '1 == 2' }, b: {} }), world: plainWorld },
  'condition-that-cannot-be-settled': { workflow: makeWorkflow({ a: { condition: 'null < 1' } }), world: plainWorld },
  'enabled-that-cannot-be-settled': {
    workflow: makeWorkflow({ a: { enabled: 'null < 1', ...optional }, b: {} }),
    world: plainWorld,
  },
  'skipped-by-its-handler': {
    workflow: makeWorkflow({ a: {}, b: {} }),
    world: worldOf({ a: { attempts: [skipsAfter(1000)] } }),
  },
  'stopped-by-a-failure': {
    workflow: makeWorkflow(
      {
        a: {},
        b: {},
        answers: { needs: [{ step: 'a', on: ['failure'] }] },
        follows: { needs: ['answers'] },
        never: { needs: ['b'] },
        asked: { needs: ['b'], condition: '1 == 2' },
      },
      graph,
    ),
    world: worldOf({ a: fails, b: { attempts: [succeedsAfter(5000)] } }),
  },
  partial: { workflow: makeWorkflow({ a: optional, b: {} }), world: worldOf({ a: fails }) },
  'retried-until-success': { workflow: makeWorkflow({ a: twice, b: {} }), world: worldOf({ a: failsOnce }) },
  'retried-in-vain': {
    workflow: makeWorkflow({ a: { retry: { maxAttempts: 3, delay: '5s', backoff: 'linear', jitter: 0 } } }),
    world: worldOf({ a: { attempts: [failsAfter(1000), failsAfter(1000, 'crashed'), failsAfter(1000)] } }),
  },
  'retries-ended-by-their-deadline': {
    workflow: makeWorkflow({
      a: { retry: { maxAttempts: 9, delay: '4s', backoff: 'constant', jitter: 0, deadline: '10s' } },
    }),
    world: worldOf({ a: fails }),
  },
  'attempt-that-took-too-long': {
    workflow: makeWorkflow({ a: { ...twice, timeout: '30s' } }),
    world: worldOf({ a: { attempts: [neverEnds(50), succeedsAfter(1000)] } }),
  },
  'run-that-took-too-long': {
    workflow: makeWorkflow(
      { a: {}, b: {}, c: { needs: ['a'] } },
      { ...graph, timeout: '20s', finallySteps: { last: {} } },
    ),
    world: worldOf({ b: hangs }),
  },
  'cancelled-while-running': {
    workflow: makeWorkflow({ a: {}, b: {}, c: { needs: ['a'] } }, { ...graph, finallySteps: { last: {} } }),
    world: { ...worldOf({ a: slow, b: gives({}, 500) }), cancelAt: 3000 },
  },
  'cancelled-between-attempts': {
    workflow: makeWorkflow({ a: twice, b: {} }),
    world: { ...worldOf({ a: failsOnce }), cancelAt: 4000 },
  },
  'cancelled-twice': {
    workflow: makeWorkflow({ a: {}, b: {} }, { finallySteps: { last: {}, more: {} } }),
    world: { ...worldOf({ a: slow, last: hangs }), cancelAt: 3000, forceAt: 9000 },
  },
  'ended-fast': {
    workflow: makeWorkflow(
      { a: {}, b: {}, c: { ...twice }, answers: { needs: [{ step: 'a', on: ['failure'] }] } },
      { ...graph, failFast: true },
    ),
    world: worldOf({ a: { attempts: [failsAfter(5000)] }, b: slow, c: { attempts: [failsAfter(1000)] } }),
  },
  'finally-after-a-failure': {
    workflow: makeWorkflow(
      { a: {}, b: {} },
      { finallySteps: { last: twice, told: { condition: 'failure()' }, mute: { condition: 'success()' } } },
    ),
    world: worldOf({ a: fails, last: failsOnce }),
  },
  'finally-that-fails': {
    workflow: makeWorkflow({ a: {} }, { finallySteps: { last: {}, needed: { required: true } } }),
    world: worldOf({ last: fails }),
  },
  'lost-and-run-again': {
    workflow: chain,
    world: plainWorld,
    later: [{ until: started('check'), world: plainWorld }],
  },
  'lost-again-and-again': {
    workflow: makeWorkflow({ a: {}, b: {}, c: { needs: ['a', 'b'] } }, graph),
    world: plainWorld,
    later: [
      { until: started('b'), world: plainWorld },
      { until: (event) => event.kind === 'attempt-lost', world: plainWorld },
      { until: started('c'), world: plainWorld },
    ],
  },
  'lost-but-done': {
    workflow: shipping,
    world: plainWorld,
    later: [
      { until: started('ship'), world: worldOf({ ship: { probe: { kind: 'done', outputs: { version: '1.0.0' } } } }) },
    ],
  },
  'lost-and-not-done': {
    workflow: shipping,
    world: plainWorld,
    later: [{ until: started('ship'), world: worldOf({ ship: { probe: { kind: 'not-done' } } }) }],
  },
  'lost-and-failed': {
    workflow: makeWorkflow({ a: { onLost: 'fail' }, b: {} }),
    world: plainWorld,
    later: [{ until: started('a'), world: plainWorld }],
  },
  'died-between-attempts': {
    workflow: makeWorkflow({ a: twice, b: {} }),
    world: worldOf({ a: failsOnce }),
    later: [{ until: (event) => event.kind === 'attempt-failed', world: worldOf({ a: failsOnce }) }],
  },
  'died-after-a-cancel': {
    workflow: makeWorkflow({ a: {}, b: {} }, { finallySteps: { last: {} } }),
    world: { ...worldOf({ a: slow }), cancelAt: 3000 },
    later: [{ until: (event) => event.kind === 'cancel-requested', world: worldOf({ a: slow }) }],
  },
  'died-in-finally': {
    workflow: makeWorkflow({ a: {} }, { finallySteps: { last: {} } }),
    world: worldOf({ a: fails }),
    later: [{ until: started('last'), world: plainWorld }],
  },
  'opened-again-after-a-failure': {
    workflow: makeWorkflow({ a: {}, b: {}, c: {} }, { finallySteps: { last: {} } }),
    world: worldOf({ b: fails }),
    later: [{ world: plainWorld }],
  },
  'opened-again-after-a-cancel': {
    workflow: makeWorkflow({ a: {}, b: { needs: ['a'] }, c: { needs: ['a'] } }, graph),
    world: { ...worldOf({ b: slow }), cancelAt: 3000 },
    later: [{ world: plainWorld }],
  },
  'opened-again-when-partial': {
    workflow: makeWorkflow({ a: optional, b: {}, c: { needs: [{ step: 'a', on: ['failure'] }] } }, graph),
    world: worldOf({ a: fails }),
    later: [{ world: plainWorld }],
  },
  'opened-again-in-vain': {
    workflow: chain,
    world: worldOf({ check: fails }),
    later: [{ world: worldOf({ check: fails }) }, { world: plainWorld }],
  },
  'opened-again-from-a-step': {
    workflow: chain,
    world: plainWorld,
    later: [
      {
        world: plainWorld,
        resumption: {
          changes: { selection: { ...wholeRun, from: [stepId('check')] }, selected: [stepId('check'), stepId('ship')] },
          again: [addressOf(stepId('check')), addressOf(stepId('ship'))],
        },
      },
    ],
  },
  'opened-again-with-another-definition': {
    workflow: chain,
    world: worldOf({ check: fails }),
    later: [
      {
        world: plainWorld,
        resumption: {
          changes: {
            workflow: makeWorkflow({ prepare: {}, build: {}, check: {}, pack: {}, ship: {} }),
            definitionHash: 'another',
          },
          again: [],
        },
      },
    ],
  },
  'died-and-went-on-with-another-definition': {
    workflow: makeWorkflow({ a: {}, b: {}, c: {}, d: { needs: ['c'] } }, { ...graph, maxParallel: 1 }),
    world: plainWorld,
    later: [
      {
        until: started('b'),
        world: plainWorld,
        resumption: {
          changes: {
            workflow: makeWorkflow({ b: {}, z: {}, c: {}, e: { needs: ['c', 'z'] } }, { ...graph, maxParallel: 1 }),
            definitionHash: 'another',
          },
          again: [],
        },
      },
    ],
  },
  'rolls-back': {
    workflow: makeWorkflow({ a: undoable, b: careful, c: {} }, { onFailure: 'rollback', finally: [sweep] }),
    world: worldOf({ c: fails }),
  },
  'rolls-back-up-to-what-cannot-be-undone': {
    workflow: makeWorkflow({ a: undoable, p: final, b: undoable, c: {} }, { onFailure: 'rollback' }),
    world: worldOf({ c: fails }),
  },
  'rolls-back-with-failures': {
    workflow: makeWorkflow(
      {
        a: { ...undoable, ...twice, retry: { ...twice.retry, on: ['handler'] } },
        b: { ...careful, needs: [] },
        c: { needs: ['a', 'b'] },
      },
      { onFailure: 'rollback', maxParallel: 1 },
    ),
    world: worldOf({ a: { undo: [doorShut, { kind: 'undone', message: 'at last' }] }, b: { undo: [moved] }, c: fails }),
  },
  'opened-again-after-a-rollback': {
    workflow: makeWorkflow({ a: undoable, b: careful, c: {} }, { onFailure: 'rollback' }),
    world: worldOf({ c: fails }),
    later: [{ world: plainWorld }],
  },
  'rolls-back-what-ran-again': {
    workflow: makeWorkflow({ a: undoable, b: careful, c: {} }, { onFailure: 'rollback' }),
    world: { ...worldOf({ c: slow }), cancelAt: 3000 },
    later: [{ world: worldOf({ c: fails }), resumption: { changes: {}, again: [addressOf(stepId('a'))] } }],
  },
  'keeps-its-order-across-what-stands': {
    workflow: makeWorkflow({ a: undoable, stands: {}, c: undoable, d: {} }, { onFailure: 'rollback' }),
    world: worldOf({ d: fails }),
    later: [{ world: worldOf({ a: slow }) }],
  },
};
