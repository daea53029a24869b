import fc from 'fast-check';
import type { Failure } from '../../src/core/model/failure.ts';
import { stepId } from '../../src/core/model/ids.ts';
import { type Selection, wholeRun } from '../../src/core/model/selection.ts';
import {
  type Dependency,
  edgeOutcomes,
  type RetryDeclaration,
  type Step,
  type Workflow,
} from '../../src/core/model/workflow.ts';
import type { AttemptEnd, AttemptScript, StepScript, Truth, World } from '../rigs/world.ts';
import { edgesOf, upstream } from './reference-edges.ts';
import { theLanguage } from './reference-rules.ts';
import { spellOut, stepOf, workflowOf } from './written-cases.ts';

/** A workflow, the world of its first run, and the world of a resume. */
export interface Case {
  readonly workflow: Workflow;
  readonly world: World;
  readonly resume: World;
}

/** Workflows of 1 to `maxSteps` main steps. Shrinks towards few plain steps that all succeed. */
export function randomCase(maxSteps = 30): fc.Arbitrary<Case> {
  return fc
    .record({
      shape: fc.constantFrom<Shape>('scattered', 'chain', 'star', 'layers'),
      main: fc.array(stepDraft, { minLength: 1, maxLength: maxSteps, size: 'max' }),
      finally: often<StepDraft[]>(fc.constant([]), fc.array(stepDraft, { maxLength: 4, size: 'max' })),
      run: runDraft,
    })
    .map((draft) => buildCase(draft.run.mild ? { ...draft, main: draft.main.map(makeMild) } : draft));
}

/** Cases whose selection takes part, for the rules of selection. */
export function randomSelectedCase(maxSteps = 12): fc.Arbitrary<Case> {
  return fc.tuple(randomCase(maxSteps), selectionDraft).map(([{ workflow, world, resume }, draft]) => ({
    workflow,
    world: { ...world, selection: buildSelection(workflow.steps, draft) },
    resume,
  }));
}

type Shape = 'scattered' | 'chain' | 'star' | 'layers';

// --- What is drawn: plain data without references, so that every part shrinks alone.

/** Mostly the first, which is also what it shrinks to. */
function mostly<T>(usual: T, ...others: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  const rare = others.map((arbitrary) => ({ arbitrary, weight: 1 }));
  return fc.oneof({ withCrossShrink: true }, { arbitrary: fc.constant(usual), weight: 8 }, ...rare);
}

function often<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, { arbitrary: usual, weight: 1 }, { arbitrary: other, weight: 1 });
}

const truth: fc.Arbitrary<Truth | null> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.constant(null), weight: 20 },
  { arbitrary: fc.constant<Truth>(true), weight: 4 },
  { arbitrary: fc.constant<Truth>(false), weight: 4 },
  { arbitrary: fc.constant<Truth>('error'), weight: 1 },
);

const failure: fc.Arbitrary<Failure> = fc
  .record({
    of: fc.constantFrom<readonly [Failure['kind'], number?]>(
      ['exit', 1],
      ['exit', 75],
      ['handler'],
      ['crashed'],
      ['not-found'],
    ),
    message: fc.constantFrom('it broke', 'a flaky line'),
    retryable: mostly<boolean | null>(null, fc.boolean()),
  })
  .map(({ of: [kind, exitCode], message, retryable }) => ({
    kind,
    message,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(retryable === null ? {} : { retryable }),
  }));

const attemptEnd: fc.Arbitrary<AttemptEnd> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.constant<AttemptEnd>({ kind: 'success' }), weight: 8 },
  { arbitrary: failure.map((of): AttemptEnd => ({ kind: 'failed', failure: of })), weight: 4 },
  { arbitrary: fc.constant<AttemptEnd>({ kind: 'skipped', reason: 'nothing to do' }), weight: 1 },
  { arbitrary: fc.constant<AttemptEnd>({ kind: 'never' }), weight: 1 },
);

const attemptDraft = fc.record({ end: attemptEnd, length: fc.nat(7), slowToStop: mostly(false, fc.boolean()) });
const attemptDrafts = fc.array(attemptDraft, { minLength: 1, maxLength: 4 });

const retryDraft = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  delay: fc.nat(3),
  backoff: fc.constantFrom('constant', 'linear', 'exponential', undefined),
  factor: fc.constantFrom(1, 2, 3, undefined),
  maxDelay: fc.option(fc.nat(6), { freq: 2 }),
  jitter: fc.constantFrom(0, 0.2, 1),
  on: mostly<(number | string)[] | null>(
    null,
    fc.subarray<number | string>([1, 'handler', 'timeout', 'crashed', '/flaky/'], { minLength: 1 }),
  ),
  condition: mostly<boolean | null>(null, fc.boolean()),
  deadline: mostly<number | null>(null, fc.nat(20)),
  enabled: mostly<boolean | null>(null, fc.boolean()),
});
type RetryDraft = typeof retryDraft extends fc.Arbitrary<infer Draft> ? Draft : never;

const linkDraft = fc.record({
  back: fc.nat(8),
  on: fc.option(fc.subarray([...edgeOutcomes], { minLength: 1 }), { freq: 2 }),
});

const stepDraft = fc.record({
  /** `null`: no key `dependencies`. */
  links: fc.option(fc.array(linkDraft, { maxLength: 3 }), { freq: 2 }),
  place: fc.nat(40),
  optional: fc.oneof({ withCrossShrink: true }, fc.constant(false), fc.boolean(), fc.boolean()),
  enabled: fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constant(null), weight: 120 },
    { arbitrary: fc.constantFrom<Truth | 'off'>('off', false, true), weight: 8 },
    { arbitrary: fc.constant<Truth | 'off'>('error'), weight: 1 },
  ),
  automatic: mostly(false, fc.boolean()),
  condition: truth,
  configuration: fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constant<'fits' | 'error'>('fits'), weight: 40 },
    { arbitrary: fc.constant<'fits' | 'error'>('error'), weight: 1 },
  ),
  timeout: mostly<number | null>(null, fc.nat(8)),
  retry: fc.option(retryDraft, { freq: 2 }),
  attempts: attemptDrafts,
  attemptsOfResume: attemptDrafts,
});
type StepDraft = typeof stepDraft extends fc.Arbitrary<infer Draft> ? Draft : never;

const runDraft = fc.record({
  /** In a mild world required steps do not fail by their own doing: else hardly a large run would succeed. */
  mild: fc.boolean().map((rough) => !rough),
  order: fc.constantFrom<Workflow['order']>('graph', 'sequence'),
  onFailure: fc.constantFrom<Workflow['onFailure']>('stop', 'continue'),
  failFast: mostly(false, fc.boolean()),
  maxParallel: fc.constantFrom(30, 1, 2, 3, 4),
  shuffled: mostly(false, fc.boolean()),
  timeout: mostly<number | null>(null, fc.nat(40)),
  cancelAt: fc.oneof({ withCrossShrink: true }, fc.constant(null), fc.constant(null), fc.constant(null), fc.nat(20)),
  cancelResumeAt: mostly<number | null>(null, fc.nat(20)),
  defaultTimeout: mostly<number | null>(null, fc.nat(8)),
  defaultRetry: mostly<RetryDraft | null>(null, retryDraft),
  enable: mostly<number[]>([], fc.array(fc.nat(30), { maxLength: 2 })),
  disable: mostly<number[]>([], fc.array(fc.nat(30), { maxLength: 2 })),
  seed: fc.nat(),
});

const selectionDraft = fc.record({
  kind: fc.constantFrom<'only' | 'from' | 'skip'>('only', 'from', 'skip'),
  picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }),
  skipToo: mostly<number | null>(null, fc.nat(30)),
});
type SelectionDraft = typeof selectionDraft extends fc.Arbitrary<infer Draft> ? Draft : never;

// --- What is made of it.

interface CaseDraft {
  readonly shape: Shape;
  readonly main: readonly StepDraft[];
  readonly finally: readonly StepDraft[];
  readonly run: typeof runDraft extends fc.Arbitrary<infer Draft> ? Draft : never;
}

function makeMild(draft: StepDraft): StepDraft {
  if (draft.optional) return draft;
  const attempts = draft.attempts.map((attempt): typeof attempt =>
    attempt.end.kind === 'skipped' ? attempt : { ...attempt, end: { kind: 'success' } },
  );
  const condition = draft.condition === 'error' ? null : draft.condition;
  const enabled = draft.enabled === 'error' ? null : draft.enabled;
  return { ...draft, attempts, timeout: null, condition, enabled, configuration: 'fits' };
}

function buildCase({ shape, main, finally: last, run }: CaseDraft): Case {
  const defaults = {
    env: {},
    ...(run.defaultTimeout === null ? {} : { timeout: timeText(run.defaultTimeout, 1) }),
    ...(run.defaultRetry === null ? {} : { retry: buildRetry({ ...run.defaultRetry, condition: null }, 2) }),
  };
  const steps = main.map((draft, index) => buildStep(draft, { shape, index, prefix: 's', serial: 1 + index }));
  const keys: Partial<Workflow> = {
    order: run.order,
    onFailure: run.onFailure,
    // With `continue` the language has a diagnostic for it.
    failFast: run.failFast && run.onFailure === 'stop',
    maxParallel: run.maxParallel,
    defaults,
    finally: last.map((draft, index) => {
      const step = buildStep(draft, { shape, index, prefix: 'f', serial: 50 + index });
      return { ...step, required: draft.optional, automatic: false };
    }),
    ...(run.timeout === null ? {} : { timeout: timeText(run.timeout, 3) }),
  };
  const workflow = workflowOf(run.shuffled ? shuffled(steps, main, workflowOf(steps, keys)) : steps, keys);
  const world: World = {
    steps: scriptsOf(workflow, main, last, 0),
    cancelAt: run.cancelAt === null ? null : moment(run.cancelAt, 4),
    selection: { ...wholeRun, ...overridesOf(steps, run.enable, run.disable) },
    seed: run.seed,
  };
  const resume: World = {
    ...world,
    steps: scriptsOf(workflow, main, last, 100),
    cancelAt: run.cancelResumeAt === null ? null : moment(run.cancelResumeAt, 5),
  };
  return { workflow: spellOut(workflow, world), world, resume };
}

interface StepPlace {
  readonly shape: Shape;
  readonly index: number;
  readonly prefix: string;
  /** Makes times that no other step has. */
  readonly serial: number;
}

function buildStep(draft: StepDraft, place: StepPlace): Step {
  const hangs = [...draft.attempts, ...draft.attemptsOfResume].some(({ end }) => end.kind === 'never');
  const timeout = draft.timeout ?? (hangs ? 9 : null);
  return stepOf(`${place.prefix}${place.index}`, {
    dependencies: buildDependencies(draft, place),
    required: !draft.optional,
    enabled: draft.enabled === null ? true : draft.enabled === 'off' ? false : String(draft.enabled),
    automatic: draft.automatic,
    ...(draft.condition === null ? {} : { condition: String(draft.condition) }),
    ...(timeout === null ? {} : { timeout: timeText(timeout, place.serial * 16 + 8) }),
    ...(draft.retry === null ? {} : { retry: buildRetry(draft.retry, place.serial * 16 + 9) }),
  });
}

function buildDependencies({ links }: StepDraft, place: StepPlace): Step['dependencies'] {
  if (links === null) return null;
  const wanted = links.length === 0 && place.shape !== 'scattered' ? [{ back: 0, on: null }] : links;
  const edges = new Map<string, Dependency>();
  for (const { back, on } of wanted) {
    const target = targetOf(place, back);
    if (target !== null && !edges.has(target)) edges.set(target, { step: stepId(target), on });
  }
  return [...edges.values()];
}

/** An earlier step of the same list, so that no edges form a loop. */
function targetOf({ shape, index, prefix }: StepPlace, back: number): string | null {
  if (index === 0) return null;
  const width = 3;
  const layer = Math.floor(index / width) - 1;
  switch (shape) {
    case 'scattered':
      return `${prefix}${index - 1 - (back % index)}`;
    case 'chain':
      return `${prefix}${index - 1}`;
    case 'star':
      return `${prefix}0`;
    case 'layers':
      return layer < 0 ? null : `${prefix}${layer * width + (back % width)}`;
  }
}

/** No step is both enabled and disabled, and none is disabled that may not be. */
function overridesOf(
  steps: readonly Step[],
  enabled: readonly number[],
  disabled: readonly number[],
): Pick<Selection, 'enable' | 'disable'> {
  const enable = pick(steps, enabled);
  const fixed = new Set<string>([...enable, ...steps.filter((step) => step.automatic).map((step) => step.id)]);
  return { enable, disable: pick(steps, disabled).filter((id) => !fixed.has(id)) };
}

/** Another written order, unless the edges that the order makes would close a loop. */
function shuffled(steps: readonly Step[], drafts: readonly StepDraft[], workflow: Workflow): readonly Step[] {
  const places = new Map(steps.map((step, index) => [step.id, drafts[index]?.place ?? 0]));
  const sorted = steps.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
  const edges = edgesOf(sorted, workflow, theLanguage);
  const loops = sorted.some((step) =>
    upstream(
      (edges.get(step.id) ?? []).map((edge) => edge.from),
      edges,
    ).has(step.id),
  );
  return loops ? steps : sorted;
}

function buildRetry(draft: RetryDraft, serial: number): RetryDeclaration {
  return {
    maxAttempts: draft.maxAttempts,
    delay: timeText(draft.delay, serial),
    // Chance would decide whether the next attempt still begins before the deadline.
    jitter: draft.deadline === null ? draft.jitter : 0,
    ...(draft.backoff === undefined ? {} : { backoff: draft.backoff }),
    ...(draft.factor === undefined ? {} : { factor: draft.factor }),
    maxDelay: draft.maxDelay === null ? '10h' : timeText(draft.maxDelay, serial + 1),
    ...(draft.on === null ? {} : { on: draft.on }),
    ...(draft.condition === null ? {} : { condition: String(draft.condition) }),
    ...(draft.deadline === null ? {} : { deadline: timeText(draft.deadline, serial + 2) }),
    ...(draft.enabled === null ? {} : { enabled: draft.enabled }),
  };
}

function scriptsOf(
  workflow: Workflow,
  main: readonly StepDraft[],
  last: readonly StepDraft[],
  round: number,
): World['steps'] {
  const scripts = [
    ...main.map((draft, index) => [`s${index}`, scriptFrom(draft, 1 + index + round, round)] as const),
    ...last.map((draft, index) => [`f${index}`, scriptFrom(draft, 50 + index + round, round)] as const),
  ];
  const automatic = new Set<string>(workflow.steps.filter((step) => step.automatic).map((step) => step.id));
  // An `enabled` that fails on a step that it may not switch off: the language does not say which wins.
  return Object.fromEntries(
    scripts.map(([id, script]) => [id, automatic.has(id) ? { ...script, enabled: script.enabled === true } : script]),
  );
}

function scriptFrom(draft: StepDraft, serial: number, round: number): StepScript {
  const drafts = round === 0 ? draft.attempts : draft.attemptsOfResume;
  return {
    enabled: draft.enabled === null || draft.enabled === 'off' ? true : draft.enabled,
    condition: draft.condition ?? true,
    configuration: draft.configuration,
    retryCondition: draft.retry?.condition ?? true,
    attempts: drafts.map(
      ({ end, length, slowToStop }, index): AttemptScript => ({
        end,
        durationMs: moment(length, serial * 16 + index),
        stopMs: slowToStop ? 1 + (moment(0, serial * 16 + 4 + index) % patienceMs) : 1,
      }),
    ),
  };
}

function buildSelection(steps: readonly Step[], draft: SelectionDraft): Selection {
  const picked = pick(steps, draft.picks);
  if (draft.kind === 'only') return { ...wholeRun, only: picked };
  // What becomes of automatic steps that only skipped steps need is left open; skipping one of them is an error.
  const skippable = steps.some((step) => step.automatic) ? [] : steps;
  if (draft.kind === 'skip') return { ...wholeRun, skip: pick(skippable, draft.picks) };
  return { ...wholeRun, from: picked, skip: draft.skipToo === null ? [] : pick(skippable, [draft.skipToo]) };
}

function pick(steps: readonly Step[], numbers: readonly number[]): Selection['only'] {
  return [...new Set(numbers.flatMap((number) => steps[number % steps.length]?.id ?? []))];
}

const unitMs = 100_000;

/** Nobody has to wait longer than this for an attempt that was told to end. */
const patienceMs = 5000;

/**
 * So many units and a remainder of its own, so that no two things happen at one moment, whatever the sums: there the
 * language gives no order. Cubes, because multiples of one number add up to each other.
 */
function moment(units: number, serial: number): number {
  return units * unitMs + 1 + ((serial ** 3 * 7919 + serial * 104_729 + 31) % 99_991);
}

function timeText(units: number, serial: number): string {
  return `${moment(units, serial)}ms`;
}
