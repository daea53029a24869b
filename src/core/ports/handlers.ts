import type { Failure } from '../model/failure.ts';
import type { FileChange } from '../model/file-change.ts';
import type { Address, RunId } from '../model/ids.ts';
import type { Json, JsonMap } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RollbackClass, UndoOutcome } from '../model/rollback.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import type { CancelSignal } from './cancel.ts';

/** What the engine knows of a handler without running it. */
export interface HandlerDescription {
  /** `plugin.action` */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly category?: string;
  readonly plugin: {
    readonly name: string;
    readonly version: string;
    /** SHA-256 over code and declarations; absent for plugins that come with the product. */
    readonly contentHash?: string;
  };
  /** Schema of the configuration, a map. Keys may be marked, see `JsonSchema`. */
  readonly configuration: JsonSchema;
  /** Outputs by name. `null`: the handler's outputs are not known before it runs. */
  readonly outputs: { readonly [name: string]: JsonSchema } | null;
  /**
   * Placeholders that other steps' templates may use for this handler's outputs:
   * name of the placeholder → name of the output, beyond the outputs' own names.
   */
  readonly placeholders: { readonly [placeholder: string]: string };
  /** A process makes the outputs: they are texts, and are turned into the declared types. */
  readonly process: boolean;
  readonly retry: RetryDeclaration | null;
  readonly rollback: RollbackClass;
  readonly hasPreview: boolean;
  readonly hasProbe: boolean;
  /** It takes its own effect back; without, only the files that it wrote are put back. */
  readonly hasUndo: boolean;
}

/** The handlers that plugins provide, after configuration decided which are enabled. */
export interface HandlerCatalog {
  find(name: string): HandlerDescription | undefined;
  names(): readonly string[];
}

/** A plugin or module that is there but cannot be used. */
export interface BrokenPlugin {
  readonly kind: 'plugin' | 'module';
  /** What is at fault, relative to the workspace where it lies inside. */
  readonly file: string;
  /** One clause: the file cannot be read, the code does not load, a declaration is wrong. */
  readonly reason: string;
  /** Where in the file, from 1; absent where it is not known. */
  readonly line?: number;
}

/** One call of a handler. Secrets are filled in; nothing of this is stored. */
export interface HandlerCall {
  readonly handler: string;
  readonly runId: RunId;
  readonly workflow: { readonly name: string; readonly version: string };
  readonly step: {
    readonly id: string;
    readonly address: Address;
    readonly name: string;
    /** Names of the outputs that the step itself declares; absent where it declares none. */
    readonly outputs?: readonly string[];
  };
  readonly visit: number;
  readonly attempt: number;
  readonly config: JsonMap;
  /** What the step declares, over the workflow's defaults; the scrubbed environment stands under it. */
  readonly env: { readonly [name: string]: string };
  readonly secrets: { readonly [name: string]: string };
  readonly idempotencyKey: string;
  readonly timeoutMs: number | null;
  readonly signal: CancelSignal;
  /** Reads of the run, answered from its state. */
  readonly reads: RunReads;
}

/** What a handler answered, with what it did to files of the workspace; left out where it wrote none. */
export type HandledOutcome = Outcome & { readonly changes?: readonly FileChange[] };

/** A call to take back what another one of the same visit did. */
export interface UndoCall extends HandlerCall {
  /** `null`: it did nothing but write the files, so that the handler is not asked. */
  readonly done: { readonly outputs: JsonMap } | null;
  readonly changes: readonly FileChange[];
}

/** What a handler may ask of the run that called it. */
export interface RunReads {
  parameters(): readonly ParameterValue[];
  /** Outputs of a step upstream; `null` where it gave none or is not upstream. */
  outputs(stepId: string): JsonMap | null;
  /** Steps upstream that ended in success with this handler, in document order. */
  upstream(handler: string): readonly UpstreamStep[];
  /** Files that steps upstream wrote, sorted. */
  changedFiles(): readonly string[];
  state(key: string): Json;
  /** Becomes visible to other steps when this one ends in success. */
  setState(key: string, value: Json): void;
}

/** A step that came before, with what it gave. */
export interface UpstreamStep {
  readonly id: string;
  readonly outputs: JsonMap;
}

export interface ParameterValue {
  readonly name: string;
  readonly value: Json;
  readonly label: string | null;
  /** What people read for an enum's value: its option's label. */
  readonly valueLabel: string | null;
  readonly type: string;
}

/** Runs handlers. A call never rejects: what goes wrong is an outcome. */
export interface HandlerRunner {
  execute(call: HandlerCall): Promise<HandledOutcome>;
  /** What `plan` shows for the step; null where the handler has no preview. */
  preview(call: HandlerCall): Promise<Preview | null>;
  probe(call: HandlerCall): Promise<ProbeAnswer>;
  /** Files that the visit wrote, for a call whose end nobody saw. */
  changesOf(call: HandlerCall): Promise<readonly FileChange[]>;
  /** Takes back what a call did: the handler's own undo, then the files that it wrote. */
  undo(call: UndoCall): Promise<UndoOutcome>;
  /** The handler's own word on another attempt; null where it says nothing. */
  retryable(handler: string, failure: Failure): boolean | null;
}

export interface Preview {
  readonly summary: string;
  readonly diffs: readonly { readonly file: string; readonly diff: string }[];
  readonly commands: readonly string[];
  /** What the step would give, as far as it is known: lets the plan go on to the steps that read it. */
  readonly outputs?: JsonMap;
}

export type ProbeAnswer =
  | { readonly kind: 'done'; readonly outputs: JsonMap }
  | { readonly kind: 'not-done' }
  | { readonly kind: 'unknown' };
