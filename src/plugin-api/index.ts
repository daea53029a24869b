/**
 * The only door for plugins, first-party and foreign. A plugin imports this module and its own files, nothing else
 * of the product.
 */

export type { Failure, FailureKind } from '../core/model/failure.ts';
export { isJsonList, isJsonMap, type Json, type JsonList, type JsonMap } from '../core/model/json.ts';
export type { Finding, Outcome, PublishedFile } from '../core/model/outcome.ts';
export type { RollbackClass, UndoOutcome } from '../core/model/rollback.ts';
export type { JsonSchema } from '../core/model/schema.ts';
export { type CancelSignal, CancelSource } from '../core/ports/cancel.ts';
export type { ParameterValue, Preview, ProbeAnswer, UpstreamStep } from '../core/ports/handlers.ts';
export type { LogLevel } from '../core/ports/observer.ts';
export type {
  AdapterContext,
  AdapterFactory,
  CallerNeeds,
  HandlerContext,
  HandlerLog,
  Plugin,
  PreparedTemplate,
  Processes,
  ProcessRequest,
  ProcessResult,
  StepHandler,
  TemplateContext,
  TemplateDraft,
  TemplateFinding,
  TemplateForm,
  TemplateQuestion,
  TemplateText,
  UndoContext,
  WorkflowTemplate,
  WorkflowType,
  WorkspaceFiles,
} from '../core/ports/plugin.ts';
export {
  booleanValue,
  integerValue,
  optionalText,
  requiredText,
  templateValue,
  textList,
} from './config-values.ts';
export { definePlugin } from './define-plugin.ts';
export { filledName, filledText, fillTemplate } from './fill-template.ts';
export type {
  ChangedLines,
  GitAdapter,
  GitChange,
  GitCommit,
  GitCommitOptions,
  GitCommitRange,
  GitFetchAnswer,
  GitFetchOptions,
  GitIdentity,
  GitLogCommit,
  GitMergeOptions,
  GitMoveAnswer,
  GitPushOptions,
  GitRefUpdate,
  GitRelation,
  GitRemoteState,
  GitSigning,
  GitStatus,
  GitSurvey,
  GitSurveyOptions,
  GitTag,
  GitTagMap,
  GitUpstream,
  PushAnswer,
} from './git.ts';
export type {
  GitHubAdapter,
  GitHubAnswer,
  GitHubBody,
  GitHubCall,
  GitHubFieldError,
  GitHubRefusal,
  GitHubSettings,
} from './github.ts';
export { inTurn } from './in-turn.ts';
export { logFindings } from './log-findings.ts';
export { failed, handlerFailure, PluginFailure, skipped, success } from './outcomes.ts';
export { compilePattern, type LinearPattern, type PatternMatch } from './patterns.ts';
export { givenFor, showTemplate, unfilledPlaceholders } from './placeholders.ts';
export { releaseOfTag, releaseOfVersion, withoutV } from './release-of-step.ts';
export { type ReleaseState, type RemoteHead, releaseOf, releaseOutputs, releasesOf } from './release-state.ts';
export { inertComments } from './text/inert-comments.ts';
export { frontMatterEnd, type Heading, headings, sectionEnd, visibleLines } from './text/markdown-lines.ts';
export { cells, type MarkdownTable, type TableCell, tableRow, tables } from './text/markdown-table.ts';
export { isRefName } from './text/ref-name.ts';
export {
  formatText,
  insertLines,
  lineText,
  parseText,
  replaceLine,
  type TextDocument,
  type TextLine,
} from './text/text-document.ts';
export { unifiedDiff } from './text/unified-diff.ts';
export { findVersions, mentionsVersion, type VersionText } from './text/version-text.ts';
export { defaultBranchPattern, type WorkItem, workItemOf } from './work-item.ts';
