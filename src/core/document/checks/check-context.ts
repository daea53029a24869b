import type { Configuration } from '../../configuration/configuration.ts';
import type { StepLayers } from '../../configuration/layer-step-config.ts';
import type { SetValue } from '../../configuration/parse-set.ts';
import type { ParameterDeclaration, Workflow } from '../../model/workflow.ts';
import type { Graph, GraphNode } from '../../plan/graph.ts';
import type { Reachability } from '../../plan/reachability.ts';
import type { BrokenPlugin, HandlerCatalog } from '../../ports/handlers.ts';
import type { WorkflowType } from '../../ports/plugin.ts';
import type { WorkflowSource } from '../workflow-source.ts';
import type { PlaceholderIndex } from './placeholder-index.ts';
import type { Report } from './report.ts';
import type { StepNames } from './step-names.ts';

/** What the checks of a definition need to know of the world around it. */
export interface CheckSurroundings {
  /** All that plugins provide; the configuration is asked here which of it is switched off. */
  readonly handlers: HandlerCatalog;
  readonly workflowTypes: readonly WorkflowType[];
  readonly configuration: Configuration;
  /** For values of `VWMP_…`; default none. */
  readonly environment?: { readonly [name: string]: string };
  readonly set?: readonly SetValue[];
  /** Names of integration adapters; absent: any name may be one. */
  readonly adapters?: ReadonlySet<string>;
  /** Names of the secrets that are given; absent: nobody knows yet. */
  readonly knownSecrets?: ReadonlySet<string>;
  /** Plugins and modules that are there and cannot be used, by name; absent: none. */
  readonly broken?: ReadonlyMap<string, BrokenPlugin>;
  /** Handlers and steps that a test's mocks provide. */
  readonly mocked?: ReadonlySet<string>;
}

/** One check of one definition. */
export interface CheckContext {
  readonly workflow: Workflow;
  readonly source: WorkflowSource;
  readonly around: CheckSurroundings;
  readonly handlers: HandlerCatalog;
  readonly graph: Graph;
  /** `null` where edges are at fault: what comes before what is then not known. */
  readonly reachability: Reachability | null;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly layers: StepLayers;
  readonly placeholders: PlaceholderIndex;
  readonly stepNames: StepNames;
  readonly report: Report;
  /** Names of parameters that something reads; collected on the way. */
  readonly parametersRead: Set<string>;
}

/** A step where it stands in the graph; `readsSelf`: it is settled after the step at that position has ended. */
export type CheckedNode = GraphNode & { readonly readsSelf?: boolean };

/** Where an expression stands among the steps: decides what it may read. */
export type Standpoint =
  /** Settled before the first step. */
  | { readonly kind: 'start' }
  /** Settled when the step at that position starts; `self`: it may read its own outcome. */
  | { readonly kind: 'step'; readonly position: number; readonly self: boolean }
  /** Settled when the run is over. */
  | { readonly kind: 'end' };

export function isInFinally(context: CheckContext, standpoint: Standpoint): boolean {
  return standpoint.kind === 'step' && standpoint.position >= context.graph.mainCount;
}

/** Whether the outcome of the step at `source` is known at the standpoint. */
export function isKnownAt(context: CheckContext, source: number, standpoint: Standpoint): boolean {
  const { graph, reachability } = context;
  switch (standpoint.kind) {
    case 'start':
      return false;
    case 'end':
      return source < graph.mainCount;
    case 'step':
      if (source === standpoint.position) return standpoint.self;
      if (isInFinally(context, standpoint) && source < graph.mainCount) return true;
      return reachability === null || reachability.isUpstream(source, standpoint.position);
  }
}
