import type { Scope, StepFacts } from '../core/expression/scope.ts';
import type { PlaceholderValue } from '../core/expression/settle.ts';
import type { StepId } from '../core/model/ids.ts';
import { isJsonMap, type JsonMap } from '../core/model/json.ts';
import type { PlannedRollback, PlannedStep, PlanView } from '../core/model/plan-view.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { GraphNode } from '../core/plan/graph.ts';
import { levelsOf, topologicalOrder } from '../core/plan/levels.ts';
import { upstreamOf } from '../core/plan/reachability.ts';
import { CancelSource } from '../core/ports/cancel.ts';
import type { HandlerRunner, Preview, UpstreamStep } from '../core/ports/handlers.ts';
import { skipText } from '../core/report/status-text.ts';
import { type Forecast, forecastStart } from '../core/run/forecast.ts';
import { KnownValues } from '../core/run/known-values.ts';
import { placeholderGivers, placeholderValue } from '../core/run/placeholders.ts';
import { readsOf } from '../core/run/run-reads.ts';
import { runScope } from '../core/run/run-scope.ts';
import { secretReader } from '../core/run/secret-reader.ts';
import { conditionHolds, settleStep } from '../core/run/settle-step.ts';
import type { RunState } from '../core/run/state.ts';
import type { StepBlueprint } from '../core/run/step-blueprint.ts';
import { transition } from '../core/run/transition.ts';
import { Blueprints } from './blueprints.ts';
import { type LoadedWorkflow, loadWorkflow, type Refusal } from './load-workflow.ts';
import type { Platform } from './platform.ts';
import type { RunRequest } from './run-request.ts';
import { startOf } from './run-workflow.ts';
import type { SettledRequest } from './settle-request.ts';

/** Finds out what a run would do. Starts no handler but their previews, which read only. */
export async function planWorkflow(
  platform: Platform,
  reference: string,
  request: RunRequest,
): Promise<Result<PlanView, Refusal>> {
  const loaded = await loadWorkflow(platform, reference, request.set);
  if (!loaded.ok) return loaded;
  const started = await startOf(platform, loaded.value, request);
  if (!started.ok) return err({ diagnostics: [...loaded.value.diagnostics, ...started.error] });
  const { state } = transition(null, started.value.event);
  const planner = new Planner(platform, loaded.value, request, started.value.settled, state);
  const steps = await planner.plan();
  const { workflow, graph } = { workflow: loaded.value.workflow, graph: state.graph };
  return ok({
    workflow: { name: workflow.name, version: workflow.version, file: loaded.value.file },
    levels: levelsOf(graph, 'main'),
    routed: [],
    finally: levelsOf(graph, 'finally'),
    steps,
    diagnostics: loaded.value.diagnostics,
  });
}

/** Steps of `finally` are never taken back. */
function plannedRollback({ step, section }: GraphNode, { handler }: StepBlueprint): PlannedRollback | null {
  if (section === 'finally') return null;
  if (step.rollback) return { class: 'undo', by: 'step' };
  return handler.rollback === 'none' ? null : { class: handler.rollback, by: 'handler' };
}

class Planner {
  readonly #platform: Platform;
  readonly #loaded: LoadedWorkflow;
  readonly #state: RunState;
  readonly #scope: Scope;
  readonly #blueprints: Blueprints;
  readonly #runner: HandlerRunner;
  readonly #known: KnownValues;
  readonly #forecasts = new Map<number, Forecast>();
  /** Files that the previews say would be written, by the position of the step. */
  readonly #written = new Map<number, readonly string[]>();
  readonly #readsSecret: (text: string) => boolean;

  constructor(
    platform: Platform,
    loaded: LoadedWorkflow,
    request: RunRequest,
    settled: SettledRequest,
    state: RunState,
  ) {
    this.#platform = platform;
    this.#loaded = loaded;
    this.#state = state;
    this.#readsSecret = secretReader(state);
    this.#blueprints = new Blueprints(platform, loaded, loaded.workflow, request.set);
    const base = runScope(state, {
      env: settled.env,
      // A plan has no use for values of secrets: fields that read them are shown as `***`.
      secrets: {},
      secretParameters: {},
      secretOutputs: new Map(),
      adapters: settled.adapters,
      clock: platform.clock,
      hashFiles: (patterns) => platform.hashFiles(patterns),
    });
    this.#scope = { ...base, step: (id) => this.#factsOf(id) };
    this.#known = new KnownValues(
      state,
      this.#scope,
      loaded.catalog,
      (position) => this.#forecastAt(position),
      this.#readsSecret,
    );
    this.#runner = loaded.plugins.runner({
      runId: state.facts.runId,
      observer: { event: () => {}, output: () => undefined, log: () => {} },
      adapters: settled.adapters,
      configuration: loaded.configuration,
      env: request.env,
      secrets: request.secrets,
    });
  }

  async plan(): Promise<readonly PlannedStep[]> {
    const planned = new Map<number, PlannedStep>();
    for (const position of topologicalOrder(this.#state.graph)) {
      const node = this.#state.graph.nodes[position];
      if (node) planned.set(position, await this.#planStep(node));
    }
    return [...planned].sort(([a], [b]) => a - b).map(([, step]) => step);
  }

  async #planStep(node: GraphNode): Promise<PlannedStep> {
    const forecast = this.#forecastStep(node);
    const blueprint = this.#blueprints.of(node);
    const { id, handler, name } = node.step;
    if (forecast.kind !== 'runs') {
      this.#forecasts.set(node.position, forecast);
      const why = forecast.kind === 'skipped' ? skipText(forecast.reason) : forecast.message;
      return { id, name, handler, willRun: false, why, config: null, preview: null, rollback: null };
    }
    const preview = await this.#preview(node, blueprint);
    this.#forecasts.set(node.position, { ...forecast, outputs: preview?.outputs ?? null });
    this.#written.set(node.position, preview?.diffs.map(({ file }) => file) ?? []);
    const shownName = this.#known.shown(name);
    return {
      id,
      name: typeof shownName === 'string' ? shownName : name,
      handler,
      willRun: forecast.certain ? true : 'unknown',
      why: forecast.why,
      config: this.#shownConfig(node, blueprint),
      preview: preview && { summary: preview.summary, diffs: preview.diffs, commands: preview.commands },
      rollback: plannedRollback(node, blueprint),
    };
  }

  #forecastStep(node: GraphNode): Forecast {
    const start = forecastStart(this.#state, node, (position) => this.#forecastAt(position));
    if (start.kind !== 'open') return start;
    const { condition } = node.step;
    const runs: Forecast = { kind: 'runs', certain: start.certain, why: start.why, outputs: null };
    if (condition === undefined) return runs;
    const unknown = this.#known.unknownInCondition(condition);
    const asksStatus = /\b(?:success|failure|cancelled|always)\s*\(/.test(condition);
    if (unknown.length > 0 || asksStatus) {
      const why = [start.why, `if ${condition}`].filter((text) => text !== '').join(' and ');
      return { ...runs, certain: false, why };
    }
    const truth = conditionHolds(condition, this.#scope);
    if (!truth.ok) return { kind: 'fails', message: `condition: ${truth.error}` };
    return truth.value ? runs : { kind: 'skipped', reason: { kind: 'condition' } };
  }

  #shownConfig({ position }: GraphNode, { config, handler }: StepBlueprint): JsonMap {
    const schema = handler.configuration;
    const entries = Object.entries(config).map(([key, value]) => {
      const field = schema.properties?.[key];
      if (field?.secret) return [key, '***'] as const;
      const shown = this.#known.shown(value, field);
      return [key, field?.template && typeof shown === 'string' ? this.#filled(position, shown) : shown] as const;
    });
    const shown = Object.fromEntries(entries.filter(([, value]) => value !== null));
    const masked = this.#platform.masker.maskJson(shown);
    return isJsonMap(masked) ? masked : {};
  }

  /** Fills the placeholders whose values the plan knows; the others stay as they are written. */
  #filled(position: number, text: string): string {
    return text.replace(/(?<!\\)\{([A-Za-z_][\w-]*)\}/g, (written, name: string) => {
      const value = this.#placeholder(position, name);
      return typeof value === 'string' ? value : written;
    });
  }

  #placeholder(position: number, name: string): PlaceholderValue {
    const { graph, facts } = this.#state;
    return placeholderValue(placeholderGivers(graph, position, name, this.#loaded.catalog), name, {
      ...facts,
      graph,
      outputsAt: (giver) => {
        const forecast = this.#forecastAt(giver);
        return (forecast.kind === 'runs' ? forecast.outputs : null) ?? {};
      },
    });
  }

  async #preview(node: GraphNode, blueprint: StepBlueprint): Promise<Preview | null> {
    const { handler, config } = blueprint;
    if (!handler.hasPreview || this.#known.hasUnknown(config, handler.configuration)) return null;
    const { condition: _decided, ...step } = node.step;
    const settled = settleStep({
      blueprint: { ...blueprint, step },
      scope: this.#scope,
      what: 'all',
      runId: this.#state.facts.runId,
      visit: 1,
      readsSecret: this.#readsSecret,
      placeholder: (name) => this.#placeholder(node.position, name),
    });
    if (settled.kind !== 'run') return null;
    return this.#runner.preview({
      handler: handler.name,
      runId: this.#state.facts.runId,
      workflow: { name: this.#loaded.workflow.name, version: this.#loaded.workflow.version },
      step: { id: node.step.id, address: node.step.id as never, name: settled.settings.name },
      visit: 1,
      attempt: 1,
      config: settled.settings.config,
      env: settled.settings.env,
      secrets: {},
      idempotencyKey: settled.settings.idempotencyKey,
      timeoutMs: settled.settings.timeoutMs,
      signal: new CancelSource(),
      reads: {
        ...readsOf(this.#state, node, {}, {}),
        outputs: (id) => this.#predicted(id),
        changedFiles: () => this.#filesBefore(node),
        upstream: (handler) => this.#stepsBefore(node, handler),
      },
    });
  }

  #filesBefore(node: GraphNode): readonly string[] {
    const upstream = upstreamOf(this.#state.graph, [node.position]);
    const paths = [...upstream].flatMap((position) => this.#written.get(position) ?? []);
    return [...new Set(paths)].sort();
  }

  #stepsBefore(node: GraphNode, handler: string): readonly UpstreamStep[] {
    const upstream = [...upstreamOf(this.#state.graph, [node.position])].sort((a, b) => a - b);
    return upstream.flatMap((position) => {
      const step = this.#state.graph.nodes[position]?.step;
      const outputs = step?.handler === handler ? this.#predicted(step.id) : null;
      return step === undefined || outputs === null ? [] : [{ id: step.id, outputs }];
    });
  }

  #predicted(id: string): JsonMap | null {
    const position = this.#state.graph.positionOf(id as StepId);
    const forecast = position === undefined ? null : this.#forecastAt(position);
    return forecast?.kind === 'runs' ? forecast.outputs : null;
  }

  #factsOf(id: string): StepFacts | null {
    const position = this.#state.graph.positionOf(id as StepId);
    if (position === undefined) return null;
    const forecast = this.#forecastAt(position);
    const outputs = forecast.kind === 'runs' ? (forecast.outputs ?? {}) : {};
    const status = forecast.kind === 'runs' ? 'success' : forecast.kind === 'fails' ? 'failed' : 'skipped';
    return { outputs, status, error: null, attempts: 0, visits: 0, duration_ms: null };
  }

  /** Steps are planned after those that they depend on; one that is read without that is not known. */
  #forecastAt(position: number): Forecast {
    return this.#forecasts.get(position) ?? { kind: 'runs', certain: false, why: '', outputs: null };
  }
}
