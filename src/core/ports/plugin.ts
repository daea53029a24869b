import type { Failure } from '../model/failure.ts';
import type { Json, JsonMap } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RollbackClass, UndoOutcome } from '../model/rollback.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import type { CancelSignal } from './cancel.ts';
import type { ParameterValue, Preview, ProbeAnswer, UpstreamStep } from './handlers.ts';
import type { LogLevel } from './observer.ts';

/** The version of the contract in this file. A plugin that names another one is refused by name. */
export const pluginApiVersion = 1;

/** The default export of a plugin, made by `definePlugin`. */
export interface Plugin {
  readonly apiVersion: typeof pluginApiVersion;
  /** `[a-z][a-z0-9_-]*`; the first part of its handlers' names. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly handlers?: { readonly [action: string]: StepHandler };
  readonly workflowTypes?: readonly WorkflowType[];
  /** Integration adapters by name: what handlers ask the context for. */
  readonly adapters?: { readonly [name: string]: AdapterFactory };
}

/** An action that a step can name as `plugin.action`. */
export interface StepHandler {
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly category?: string;
  /** Schema of the configuration; its defaults are the lowest layer of the step's values. */
  readonly configuration: JsonSchema;
  /** Outputs by name; leave out where they are not known before the handler runs. */
  readonly outputs?: { readonly [name: string]: JsonSchema };
  /** Further names under which placeholders of later steps find an output. */
  readonly placeholders?: { readonly [placeholder: string]: string };
  /** True where a process makes the outputs as text. */
  readonly process?: boolean;
  readonly retry?: RetryDeclaration;
  /** What the handler needs; documentation for people, flags for child processes. */
  readonly permissions?: readonly ('files' | 'processes' | 'network')[];
  /** How far its effect can be undone; default `none`. */
  readonly rollback?: RollbackClass;

  execute(context: HandlerContext): Promise<Outcome>;
  /** What would happen, for `plan`. Reads only. */
  preview?(context: HandlerContext): Promise<Preview>;
  /** Asks the world whether the step was done already. Reads only. */
  probe?(context: HandlerContext): Promise<ProbeAnswer>;
  /**
   * Takes back what a call that ended in success did, as far as it is still ours; a second call finds nothing left to
   * do and says `undone`. Files that were written through `context.files` are put back by the engine afterwards:
   * a handler that does nothing else needs no `undo`.
   */
  undo?(context: UndoContext): Promise<UndoOutcome>;
  retryable?(failure: Failure): boolean | null;
}

/**
 * What a handler gets. Every member is async or plain data, so that the same handler runs in this process or in
 * another. Nothing global: no environment, no clock, no folder but what stands here.
 */
export interface HandlerContext {
  readonly run: {
    readonly id: string;
    readonly workflow: { readonly name: string; readonly version: string };
  };
  readonly step: {
    readonly id: string;
    readonly address: string;
    readonly name: string;
    readonly visit: number;
    readonly attempt: number;
    /** Names of the outputs that the step itself declares; absent where it declares none. */
    readonly outputs?: readonly string[];
  };
  /** Resolved and checked against the schema. Fields marked `template` are `TemplateText`. */
  readonly config: JsonMap;
  /** What the step's processes get: the scrubbed environment with the step's own over it. */
  readonly env: { readonly [name: string]: string };
  /** The secrets that the step lists. */
  readonly secrets: { readonly [name: string]: string };
  /** The same for every attempt of one visit, also after a crash: hand it to services that take one. */
  readonly idempotencyKey: string;
  readonly timeoutMs: number | null;
  readonly signal: CancelSignal;
  readonly files: WorkspaceFiles;
  readonly processes: Processes;
  readonly log: HandlerLog;
  /** Milliseconds since 1970, UTC. */
  now(): Promise<number>;
  parameters(): Promise<readonly ParameterValue[]>;
  outputs(stepId: string): Promise<JsonMap | null>;
  /** Steps upstream of this one that ended in success with this handler, in document order. */
  upstream(handler: string): Promise<readonly UpstreamStep[]>;
  /**
   * Files that steps upstream of this one wrote through their `files`, each path once, sorted; those too that were
   * written as they stood.
   */
  changedFiles(): Promise<readonly string[]>;
  getState(key: string): Promise<Json>;
  setState(key: string, value: Json): Promise<void>;
  /** The integration adapter of that name, made on first use, with its configuration. Rejects where none exists. */
  adapter<T>(name: string): Promise<T>;
}

/** What `undo` gets: the context of the call that is taken back, and what that call gave. */
export interface UndoContext extends HandlerContext {
  readonly done: { readonly outputs: JsonMap };
}

export type HandlerLog = (level: LogLevel, message: string) => void;

/**
 * A template field after expressions were settled: texts, and placeholders that the handler fills. What is filled in
 * is never scanned again. `otherwise` is what an upstream output, parameter or configuration key gives, where one does.
 */
export interface TemplateText {
  readonly template: readonly (string | { readonly name: string; readonly otherwise: string | null })[];
}

/**
 * Files of the workspace. Paths are relative to it, with `/`; one that leads outside, symlinks included, rejects
 * with a failure of kind `permission`, one that does not exist with kind `not-found`.
 */
export interface WorkspaceFiles {
  /** Absolute path of the workspace, for arguments of processes. */
  readonly root: string;
  /** UTF-8, byte order mark kept. */
  read(path: string): Promise<string>;
  /** As it is, for hashes and uploads. At most 2 GiB. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Makes missing folders; replaces the file in one step and keeps its mode. One that says just that stays untouched. */
  write(path: string, text: string): Promise<void>;
  /** Files that the patterns match, sorted; `**` crosses folders. Leaves out `.git` and the state folder. */
  glob(patterns: readonly string[]): Promise<readonly string[]>;
  exists(path: string): Promise<boolean>;
  /** `null` where nothing is there. */
  stat(
    path: string,
  ): Promise<{ readonly kind: 'file' | 'folder'; readonly executable: boolean; readonly size: number } | null>;
  /** Names in a folder, sorted; empty where it does not exist. */
  list(path: string): Promise<readonly string[]>;
}

/** Starts processes: argument lists only, own process group, gone when the step is. */
export interface Processes {
  run(request: ProcessRequest): Promise<ProcessResult>;
}

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  /** Relative to the workspace; default its top. */
  readonly cwd?: string;
  /** Over the step's environment. `null` takes a name away. */
  readonly env?: { readonly [name: string]: string | null };
  readonly stdin?: string;
  readonly timeoutMs?: number;
  /** `stream`: to the step's log and the observer; `capture`: given back (at most `maxBytes`); `both`. */
  readonly output: 'stream' | 'capture' | 'both';
  /**
   * Gets the standard output as UTF-8 as it comes, unmasked, instead of having it kept for `stdout`: for output that is
   * too long to hold. While a returned promise is open, nothing more is read. In this process only.
   */
  readonly onStdout?: (text: string) => undefined | Promise<void>;
  /** Most that is given back of each stream; default 10 MiB. More fails the process with kind `budget`. */
  readonly maxBytes?: number;
  /** What people see as the command in messages; default command and arguments. */
  readonly title?: string;
  /** A file for outputs in the format of GITHUB_OUTPUT is made, named to the process, read after its end. */
  readonly outputFile?: boolean;
  /** A text too long for an argument: put into a private file outside the workspace, whose path follows `args`. */
  readonly script?: { readonly text: string; readonly extension: string };
  /** Between SIGTERM and SIGKILL; default 5 s. */
  readonly graceMs?: number;
  /**
   * Gets a two-way pipe to the process, at its descriptor 3, once it runs: for hosts of foreign plugins, in this
   * process only.
   */
  readonly channel?: (channel: ProcessChannel) => void;
}

/** A two-way pipe to a process. What its other end is sent after its end is dropped. */
export interface ProcessChannel {
  /** Resolves when the text was taken or dropped. */
  send(text: string): Promise<void>;
  /** Hears what the process writes, as UTF-8. While a returned promise is open, nothing more is read. */
  onText(listener: (text: string) => undefined | Promise<void>): void;
  /** Ends the process as a cancel would. */
  stop(): void;
}

export interface ProcessResult {
  readonly end:
    | { readonly kind: 'exit'; readonly code: number }
    | { readonly kind: 'signal'; readonly signal: string; readonly code: number }
    | { readonly kind: 'timeout' }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'not-started'; readonly failure: Failure }
    | { readonly kind: 'too-much-output'; readonly failure: Failure };
  /** Unmasked: for the handler's own use. Empty unless captured. */
  readonly stdout: string;
  readonly stderr: string;
  /** Last lines of both streams, masked, for messages: at most 100 lines and 64 KiB. */
  readonly tail: string;
  /** What the process wrote to its output file; a `failure` where it could not be read. */
  readonly outputs: { readonly [name: string]: string };
  readonly outputsFailure: Failure | null;
}

/** An adapter's configuration schema and how to make it. `cleanup` runs when the run ends. */
export interface AdapterFactory {
  readonly description: string;
  readonly configuration: JsonSchema;
  /** Names of secrets of the run that it may use; it gets those that were given. Bundled plugins only. */
  readonly secrets?: readonly string[];
  initialize(context: AdapterContext): Promise<{ readonly api: unknown; cleanup?(): Promise<void> }>;
}

/** What an adapter gets of the step that asked for it. One adapter instance lives as long as the handler call. */
export interface AdapterContext {
  readonly config: JsonMap;
  readonly env: { readonly [name: string]: string };
  /** Those of the secrets that the adapter declares which were given to the run. */
  readonly secrets: { readonly [name: string]: string };
  readonly signal: CancelSignal;
  readonly files: WorkspaceFiles;
  readonly processes: Processes;
  readonly log: HandlerLog;
  now(): Promise<number>;
}

/** A kind of workflow: templates, and what is customary in a definition of this type. */
export interface WorkflowType {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly configuration: JsonSchema;
  /** What a definition of this type customarily has; a missing one is a warning. */
  readonly customarySteps: readonly CustomaryStep[];
  readonly templates: readonly WorkflowTemplate[];
}

/** A handler, or handlers any of which will do. */
export type CustomaryStep = string | readonly string[];

/** What a definition begins from: as it stands, or made for the repository at hand. */
export type WorkflowTemplate = FixedTemplate | PreparedTemplate;

export interface FixedTemplate {
  readonly name: string;
  readonly description: string;
  readonly definition: JsonMap;
}

/** Bundled plugins only: code that looks at the repository runs in this process. */
export interface PreparedTemplate {
  readonly name: string;
  readonly description: string;
  /** Stem of the workflow's file where nobody names another. */
  readonly stem: string;
  /** Finds out what it can. Reads only. Rejects with a failure where the template fits nothing that is there. */
  prepare(context: TemplateContext): Promise<TemplateForm>;
}

/** What a template may look at. Nothing of it changes anything. */
export interface TemplateContext {
  readonly files: Omit<WorkspaceFiles, 'write'>;
  /** Milliseconds since 1970, UTC. */
  now(): Promise<number>;
  /** The integration adapter of that name. Rejects where none exists. */
  adapter<T>(name: string): Promise<T>;
}

/** A template that knows the repository. */
export interface TemplateForm {
  /** What was found and is no answer to a question. */
  readonly found: readonly TemplateFinding[];
  readonly questions: readonly TemplateQuestion[];
  /**
   * Writes the definition. `answers` holds a value for each question, of its type; `stem` is what the file is called.
   * Rejects with a failure where an answer does not fit the repository.
   */
  write(answers: JsonMap, stem: string): Promise<TemplateDraft>;
}

export interface TemplateFinding {
  readonly name: string;
  readonly value: Json;
  /** What was found and where, for people. */
  readonly says: string;
}

export interface TemplateQuestion {
  /** `[a-z][a-z0-9_]*` */
  readonly name: string;
  /** What people are asked, without a question mark. */
  readonly title: string;
  readonly type: 'text' | 'list' | 'boolean' | 'choice';
  /** Of a choice: the only answers; of a text or list: those that were found. */
  readonly options?: readonly { readonly value: string; readonly label?: string }[];
  /** Absent: somebody has to answer. */
  readonly default?: Json;
  /** Where the default comes from, for people. */
  readonly why: string;
  /** False: the default is as good as certain; it is shown, and changed only by who asks for it. */
  readonly asked: boolean;
  /**
   * What is wrong with an answer, as a clause (`must hold {version}`); `null` where nothing is. `before` holds the
   * answers to the questions before this one, defaults too, as far as they fit.
   */
  check?(answer: Json, before: JsonMap): Promise<string | null>;
}

export interface TemplateDraft {
  /** The workflow's text: YAML. */
  readonly definition: string;
  /** What the workflow of GitHub has to give that calls it; `null`: none is wanted. */
  readonly caller: CallerNeeds | null;
}

export interface CallerNeeds {
  /** What starts it: somebody by hand, who gives the parameters, or tags that fit a pattern of GitHub. */
  readonly start: { readonly kind: 'dispatch' } | { readonly kind: 'tags'; readonly patterns: readonly string[] };
  /** Rights of the token; none but these are given. `why` completes "to …". */
  readonly permissions: readonly { readonly name: string; readonly level: 'read' | 'write'; readonly why: string }[];
  /** Git pushes with the credentials that the checkout leaves. */
  readonly pushes: boolean;
}
