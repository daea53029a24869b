import { SecretMasker } from '../../src/adapters/masking/secret-masker.ts';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent, RunResumed, RunStarted } from '../../src/core/model/event.ts';
import { makeRunId } from '../../src/core/model/ids.ts';
import type { RollbackClass } from '../../src/core/model/rollback.ts';
import type { RunView } from '../../src/core/model/run-view.ts';
import type { Workflow } from '../../src/core/model/workflow.ts';
import type { HandlerCall, HandlerDescription, HandlerRunner } from '../../src/core/ports/handlers.ts';
import type { Masker } from '../../src/core/ports/masker.ts';
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
import { endsInFlight, InFlightFinisher } from './in-flight-finisher.ts';
import type { World } from './world.ts';

export interface Simulation {
  readonly view: RunView;
  readonly events: readonly RunEvent[];
  /** Ids of the steps whose handler was called, once for each call. */
  readonly calls: readonly string[];
  /** Ids of the steps that were taken back, once for each call; with `!` where it did not come to `undone`. */
  readonly undone: readonly string[];
  readonly attempts: readonly { readonly step: string; readonly visit: number; readonly attempt: number }[];
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
  hasUndo: false,
};

const rollbackClasses: { readonly [handler: string]: RollbackClass } = {
  'test.undoable': 'undo',
  'test.looked-at': 'undo',
  'test.careful': 'undo-with-care',
  'test.final': 'never',
};

const probed = ['test.probed', 'test.looked-at'];

function describe(name: string): HandlerDescription {
  const rollback = rollbackClasses[name] ?? 'none';
  const hasUndo = rollback === 'undo' || rollback === 'undo-with-care';
  return { ...anything, name, hasProbe: probed.includes(name), rollback, hasUndo };
}

/** Called with what is appended together and how often handlers were called by then; durable once it resolves. */
export type Commit = (events: readonly RunEvent[], calls: () => number) => Promise<void>;

/** Runs a workflow through the real engine in virtual time. */
export async function simulate(workflow: Workflow, world: World, commit?: Commit): Promise<Simulation> {
  const clock = new ManualClock();
  const first = startOf(workflow, world, clock);
  return drive({
    state: null,
    recorded: [],
    first,
    world,
    zeroAt: first.at,
    clock,
    runner: new ScriptedRunner(world, clock),
    ...(commit && { commit }),
  });
}

/** What a resume brings with it beside the run. */
export type Resumption = Pick<RunResumed, 'changes' | 'again'> & {
  /** How long no engine ran; 0 where it is absent. */
  readonly afterMs?: number;
};

const plainResumption: Resumption = { changes: {}, again: [] };

/** Goes on from a journal as an engine does whose predecessor died, or that opens an ended run again. */
export async function simulateResume(
  recorded: readonly RunEvent[],
  world: World,
  resumption: Resumption = plainResumption,
): Promise<Simulation> {
  const { state, clock, first } = takenUp(recorded, resumption);
  return drive({ state, recorded, first, world, zeroAt: first.at, clock, runner: new ScriptedRunner(world, clock) });
}

/** Takes back what the journal of an ended run tells of, as somebody asks for it. */
export async function simulateRollback(recorded: readonly RunEvent[], world: World): Promise<Simulation> {
  const state = replayed(recorded);
  const clock = new ManualClock(state.lastEventAt);
  const first = { kind: 'rollback-started', at: clock.now(), cause: 'request', only: null, visits: 'all' } as const;
  return drive({ state, recorded, first, world, zeroAt: first.at, clock, runner: new ScriptedRunner(world, clock) });
}

/** A run that nothing disturbed, from which a crash takes the end. */
export interface Disturbed {
  readonly world: World;
  /** All its events. */
  readonly undisturbed: readonly RunEvent[];
  /** Where among them the run was started, or opened again: the times of `world` count from there. */
  readonly openedAt: number;
}

/**
 * Goes on from a part of the journal of an undisturbed run, as if the engine had died there and been started again in
 * the same moment; what was in flight ends when and as it did in the undisturbed run.
 */
export async function simulateAfterCrash(
  recorded: readonly RunEvent[],
  { world, undisturbed, openedAt }: Disturbed,
): Promise<Simulation> {
  const { state, clock, first } = takenUp(recorded, plainResumption);
  const runner = new InFlightFinisher(new ScriptedRunner(world, clock), clock, endsInFlight(state, undisturbed, world));
  const zeroAt = undisturbed[openedAt]?.at ?? first.at;
  return drive({ state, recorded, first, world: withoutPast(world, recorded.slice(openedAt)), zeroAt, clock, runner });
}

/** Cancels that were recorded are not requested again. */
function withoutPast(world: World, recorded: readonly RunEvent[]): World {
  const requests = recorded.filter((event) => event.kind === 'cancel-requested');
  const { forceAt, ...rest } = world;
  return {
    ...rest,
    cancelAt: requests.some(({ force }) => !force) ? null : world.cancelAt,
    ...(forceAt === undefined || requests.some(({ force }) => force) ? {} : { forceAt }),
  };
}

/** The state that a journal leads to. */
export function replayed(events: readonly RunEvent[]): RunState {
  let state: RunState | null = null;
  for (const event of events) state = transition(state, event).state;
  if (state === null) throw new Error('nothing was recorded');
  return state;
}

function takenUp(recorded: readonly RunEvent[], { afterMs = 0, ...resumption }: Resumption) {
  const state = replayed(recorded);
  const clock = new ManualClock(state.lastEventAt + afterMs);
  const first: RunResumed = {
    kind: 'run-resumed',
    at: clock.now(),
    attempt: state.attempt + 1,
    keepsOrder: true,
    ...resumption,
  };
  return { state, clock, first };
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

function maskerOf({ secrets }: World): Masker {
  if (secrets === undefined) return openMasker;
  const masker = new SecretMasker();
  for (const secret of Object.values(secrets)) masker.add(secret);
  return masker;
}

interface Driven {
  readonly state: RunState | null;
  readonly recorded: readonly RunEvent[];
  readonly first: RunEvent;
  readonly world: World;
  /** When the times of the world begin to count. */
  readonly zeroAt: number;
  readonly clock: ManualClock;
  readonly runner: HandlerRunner & { readonly calls: readonly HandlerCall[]; readonly undone: readonly string[] };
  readonly commit?: Commit;
}

async function drive({ state, recorded, first, world, zeroAt, clock, runner, commit }: Driven): Promise<Simulation> {
  const events: RunEvent[] = [...recorded];
  const masker = maskerOf(world);
  const ports: LoopPorts = {
    journal: {
      runId: makeRunId('2026-01-01T00:00:00Z', '000000'),
      append: (batch) => {
        events.push(...batch);
        return commit?.(batch, () => runner.calls.length) ?? Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
    observer: quietObserver,
    performer: (answer, current) =>
      new HandlerPerformer(
        {
          clock,
          random: new SeededRandom(world.seed),
          catalog: { find: describe, names: () => [] },
          runner,
          masker,
          logs: { tail: () => '' },
          surroundings: {
            env: {},
            secrets: world.secrets ?? {},
            secretParameters: {},
            adapters: {},
            hashFiles: () => ({ ok: true, value: '' }),
          },
          blueprint: ({ step }) => {
            const { defaults } = current().facts.workflow;
            return {
              step,
              handler: describe(step.handler),
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
    breathe: () => Promise.resolve(),
    alwaysFull: false,
  };

  let ended = false;
  await loadPatterns();
  const run = runLoop(state, first, ports, (answer) => {
    const cancel = (at: number | null, force: boolean) => {
      if (at === null) return;
      const request = () => answer({ kind: 'cancel-requested', at: clock.now(), message: 'the user cancelled', force });
      // At the very start it comes before anything that was begun gives an answer.
      if (at === 0) request();
      else clock.schedule(zeroAt + at - clock.now(), request);
    };
    cancel(world.cancelAt, false);
    cancel(world.forceAt ?? null, true);
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
  return {
    view: viewOf(end),
    events,
    calls: runner.calls.map((call) => call.step.id),
    undone: runner.undone,
    attempts: runner.calls.map(({ step, visit, attempt }) => ({ step: step.id, visit, attempt })),
  };
}
