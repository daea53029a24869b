import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { RunStatus } from './event.ts';
import type { Failure } from './failure.ts';
import type { Address, RunId, StepId } from './ids.ts';
import type { Json, JsonMap } from './json.ts';
import type { Finding, PublishedFile } from './outcome.ts';
import type { SkipReason } from './skip.ts';

/** A step's state as people know it (LANGUAGE.md section 4). */
export const stepStatuses = [
  'pending',
  'running',
  'waiting',
  'success',
  'failed',
  'skipped',
  'cancelled',
  'undone',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

/**
 * A run as reports, command line and action show it: derived from the events and from nothing else. Everything in
 * it has been masked.
 */
export interface RunView {
  readonly runId: RunId;
  readonly workflow: {
    readonly name: string;
    readonly version: string;
    readonly type: string;
    readonly description?: string;
    readonly file: string;
  };
  /** The status the run would have if it ended now, once it has ended: its status. */
  readonly status: RunStatus;
  readonly ended: boolean;
  /** 1 for a run that was never resumed. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  /** Parameters as settled; secret ones are `***`. */
  readonly parameters: readonly { readonly name: string; readonly label: string | null; readonly value: Json }[];
  /** Main steps in document order, then those of `finally`. */
  readonly steps: readonly StepView[];
  /** Without secret ones. */
  readonly outputs: JsonMap;
  readonly secretOutputs: readonly string[];
  readonly error: { readonly step: string | null; readonly kind: string; readonly message: string } | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What became of taking completed steps back; null where nobody did. */
  readonly rollback: RollbackView | null;
  /** The record of the run goes with the machine: no command can name the run later. Default false. */
  readonly recordLost?: boolean;
}

export interface RollbackView {
  readonly cause: 'failure' | 'request';
  /** In the order in which they are taken back: the newest first. */
  readonly steps: readonly RolledBackStep[];
}

/** One visit of a step: of a step that ran again there may be several. */
export interface RolledBackStep {
  readonly address: Address;
  readonly name: string;
  readonly visit: number;
  /** `left`: it stands, because it cannot or must not be undone. `due`: its turn has not come. */
  readonly status: 'undone' | 'left' | 'failed' | 'running' | 'due';
  /** Why it stands, or what the undo says; empty where there is nothing to say. */
  readonly message: string;
  /** What would finish it by hand. */
  readonly commands: readonly string[];
  readonly durationMs: number | null;
}

export interface StepView {
  readonly id: StepId;
  readonly address: Address;
  readonly name: string;
  readonly handler: string;
  readonly section: 'main' | 'finally';
  readonly required: boolean;
  readonly status: StepStatus;
  readonly skipped: SkipReason | null;
  /** Attempts of the newest visit; 0 where none was made. */
  readonly attempts: number;
  readonly visits: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  /** While a retry's delay runs: when the next attempt is due. */
  readonly retryAt: number | null;
  readonly outputs: JsonMap;
  readonly secretOutputs: readonly string[];
  readonly error: Failure | null;
  readonly findings: readonly Finding[];
  readonly files: readonly PublishedFile[];
  /** Edges into the step, those of its list's order too. */
  readonly dependencies: readonly ViewEdge[];
}

export interface ViewEdge {
  readonly from: StepId;
  /** `null`: a plain edge. `order`: nobody wrote the edge, the list's order makes it. */
  readonly on: readonly string[] | null;
  readonly implied: boolean;
}
