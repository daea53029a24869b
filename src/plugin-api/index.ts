/**
 * The only door for plugins, first-party and foreign. A plugin imports this module and its own files, nothing else
 * of the product.
 */

export type { Failure, FailureKind } from '../core/model/failure.ts';
export type { Json, JsonList, JsonMap } from '../core/model/json.ts';
export type { Finding, Outcome, PublishedFile } from '../core/model/outcome.ts';
export type { JsonSchema } from '../core/model/schema.ts';
export { type CancelSignal, CancelSource } from '../core/ports/cancel.ts';
export type { ParameterValue, Preview, ProbeAnswer, RollbackClass } from '../core/ports/handlers.ts';
export type { LogLevel } from '../core/ports/observer.ts';
export type {
  AdapterContext,
  AdapterFactory,
  HandlerContext,
  HandlerLog,
  Plugin,
  Processes,
  ProcessRequest,
  ProcessResult,
  StepHandler,
  TemplateText,
  WorkflowType,
  WorkspaceFiles,
} from '../core/ports/plugin.ts';
export { definePlugin } from './define-plugin.ts';
export { fillTemplate } from './fill-template.ts';
export type { GitAdapter, GitCommit, GitRefUpdate, PushAnswer } from './git.ts';
export { failed, handlerFailure, PluginFailure, skipped, success } from './outcomes.ts';
