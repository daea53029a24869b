import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent, RunStarted } from '../../src/core/model/event.ts';
import { makeRunId } from '../../src/core/model/ids.ts';
import type { RunView } from '../../src/core/model/run-view.ts';
import type { Workflow } from '../../src/core/model/workflow.ts';
import type { HandlerDescription } from '../../src/core/ports/handlers.ts';
import { beginRun } from '../../src/core/run/begin-run.ts';
import { HandlerPerformer } from '../../src/core/run/handler-performer.ts';
import { type LoopPorts, runLoop } from '../../src/core/run/loop.ts';
import type { RunState } from '../../src/core/run/state.ts';
import { transition } from '../../src/core/run/transition.ts';
import { viewOf } from '../../src/core/run/view.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { openMasker, quietObserver } from '../fakes/quiet.ts';
import { ScriptedRunner } from '../fakes/scripted-runner.ts';
import { SeededRandom } from '../fakes/seeded-random.ts';
import type { World } from './world.ts';

export interface Simulation {
  readonly view: RunView;
  readonly events: readonly RunEvent[];
  /** Ids of the steps whose handler was called, once for each call. */
  readonly calls: readonly string[];
}

const anything: Omit<HandlerDescription, 'name'> = {
  title: 'scripted',
  description: 'does what the world says',
  plugin: { name: 'scripted', version: '1.0.0' },
  configuration: { type: 'object' },
  outputs: null,
  placeholders: {},
  process: false,
  retry: null,
  rollback: 'none',
  hasPreview: false,
  hasProbe: false,
};

/** Runs a workflow through the real engine in virtual time. */
export async function simulate(workflow: Workflow, world: World): Promise<Simulation> {
  const clock = new ManualClock();
  return drive(null, [], startOf(workflow, world, clock), world, clock);
}

/** Goes on from a journal as an engine does whose predecessor died, or that opens an ended run again. */
export async function simulateResume(recorded: readonly RunEvent[], world: World): Promise<Simulation> {
  let state: RunState | null = null;
  for (const event of recorded) state = transition(state, event).state;
  if (state === null) throw new Error('nothing was recorded');
  const clock = new ManualClock(state.lastEventAt);
  const resumed: RunEvent = {
    kind: 'run-resumed',
    at: clock.now(),
    attempt: state.attempt + 1,
    changes: {},
    again: [],
  };
  return drive(state, recorded, resumed, world, clock);
}

export function startOf(workflow: Workflow, world: World, clock: ManualClock): RunStarted {
  const started = beginRun({
    runId: makeRunId(new Date(clock.now()).toISOString(), '000000'),
    at: clock.now(),
    engine: 'test',
    workflow,
    file: 'workflow.yml',
    definitionHash: 'none',
    commit: null,
    workspace: '/workspace',
    parameters: {},
    secretParameters: {},
    task: null,
    github: null,
    env: {},
    adapters: {},
    selection: world.selection,
    cores: 2,
    maxParallel: null,
    now: () => new Date(clock.now()).toISOString(),
    hashFiles: () => ({ ok: true, value: '' }),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return started.value;
}

async function drive(
  state: RunState | null,
  recorded: readonly RunEvent[],
  first: RunEvent,
  world: World,
  clock: ManualClock,
): Promise<Simulation> {
  const events: RunEvent[] = [...recorded];
  const runner = new ScriptedRunner(world, clock);
  const ports: LoopPorts = {
    journal: {
      runId: makeRunId('2026-01-01T00:00:00Z', '000000'),
      append: (batch) => {
        events.push(...batch);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
    observer: quietObserver,
    performer: (answer, current) =>
      new HandlerPerformer(
        {
          clock,
          random: new SeededRandom(world.seed),
          catalog: { find: (name) => ({ ...anything, name }), names: () => [] },
          runner,
          masker: openMasker,
          logs: { tail: () => '' },
          surroundings: {
            env: {},
            secrets: {},
            secretParameters: {},
            adapters: {},
            hashFiles: () => ({ ok: true, value: '' }),
          },
          blueprint: ({ step }) => {
            const { defaults } = current().facts.workflow;
            return {
              step,
              handler: { ...anything, name: step.handler },
              config: step.config,
              fallbacks: {},
              retry: step.retry ?? defaults.retry ?? null,
              defaults,
            };
          },
          parametersRead: () => [],
        },
        answer,
        current,
      ),
    rollbackClass: () => 'none',
    alwaysFull: false,
  };

  let ended = false;
  await loadPatterns();
  const run = runLoop(state, first, ports, (answer) => {
    if (world.cancelAt === null) return;
    clock.schedule(world.cancelAt, () =>
      answer({ kind: 'cancel-requested', at: clock.now(), message: 'the user cancelled', force: false }),
    );
  });
  const markEnded = () => {
    ended = true;
  };
  run.then(markEnded, markEnded);
  for (;;) {
    // Everything in the engine is promises: a turn of the event loop lets all of them settle.
    await new Promise((resolve) => setImmediate(resolve));
    if (ended) break;
    if (!clock.advanceToNext()) throw new Error('the run waits for something that will never come');
  }
  const end = await run;
  return { view: viewOf(end), events, calls: runner.calls.map((call) => call.step.id) };
}
