import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { describeFault } from '../expression/fault.ts';
import { compilePattern } from '../expression/pattern.ts';
import { settleJson } from '../expression/settle.ts';
import type { AttemptLost, RunEvent, SettledDecision, StepEnded, StepSettings } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { FileChange } from '../model/file-change.ts';
import type { Address } from '../model/ids.ts';
import { emptyMap, type Json, type JsonMap, plainData } from '../model/json.ts';
import { err, ok, type Result, unreachable } from '../model/result.ts';
import type { StepEffect } from '../model/rollback.ts';
import { type GraphNode, nodeAt } from '../plan/graph.ts';
import { CancelSource } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandledOutcome, HandlerCall, HandlerCatalog, HandlerRunner, ProbeAnswer } from '../ports/handlers.ts';
import type { Masker } from '../ports/masker.ts';
import type { Random } from '../ports/random.ts';
import type { StepLogs } from '../ports/step-logs.ts';
import { type AttemptEnd, runAttempt } from './attempt.ts';
import type { Command, ExecuteAttempt, ResolveLost, SettleStep, StartAttempt } from './command.ts';
import { maskedSettings } from './deferred.ts';
import type { Performer } from './loop.ts';
import { type EndedAttempt, OutcomeReader, textOf } from './outcome-reader.ts';
import { placeholderOf } from './placeholders.ts';
import { nextDelay } from './retry.ts';
import { readsOf } from './run-reads.ts';
import { runScope, type ScopeOptions, type Surroundings } from './run-scope.ts';
import { forgottenSecret, secretReader } from './secret-reader.ts';
import { conditionHolds, fillSettings, settleStep } from './settle-step.ts';
import type { Running, RunState } from './state.ts';
import { statusOf } from './status.ts';
import type { StepBlueprint } from './step-blueprint.ts';
import { effectOf, halfDoneEffect } from './step-effect.ts';
import { UndoPerformer } from './undo-performer.ts';
import { stepFactsOf } from './view.ts';

/** What the performer needs of the world. */
export interface PerformerPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly catalog: HandlerCatalog;
  readonly runner: HandlerRunner;
  readonly masker: Masker;
  readonly logs: StepLogs;
  readonly surroundings: Omit<Surroundings, 'secretOutputs' | 'clock'>;
  /** Merges the layers of a step's configuration. */
  readonly blueprint: (node: GraphNode) => StepBlueprint;
  /** Parameters that a step reads, by name: what a resume may not change once the step has finished. */
  readonly parametersRead: (node: GraphNode) => readonly string[];
}

/** Carries commands out with real handlers. Everything that leaves it for the journal has been masked. */
export class HandlerPerformer implements Performer {
  readonly #ports: PerformerPorts;
  readonly #answer: (event: RunEvent) => void;
  readonly #state: () => RunState;
  readonly #signals = new Map<Address, CancelSource>();
  /** Monotonic time of the first attempt of a step's visit in this process. */
  readonly #visitsBegan = new Map<Address, number>();
  readonly #outcomes: OutcomeReader;
  readonly #undo: UndoPerformer;
  readonly #secretRunOutputs: { [name: string]: string } = {};
  readonly #began: number;
  readonly #timers = new Set<() => void>();

  constructor(ports: PerformerPorts, answer: (event: RunEvent) => void, state: () => RunState) {
    this.#ports = ports;
    this.#answer = answer;
    this.#state = state;
    this.#began = ports.clock.monotonic();
    this.#outcomes = new OutcomeReader({
      catalog: ports.catalog,
      masker: ports.masker,
      settle: (templates, outputs) => this.#settleMap(templates, { outputs }),
      note: (diagnostic) => this.#note(diagnostic),
      workspace: () => this.#state().facts.workspace,
    });
    this.#undo = new UndoPerformer({
      ...ports,
      state,
      answer,
      scope: (self) => this.#scope(self ? { self } : {}),
      recordable: (decision, blueprint) => this.#recordable(decision, blueprint),
      call: (node, settings, as) => this.#call(node, as.visit, as.attempt, settings, emptyMap(), as.owner),
      nextDelay: (node, made, failure) => this.#nextDelay(node, made, failure),
      after: (delayMs, callback) => this.#after(delayMs, callback),
    });
  }

  /** Values of the run's secret outputs, once they were settled: the journal knows their names only. */
  get secretRunOutputs(): { readonly [name: string]: string } {
    return this.#secretRunOutputs;
  }

  perform(command: Command): void {
    switch (command.kind) {
      case 'settle-step':
        return this.#settleStep(command);
      case 'start-attempt':
        return this.#startAttempt(command);
      case 'execute-attempt':
        return void this.#execute(command);
      case 'cancel-attempt':
        return this.#signals.get(command.address)?.cancel(command.reason);
      case 'schedule-retry':
        return this.#after(command.retryAt - this.#now(), () => this.#retry(command.address, command.visit));
      case 'resolve-lost':
        return void this.#resolveLost(command);
      case 'schedule-timeout':
        return this.#after(command.delayMs, () => this.#answer({ kind: 'run-timed-out', at: this.#now() }));
      case 'settle-outputs':
        return this.#settleOutputs();
      case 'begin-rollback':
        return this.#answer({ kind: 'rollback-started', at: this.#now(), cause: 'failure', only: null, visits: 'all' });
      case 'start-undo':
        return this.#undo.start(command);
      case 'execute-undo':
        return void this.#undo.execute(command);
      case 'cancel-undo':
        return this.#undo.cancel(command);
      case 'end-run':
        return this.#endRun();
      default:
        return unreachable(command);
    }
  }

  #settleStep({ address, visit, scope: what }: SettleStep): void {
    const state = this.#state();
    const node = this.#node(address);
    const blueprint = this.#ports.blueprint(node);
    const decision = settleStep({
      blueprint,
      scope: this.#scope({ statusFunctions: node.section === 'finally' }),
      what,
      runId: state.facts.runId,
      visit,
      readsSecret: secretReader(state),
      placeholder: placeholderOf(state, node, this.#ports.catalog),
    });
    this.#answer({
      kind: 'step-settled',
      at: this.#now(),
      address,
      visit,
      decision: this.#recordable(this.#withSecretsGiven(node, decision), blueprint),
      parametersRead: this.#ports.parametersRead(node),
    });
  }

  /** A secret that nobody gave is found out before the first attempt, like everything else that a step needs. */
  #withSecretsGiven(node: GraphNode, decision: SettledDecision): SettledDecision {
    const missing = decision.kind === 'run' ? node.step.secrets.find((name) => this.#secret(name) === null) : undefined;
    if (missing === undefined) return decision;
    return { kind: 'fail', failure: { kind: 'configuration', message: notGiven(missing) } };
  }

  #secret(name: string): Json {
    return this.#ports.surroundings.secrets[name] ?? null;
  }

  #recordable(decision: SettledDecision, { config, handler, defaults, step }: StepBlueprint): SettledDecision {
    const { masker } = this.#ports;
    if (decision.kind !== 'run') return masker.maskJson(plainData(decision)) as unknown as SettledDecision;
    const written = { config, env: { ...defaults.env, ...step.env } };
    const mask = (value: Json) => masker.maskJson(value);
    return { kind: 'run', settings: maskedSettings(decision.settings, written, handler.configuration, mask) };
  }

  #startAttempt({ address, visit, attempt }: StartAttempt): void {
    const step = this.#state().steps.at(this.#node(address).position);
    if (step.kind !== 'ready' && step.kind !== 'running')
      throw new Error(`step "${address}" is ${step.kind}, not ready`);
    const { deadlineMs } = step.settings.retry;
    if (step.startedAt !== null) this.#beginVisit(address, step.startedAt);
    if (deadlineMs !== null && this.#visitMs(address) >= deadlineMs) {
      const failure = step.failure ?? { kind: 'timeout', message: deadlineMessage(deadlineMs) };
      const outcome = { kind: 'failed', failure, outputs: {} } as const;
      return this.#end(address, visit, { outcome, findings: [], files: [] }, {});
    }
    this.#signals.set(address, new CancelSource());
    this.#answer({ kind: 'attempt-started', at: this.#now(), address, visit, attempt });
  }

  async #execute({ address, visit, attempt }: ExecuteAttempt): Promise<void> {
    const node = this.#node(address);
    const { settings, startedAt } = this.#running(address);
    this.#beginVisit(address, startedAt);
    const stateWrites = emptyMap<Json>();
    const call = this.#call(node, visit, attempt, settings, stateWrites);
    const end: AttemptEnd = call.ok
      ? await runAttempt(call.value, this.#signal(address), this.#times(settings, address), this.#ports)
      : { kind: 'answered', outcome: configurationFailure(call.error) };
    this.#signals.delete(address);
    const changes =
      end.kind === 'answered'
        ? (end.outcome.changes ?? [])
        : end.kind === 'cancelled'
          ? await this.#changesOf(call)
          : [];
    this.#report(node, { visit, attempt, settings, stateWrites, changes }, this.#outcomes.read(node, end));
  }

  /** Decides what an attempt's end means: the step's end, or another attempt. */
  #report(node: GraphNode, made: MadeAttempt, ended: EndedAttempt): void {
    const address = node.step.id as string as Address;
    const { outcome } = ended;
    const delay = outcome.kind === 'failed' ? this.#nextDelay(node, made, outcome.failure, outcome.outputs) : null;
    const common = { at: this.#now(), address, visit: made.visit, findings: ended.findings };
    if (delay !== null && outcome.kind === 'failed') {
      this.#answer({
        ...common,
        kind: 'attempt-failed',
        attempt: made.attempt,
        failure: outcome.failure,
        retryAt: common.at + delay,
      });
      return;
    }
    const writes = outcome.kind === 'success' ? this.#ports.masker.maskJson({ ...made.stateWrites }) : {};
    const mayStand = outcome.kind === 'success' || outcome.kind === 'cancelled';
    const effect = mayStand ? effectOf(node, made.changes, this.#ports.catalog) : null;
    this.#end(address, made.visit, { ...ended, ...withEffect(effect) }, writes);
  }

  #end(address: Address, visit: number, ended: RecordedEnd, stateWrites: JsonMap): void {
    const durationMs = this.#visitMs(address);
    this.#visitsBegan.delete(address);
    this.#answer({ kind: 'step-ended', at: this.#now(), address, visit, durationMs, stateWrites, ...ended });
  }

  /** Until the next attempt; null where there is none. `outputs`: what the attempt gave although it failed. */
  #nextDelay(
    node: GraphNode,
    made: Pick<MadeAttempt, 'attempt' | 'settings'>,
    failure: Failure,
    outputs: JsonMap = {},
  ): number | null {
    const address = node.step.id as string as Address;
    const { catalog, runner, random, logs } = this.#ports;
    const policy = made.settings.retry;
    if (policy.maxAttempts <= made.attempt) return null;
    const state = this.#state();
    const facts = stepFactsOf(state, node.step.id);
    const self = facts && {
      ...facts,
      status: 'failed',
      outputs,
      attempts: made.attempt,
      error: { kind: failure.kind, message: failure.message, exit_code: failure.exitCode ?? null },
    };
    return nextDelay(
      policy,
      {
        attempt: made.attempt,
        failure,
        retryable: catalog.find(node.step.handler) ? runner.retryable(node.step.handler, failure) : null,
        text: `${failure.message}\n${logs.tail(address)}`,
        elapsedMs: this.#visitMs(address),
      },
      {
        condition: () => {
          const scope = this.#scope(self ? { self: { id: node.step.id, facts: self } } : {});
          const truth = conditionHolds(policy.condition ?? 'true', scope);
          if (truth.ok) return truth.value;
          // It gives no leave for another attempt; the failure itself stays.
          const message = `\`retry.condition\` of step "${node.step.id}" cannot be evaluated, so there is no other attempt: ${this.#ports.masker.mask(truth.error)}`;
          this.#note({ code: 'expression', severity: 'warning', message });
          return false;
        },
        matches: (pattern, text) => {
          const compiled = compilePattern(pattern);
          return compiled.ok && compiled.value.test(text);
        },
        chance: () => random.unit(),
      },
    );
  }

  async #resolveLost({ address, visit, attempt }: ResolveLost): Promise<void> {
    const node = this.#node(address);
    const resolution = await this.#whatBecameOf(node, visit, attempt);
    this.#answer({ kind: 'attempt-lost', at: this.#now(), address, visit, attempt, resolution });
  }

  async #whatBecameOf(node: GraphNode, visit: number, attempt: number): Promise<AttemptLost['resolution']> {
    const { catalog, runner } = this.#ports;
    const { settings } = this.#running(addressOfNode(node));
    const call = this.#call(node, visit, attempt, settings, emptyMap());
    const asked = call.ok && catalog.find(node.step.handler)?.hasProbe === true;
    const answer: ProbeAnswer = asked
      ? await runner.probe({ ...call.value, signal: new CancelSource() })
      : { kind: 'unknown' };
    const changes = await this.#changesOf(call);
    switch (answer.kind) {
      case 'done':
        return this.#done(node, answer.outputs, changes);
      case 'not-done':
        return { kind: 'rerun', ...withEffect(halfDoneEffect(node, changes, catalog)) };
      case 'unknown': {
        const effect = withEffect(effectOf(node, changes, catalog));
        if (node.step.onLost !== 'fail') return { kind: 'rerun', ...effect };
        const message = 'the engine died while the step was running, and nobody saw how it ended';
        return { kind: 'fail', failure: { kind: 'lost', message }, ...effect };
      }
    }
  }

  /** Files that a visit wrote whose handler gave no answer. */
  #changesOf(call: Result<Omit<HandlerCall, 'signal'>, string>): Promise<readonly FileChange[]> {
    if (!call.ok) return Promise.resolve([]);
    return this.#ports.runner.changesOf({ ...call.value, signal: new CancelSource() });
  }

  /** What a probe says that a step gave is held to the same rules as what the step itself would have given. */
  #done(node: GraphNode, given: JsonMap, changes: readonly FileChange[]): AttemptLost['resolution'] {
    const { outcome } = this.#outcomes.read(node, { kind: 'answered', outcome: { kind: 'success', outputs: given } });
    if (outcome.kind === 'failed') return { kind: 'fail', failure: outcome.failure };
    if (outcome.kind !== 'success') throw new Error(`a step that was done is ${outcome.kind}`);
    const { outputs, secretOutputs } = outcome;
    const effect = effectOf(node, changes, this.#ports.catalog);
    return {
      kind: 'done',
      outputs,
      ...(secretOutputs.length > 0 && { secretOutputs }),
      ...withEffect(effect),
    };
  }

  #retry(address: Address, visit: number): void {
    const step = this.#state().steps.at(this.#node(address).position);
    if (step.kind !== 'retrying' || step.visits !== visit) return;
    this.#answer({ kind: 'retry-due', at: this.#now(), address, visit });
  }

  #settleOutputs(): void {
    const outputs = emptyMap<Json>();
    const secretOutputs = this.#secretRunOutputs;
    const failures: { name: string; message: string }[] = [];
    for (const [name, output] of Object.entries(this.#state().facts.workflow.outputs)) {
      const value = this.#settleMap({ [name]: output.value }, {});
      if (!value.ok) failures.push({ name, message: this.#ports.masker.mask(value.error) });
      if (output.secret) {
        secretOutputs[name] = textOf((value.ok ? value.value[name] : null) ?? '');
        this.#ports.masker.add(secretOutputs[name]);
      } else outputs[name] = this.#ports.masker.maskJson(value.ok ? (value.value[name] ?? null) : null);
    }
    for (const { message } of failures) {
      this.#note({
        code: 'unsettled-output',
        severity: 'warning',
        message: `An output of the run is null: ${message}`,
      });
    }
    this.#answer({
      kind: 'outputs-settled',
      at: this.#now(),
      outputs,
      secretOutputs: Object.keys(secretOutputs),
      failures,
    });
  }

  #note(diagnostic: Diagnostic): void {
    this.#answer({ kind: 'diagnostic-noted', at: this.#now(), diagnostic });
  }

  #endRun(): void {
    for (const stop of this.#timers) stop();
    this.#answer({
      kind: 'run-ended',
      at: this.#now(),
      status: statusOf(this.#state()),
      durationMs: Math.round(this.#ports.clock.monotonic() - this.#began),
    });
  }

  #call(
    node: GraphNode,
    visit: number,
    attempt: number,
    settings: StepSettings,
    stateWrites: { [key: string]: Json },
    /** The step that the call is about, where it is another one than what is called: the owner of a rollback. */
    owner: GraphNode = node,
  ): Result<Omit<HandlerCall, 'signal'>, string> {
    const state = this.#state();
    for (const { template } of settings.deferred) {
      const giver = forgottenSecret(state, this.#outcomes.secretOutputs, textOf(template));
      if (giver !== null) return err(`a secret output of "${giver}" was known only to the engine that died`);
    }
    const filled = fillSettings(settings, this.#scope({}));
    if (!filled.ok) return filled;
    const secrets: { [name: string]: string } = {};
    for (const name of node.step.secrets) {
      const value = this.#secret(name);
      if (value === null) return err(notGiven(name));
      secrets[name] = textOf(value);
    }
    return ok({
      handler: node.step.handler,
      runId: state.facts.runId,
      workflow: { name: state.facts.workflow.name, version: state.facts.workflow.version },
      step: {
        id: owner.step.id,
        address: addressOfNode(owner),
        name: settings.name,
        ...declaredNames(node),
      },
      visit,
      attempt,
      config: filled.value.config,
      env: { ...filled.value.env, ...secrets },
      secrets,
      idempotencyKey: settings.idempotencyKey,
      timeoutMs: settings.timeoutMs,
      reads: readsOf(state, node, this.#ports.surroundings.secretParameters, stateWrites),
    });
  }

  /** The attempt's own timeout, or what the retries' deadline leaves of it. */
  #times({ timeoutMs, retry }: StepSettings, address: Address) {
    const left = retry.deadlineMs === null ? null : retry.deadlineMs - this.#visitMs(address);
    if (left !== null && (timeoutMs === null || left < timeoutMs)) {
      return {
        timeoutMs: Math.max(0, left),
        timeoutMessage: deadlineMessage(retry.deadlineMs),
      };
    }
    return { timeoutMs, timeoutMessage: `the attempt took longer than ${seconds(timeoutMs)}` };
  }

  #scope(options: ScopeOptions) {
    const { surroundings, clock } = this.#ports;
    return runScope(this.#state(), { ...surroundings, clock, secretOutputs: this.#outcomes.secretOutputs }, options);
  }

  #settleMap(templates: JsonMap, options: ScopeOptions): Result<JsonMap, string> {
    const settled = settleJson(templates, this.#scope(options));
    if (!settled.ok) return err(`${settled.error.path.join('.')}: ${describeFault(settled.error)}`);
    return ok((settled.value ?? {}) as JsonMap);
  }

  #node(address: Address): GraphNode {
    const node = nodeAt(this.#state().graph, address);
    if (!node) throw new Error(`no step has the address "${address}"`);
    return node;
  }

  #running(address: Address): Running {
    const step = this.#state().steps.at(this.#node(address).position);
    if (step.kind !== 'running') throw new Error(`step "${address}" is ${step.kind}, not running`);
    return step;
  }

  #signal(address: Address): CancelSource {
    const signal = this.#signals.get(address);
    if (!signal) throw new Error(`the attempt of "${address}" was not started`);
    return signal;
  }

  /** A visit that began in a process that died has used up the time since then. */
  #beginVisit(address: Address, startedAt: number): void {
    if (this.#visitsBegan.has(address)) return;
    const before = Math.max(0, this.#now() - startedAt);
    this.#visitsBegan.set(address, this.#ports.clock.monotonic() - before);
  }

  #visitMs(address: Address): number {
    const began = this.#visitsBegan.get(address);
    return began === undefined ? 0 : Math.max(0, Math.round(this.#ports.clock.monotonic() - began));
  }

  #after(delayMs: number, callback: () => void): void {
    const stop = this.#ports.clock.schedule(Math.max(0, delayMs), () => {
      this.#timers.delete(stop);
      callback();
    });
    this.#timers.add(stop);
  }

  #now(): number {
    return this.#ports.clock.now();
  }
}

interface MadeAttempt {
  readonly visit: number;
  readonly attempt: number;
  readonly settings: StepSettings;
  readonly stateWrites: JsonMap;
  readonly changes: readonly FileChange[];
}

type RecordedEnd = EndedAttempt & Pick<StepEnded, 'effect'>;

function withEffect(effect: StepEffect | null): { readonly effect?: StepEffect } {
  return effect === null ? {} : { effect };
}

function configurationFailure(message: string): HandledOutcome {
  return { kind: 'failed', failure: { kind: 'configuration', message } };
}

function notGiven(secret: string): string {
  return `the secret "${secret}" was not given (by --secrets-file, or the input \`secrets\` of the action)`;
}

function declaredNames({ step: { outputs } }: GraphNode): { readonly outputs?: readonly string[] } {
  return outputs?.kind === 'declared' ? { outputs: outputs.outputs.map(({ name }) => name) } : {};
}

function addressOfNode(node: GraphNode): Address {
  return node.step.id as string as Address;
}

function deadlineMessage(deadlineMs: number | null): string {
  return `the retries' deadline of ${seconds(deadlineMs)} was over`;
}

function seconds(ms: number | null): string {
  return `${(ms ?? 0) / 1000} s`;
}
