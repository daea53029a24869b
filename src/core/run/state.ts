import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { RunStarted, RunStatus, StepSettings } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { Address, StepId } from '../model/ids.ts';
import type { JsonMap } from '../model/json.ts';
import type { Finding, PublishedFile } from '../model/outcome.ts';
import type { StepEffect, UndoOutcome } from '../model/rollback.ts';
import type { SkipReason } from '../model/skip.ts';
import type { Graph } from '../plan/graph.ts';
import type { PersistentVector } from './persistent-vector.ts';
import type { ReadyQueue } from './ready-queue.ts';

/**
 * Where a run stands. Made by `transition` from the events alone, never changed in place: a state that somebody
 * holds stays what it was.
 */
export interface RunState {
  /** What the run started with, and what later resumes replaced of it. */
  readonly facts: RunStarted;
  readonly graph: Graph;
  readonly roster: Roster;
  /** Counts the starts of the run. */
  readonly attempt: number;
  readonly phase: Phase;
  /** By position in the graph. */
  readonly steps: PersistentVector<StepState>;
  /** Visits that left something and were followed by another one, the oldest first. */
  readonly earlier: readonly EarlierVisit[];
  /** Positions of the ready steps; those of steps that left from further back go when they come to the front. */
  readonly ready: ReadyQueue;
  /** Attempts under way. */
  readonly placesTaken: number;
  /** Steps being settled; nothing starts meanwhile, so that among them too the one written first starts first. */
  readonly settling: number;
  /** Steps of the phase's section that have not ended. */
  readonly unended: number;
  readonly stop: Stop | null;
  /** A cancel came before the main part had ended, or a forced one at any time. */
  readonly cancelled: boolean;
  /** A forced cancel came: `finally` ends too. */
  readonly forced: boolean;
  readonly timedOut: boolean;
  /** When the run's timeout is over; null: it has none. Time in which no engine ran is not counted. */
  readonly timeoutAt: number | null;
  readonly tally: Tally;
  /** The newest failure, handled or not. */
  readonly error: RunError | null;
  /** The run's state map, as far as ended steps wrote it. */
  readonly shared: JsonMap;
  readonly writers: { readonly [key: string]: { readonly step: StepId; readonly endedAt: number } };
  readonly diagnostics: readonly Diagnostic[];
  readonly outputs: JsonMap;
  readonly secretOutputs: readonly string[];
  /** Since completed steps were last taken back; null: they were not. */
  readonly rollback: Rollback | null;
  /** Counts the ends of steps: ends within one millisecond have an order too. */
  readonly ends: number;
  readonly lastEventAt: number;
  /** Set once the run has ended. */
  readonly end: { readonly status: RunStatus; readonly at: number; readonly durationMs: number } | null;
}

/** The parts of a run, in order. */
export type Phase = 'main' | 'rollback' | 'finally' | 'outputs' | 'ending' | 'ended';

/** Who takes part: the lists of `run-started` as sets. */
export interface Roster {
  readonly selected: ReadonlySet<StepId> | null;
  readonly disabled: ReadonlySet<StepId>;
}

/** `failure`: only steps that answer a failure may still start. `all`: nothing starts. */
export interface Stop {
  readonly kind: 'failure' | 'all';
}

/** Steps are taken back one by one. */
export interface Rollback {
  readonly cause: 'failure' | 'request';
  /** Visits that are still to be taken back, the next one first. */
  readonly queue: readonly VisitOf[];
  readonly current: Undoing | null;
  /** In the order in which they were decided. */
  readonly ends: readonly UndoEnd[];
  readonly startedAt: number;
}

export interface VisitOf {
  readonly step: StepId;
  readonly visit: number;
}

/** A visit of a step that is not its newest one, as it ended. */
export interface EarlierVisit {
  readonly step: StepId;
  readonly ended: Ended;
}

/** The visit that is being taken back. */
export interface Undoing extends VisitOf {
  readonly attempt: number;
  readonly kind: 'starting' | 'running';
  readonly startedAt: number | null;
  /** Of the step's own `rollback`; null before it was settled, and where the visit's own settings count. */
  readonly settings: StepSettings | null;
  /** The next attempt is not due before that time; 0: it is due. */
  readonly notBefore: number;
  readonly cancelling: boolean;
}

export interface UndoEnd extends VisitOf {
  readonly outcome: UndoOutcome;
  readonly durationMs: number | null;
}

/** How many steps stand in the ways that decide the run's status. */
export interface Tally {
  readonly requiredFailed: number;
  readonly optionalFailed: number;
  readonly requiredBlocked: number;
}

export interface RunError {
  readonly step: StepId | null;
  readonly kind: string;
  readonly message: string;
}

/**
 * A step in its newest visit. `visits` counts those that got as far as their condition or a failure; a step that was
 * left out before has none.
 */
export type StepState = Pending | Settling | Ready | Running | Retrying | Ended;

export interface Pending {
  readonly kind: 'pending';
  readonly visits: number;
  /** Edges whose source has not ended. */
  readonly open: number;
}

/** Its condition and configuration are being evaluated. */
export interface Settling {
  readonly kind: 'settling';
  readonly visits: number;
}

/** Settled; waits for a place for this attempt. */
export interface Ready {
  readonly kind: 'ready';
  readonly visits: number;
  readonly settings: StepSettings;
  readonly parametersRead: readonly string[];
  readonly attempt: number;
  /** Of the visit's first attempt; null before it. */
  readonly startedAt: number | null;
  /** Of the attempt before; null for a first one. */
  readonly failure: Failure | null;
  readonly findings: readonly Finding[];
}

export interface Running {
  readonly kind: 'running';
  readonly visits: number;
  readonly settings: StepSettings;
  readonly parametersRead: readonly string[];
  readonly attempt: number;
  readonly startedAt: number;
  readonly failure: Failure | null;
  readonly findings: readonly Finding[];
  /** It was told to end: no attempt follows. */
  readonly cancelling: boolean;
  /** The engine died meanwhile, and the attempt has not been started again: it keeps its place until then. */
  readonly lost: boolean;
}

/** Waits for its next attempt; takes no place. */
export interface Retrying {
  readonly kind: 'retrying';
  readonly visits: number;
  readonly settings: StepSettings;
  readonly parametersRead: readonly string[];
  /** The attempt that failed. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly retryAt: number;
  readonly failure: Failure;
  readonly findings: readonly Finding[];
}

export interface Ended {
  readonly kind: 'ended';
  readonly visits: number;
  readonly attempts: number;
  readonly name: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly durationMs: number | null;
  readonly result: StepResult;
  /** Parameters that settling it read: a resume may not change them unseen. */
  readonly parametersRead: readonly string[];
  readonly findings: readonly Finding[];
  readonly files: readonly PublishedFile[];
  /** What a rollback would have to take back, or look for where the visit was interrupted; null: nothing. */
  readonly effect: (StepEffect & { readonly settings: StepSettings }) | null;
  /** It was taken back. */
  readonly undone: boolean;
  /** Its place among the ends of steps. */
  readonly order: number;
  /** Of a step that stands: edges from steps that run again, and until these have ended it passes nothing on. Default 0. */
  readonly held?: number;
  /** Of a step that stands: what kept those before it from passing this time, and keeps those after it. */
  readonly cutOffBy?: Address;
}

export type StepResult =
  | { readonly kind: 'success'; readonly outputs: JsonMap; readonly secretOutputs: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly outputs: JsonMap }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'cancelled'; readonly message: string };
