import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { RolledBackStep, RunView, StepView } from '../model/run-view.ts';
import { failureKindText } from './failure-text.ts';
import { findingsInOrder, type StepFinding } from './findings-order.ts';
import { shortLine, shortLines } from './plain-text.ts';
import { workflowCommand } from './workflow-command.ts';

/** A remark that the runner shows beside the code and on the run's page. */
export interface Annotation {
  readonly level: Severity;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** How many remarks it stands for; default 1. */
  readonly count?: number;
}

/** What the runner keeps of one step, for each level. */
const perLevel = 10;
const messageLimit = 4096;
const titleLimit = 255;

/**
 * The annotations of a run within what the runner keeps: failed steps first, then what a rollback could not take back,
 * diagnostics, and findings, those that the change under review made first. Where a level has more than it may, its last place says how many were left
 * out. Equal ones are given once.
 */
export function runAnnotations(view: RunView): readonly Annotation[] {
  return withinBudget([
    ...runFailure(view),
    ...view.steps.flatMap(stepFailure),
    ...(view.rollback?.steps ?? []).flatMap(standingEffect),
    ...view.diagnostics.map(ofDiagnostic),
    ...findingsInOrder(view.steps).map(ofFinding),
  ]);
}

/** Those of a run that was refused, or of `validate`. */
export function diagnosticAnnotations(diagnostics: readonly Diagnostic[]): readonly Annotation[] {
  return withinBudget(diagnostics.map(ofDiagnostic));
}

/** The line that makes the runner show the annotation. */
export function annotationCommand(annotation: Annotation): string {
  const { level, title, file, line, column, endLine, endColumn } = annotation;
  return workflowCommand(level, { title, file, line, endLine, col: column, endColumn }, annotation.message);
}

/** What went wrong with the run and with none of its steps: its time was over, somebody cancelled it. */
function runFailure(view: RunView): readonly Annotation[] {
  const { error, status } = view;
  if (status === 'success' || status === 'partial') return [];
  const ofStep = (step: StepView) => error !== null && (step.address === error.step || step.id === error.step);
  if (view.steps.some((step) => step.error !== null && step.status === 'failed' && ofStep(step))) return [];
  if (error === null && status !== 'cancelled') return [];
  return [
    {
      level: 'error',
      title: titleText(`${view.workflow.name}: ${error?.kind ?? status}`),
      message: messageText(error?.message ?? 'The run was cancelled.'),
    },
  ];
}

function stepFailure(step: StepView): readonly Annotation[] {
  const { error } = step;
  if (step.status !== 'failed' || error === null) return [];
  return [
    {
      level: step.required ? 'error' : 'warning',
      title: titleText(`${step.name === '' ? step.address : step.name}: ${failureKindText(error)}`),
      message: messageText(error.message === '' ? `Step ${step.address} failed.` : error.message),
      ...(error.file === undefined ? {} : { file: error.file }),
      ...(error.file === undefined || error.line === undefined ? {} : { line: error.line }),
    },
  ];
}

/** What a rollback failed to take back is an error of its own; what it had to leave, somebody has to know. */
function standingEffect({ name, status, message, commands }: RolledBackStep): readonly Annotation[] {
  if (status !== 'failed' && status !== 'left') return [];
  return [
    {
      level: status === 'failed' ? 'error' : 'warning',
      title: titleText(`${name}: ${status === 'failed' ? 'not taken back' : 'left as it is'}`),
      message: messageText([message, ...commands.map((command) => `To finish: ${command}`)].join('\n')),
    },
  ];
}

function ofFinding({ finding, step }: StepFinding): Annotation {
  const { level, message, file, line, column, rule, hint, count } = finding;
  return {
    level,
    title: titleText(rule ?? step.name),
    message: messageText(hint === undefined ? message : `${message}\n${hint}`),
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || line === undefined ? {} : { line }),
    ...(file === undefined || line === undefined || column === undefined ? {} : { column }),
    ...(count === undefined ? {} : { count }),
  };
}

function ofDiagnostic({ code, severity, message, hint, span }: Diagnostic): Annotation {
  const text = { level: severity, title: titleText(code), message: messageText(hint ? `${message} ${hint}` : message) };
  if (span === undefined) return text;
  const { file, start, end } = span;
  // Columns are shown only where the place is on one line: the runner's own rule.
  const columns =
    start.line === end.line ? { column: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  return { ...text, file, line: start.line, endLine: end.line, ...columns };
}

function withinBudget(all: readonly Annotation[]): readonly Annotation[] {
  const unequal = [...new Map(all.map((annotation) => [JSON.stringify(annotation), annotation])).values()];
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const ofLevel = unequal.filter((annotation) => annotation.level === level);
    if (ofLevel.length <= perLevel) return ofLevel;
    const shown = ofLevel.slice(0, perLevel - 1);
    const left = ofLevel.slice(shown.length).reduce((sum, { count = 1 }) => sum + count, 0);
    const message = `${left} more of level ${level} are not shown here: look into the job's summary and log.`;
    return [...shown, { level, title: 'More annotations', message }];
  });
}

function titleText(text: string): string {
  return shortLine(text, titleLimit);
}

function messageText(text: string): string {
  return shortLines(text, messageLimit);
}
