import { configuredCatalog } from '../../configuration/enabled.ts';
import { StepLayers } from '../../configuration/layer-step-config.ts';
import { type Diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts';
import type { Workflow } from '../../model/workflow.ts';
import { graphOf } from '../../plan/graph.ts';
import { reachabilityOf } from '../../plan/reachability.ts';
import type { WorkflowReading } from '../read-workflow.ts';
import type { CheckContext, CheckSurroundings } from './check-context.ts';
import { checkParameters, warnOfUnusedParameters } from './check-parameters.ts';
import { checkRunOutputs } from './check-run-outputs.ts';
import { checkSetValues } from './check-set-values.ts';
import { checkStartValues } from './check-start-values.ts';
import { checkStep } from './check-step.ts';
import { checkWorkflowType } from './check-workflow-type.ts';
import { PlaceholderIndex } from './placeholder-index.ts';
import { Report } from './report.ts';
import { StepNames } from './step-names.ts';

/**
 * Checks a definition against the world: handlers, types, configuration, and every expression in it. All diagnostics
 * at once, in file order, without those of the reading. Takes time linear in the document.
 * `loadPatterns()` must have been awaited where `checksUsePatterns` says so.
 */
export function checkWorkflow(reading: WorkflowReading, around: CheckSurroundings): readonly Diagnostic[] {
  if (reading.workflow === null) return [];
  const context = contextOf(reading.workflow, reading, around);
  checkWorkflowType(context);
  checkParameters(context);
  checkStartValues(context);
  for (const node of context.graph.nodes) checkStep(node, context);
  checkRunOutputs(context);
  warnOfUnusedParameters(context);
  return [...checkSetValues(around.set ?? [], context), ...context.report.diagnostics()];
}

function contextOf(workflow: Workflow, reading: WorkflowReading, around: CheckSurroundings): CheckContext {
  const graph = graphOf(workflow);
  const handlers = configuredCatalog(around.handlers, around.configuration);
  return {
    workflow,
    source: reading.sourceOf,
    around,
    handlers,
    graph,
    reachability: isGraphSound(reading.diagnostics) ? reachabilityOf(graph) : null,
    parameters: new Map(workflow.parameters.map((declaration) => [declaration.name, declaration])),
    layers: new StepLayers({
      workflow,
      configuration: around.configuration,
      environment: around.environment ?? {},
      set: around.set ?? [],
    }),
    placeholders: new PlaceholderIndex(graph, handlers),
    stepNames: new StepNames(graph),
    report: new Report(),
    parametersRead: new Set(),
  };
}

/** With a broken edge, what comes before a step is not known, and every answer would be one fault too many. */
function isGraphSound(diagnostics: readonly Diagnostic[]): boolean {
  return !hasErrors(
    diagnostics.filter(({ code }) => ['cycle', 'unknown-step', 'duplicate-id', 'not-yet'].includes(code)),
  );
}
