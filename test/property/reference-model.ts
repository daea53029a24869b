import type { RunStatus } from '../../src/core/model/event.ts';
import type { Failure, FailureKind } from '../../src/core/model/failure.ts';
import type { SkipKind } from '../../src/core/model/skip.ts';
import type { Step, Workflow } from '../../src/core/model/workflow.ts';
import { attemptScriptOf, scriptOf, type Truth, type World } from '../rigs/world.ts';
import { downstream, type Edge, type Edges, edgePasses, edgesOf, selectedSteps } from './reference-edges.ts';
import { isTimeout, type Progress, type Stopping, type StopReason } from './reference-progress.ts';
import { delayAfter, durationMs, isRetried, type RetryTerms, retryTermsOf, timeoutOf } from './reference-retry.ts';
import { type Rules, theLanguage } from './reference-rules.ts';
import type { Mark, Skip, StepVerdict, Verdict } from './verdict.ts';

export interface Circumstances {
  /** Delays that chance gave, by step and failed attempt; those that are missing are as written. */
  readonly delays?: (step: string, failedAttempt: number) => number | undefined;
  readonly rules?: Rules;
  /** How the run ended before: this one resumes it. */
  readonly before?: Verdict;
}

/** Says what the language makes of a workflow in a world: sections 4 and 5, and selection and resume of section 6. */
export function predict(workflow: Workflow, world: World, circumstances: Circumstances = {}): Verdict {
  return new Model(workflow, world, circumstances).run();
}

/** What keeps pending steps from starting. `failure` is the policy `stop`, which makes an exception. */
type Halt = 'failure' | 'cancel' | 'run-timeout';

/** Something that time brings. */
interface Moment {
  readonly at: number;
  /** An attempt ends that was told to. */
  readonly stops?: true;
  happen(): void;
}

class Model {
  readonly #workflow: Workflow;
  readonly #world: World;
  readonly #rules: Rules;
  readonly #delays: (step: string, failedAttempt: number) => number | undefined;
  readonly #edges: Edges;
  readonly #selected: ReadonlySet<string>;
  readonly #progress = new Map<string, Progress>();
  readonly #standing = new Set<string>();
  readonly #marks: Mark[] = [];
  readonly #unclear = new Set<string>();
  #now = 0;
  #section: 'main' | 'finally' = 'main';
  #halt: Halt | null = null;
  #haltedAt = Infinity;
  #unsound: { readonly at: number; readonly steps: Step[] } = { at: -1, steps: [] };
  #cancelled = false;
  #timedOut = false;

  constructor(workflow: Workflow, world: World, circumstances: Circumstances) {
    this.#workflow = workflow;
    this.#world = world;
    this.#rules = circumstances.rules ?? theLanguage;
    this.#delays = circumstances.delays ?? (() => undefined);
    const main = edgesOf(workflow.steps, workflow, this.#rules);
    this.#edges = new Map([...main, ...edgesOf(workflow.finally, workflow, this.#rules)]);
    this.#selected = selectedSteps(workflow.steps, main, world.selection);
    for (const step of this.#allSteps()) this.#progress.set(step.id, { kind: 'pending' });
    if (circumstances.before) this.#keepWhatStands(circumstances.before, main);
  }

  run(): Verdict {
    this.#runSection();
    this.#section = 'finally';
    this.#halt = this.#cancelled && !this.#rules.finallyAfterCancel ? 'cancel' : null;
    this.#runSection();
    return {
      status: this.#status(),
      steps: new Map(this.#allSteps().map((step) => [step.id, this.#verdictOf(step.id)])),
      marks: this.#marks,
      unclear: [...this.#unclear],
      timedOut: this.#timedOut,
    };
  }

  // Section 6, resume: what ended in success stands; failed and cancelled steps run again; skipped ones are settled
  // again after a step that runs again, or where they were blocked or cut off. `finally` runs again.
  #keepWhatStands(before: Verdict, edges: Edges): void {
    const verdicts = this.#workflow.steps.flatMap((step) => {
      const verdict = before.steps.get(step.id);
      return verdict ? [{ id: step.id, verdict }] : [];
    });
    const first = verdicts.filter(({ verdict }) => runsAgain(verdict, this.#rules)).map(({ id }) => id);
    const again = this.#rules.skipsFollowReruns ? downstream(first, edges) : new Set(first);
    for (const { id, verdict } of verdicts) {
      const succeeded = verdict.status === 'success' && this.#rules.successStands;
      const stands = succeeded || (verdict.status === 'skipped' && !again.has(id));
      if (!stands) continue;
      this.#progress.set(id, { kind: 'ended', verdict });
      this.#standing.add(id);
    }
  }

  // Section 1: of ready steps the one written first starts first; so all that needs no time is settled before the
  // next attempt begins.
  #runSection(): void {
    for (;;) {
      while (this.#settleSome() || this.#beginOne());
      if (this.#steps().every((step) => this.#at(step.id).kind === 'ended')) return;
      this.#waitForNextMoment();
    }
  }

  // --- Section 4, rules 1 to 3: what becomes of a step whose dependencies have ended.

  // Steps that became ready earlier are settled earlier: those that follow a settled step are next round's.
  #settleSome(): boolean {
    const due = this.#steps().filter((step) => this.#at(step.id).kind === 'pending' && this.#dependenciesEnded(step));
    for (const step of due) this.#settle(step);
    return due.length > 0;
  }

  #dependenciesEnded(step: Step): boolean {
    const ended = this.#into(step).map((edge) => this.#isThrough(edge.from));
    return this.#rules.waitsForAll ? ended.every(Boolean) : ended.length === 0 || ended.some(Boolean);
  }

  // Order is kept across a step that stands.
  #isThrough(id: string): boolean {
    if (this.#at(id).kind !== 'ended') return false;
    const holds = this.#standing.has(id) && this.#rules.standingKeepsOrder;
    return !holds || this.#into(this.#step(id)).every((edge) => this.#isThrough(edge.from));
  }

  #settle(step: Step): void {
    const enabled = this.#enabled(step);
    if (enabled === 'error') return this.#failOrEndUnsettled(step);
    const reasons = this.#reasonsToSkip(step, enabled);
    const first = this.#rules.skipOrder.find((kind) => reasons.has(kind));
    const unsound = this.#isUnsound(step);
    if (unsound && (!first || first === 'run-ended')) this.#noteUnsound(step);
    if (first) return this.#skip(step, first, reasons.get(first));
    if (unsound) return this.#failConfiguration(step);
    this.#progress.set(step.id, { kind: 'ready', made: 0, firstAt: null });
  }

  #isUnsound(step: Step): boolean {
    const { condition, configuration } = scriptOf(this.#world, step.id);
    return (step.condition !== undefined && condition === 'error') || configuration === 'error';
  }

  // Which of them fails first decides whether the others fail or are cut off, and no time lies between them.
  #noteUnsound(step: Step): void {
    if (this.#unsound.at !== this.#now) this.#unsound = { at: this.#now, steps: [] };
    this.#unsound.steps.push(step);
    const { steps } = this.#unsound;
    const stops = this.#workflow.onFailure === 'stop' && steps.some(({ id }) => this.#isRequired(id));
    const stoppedBefore = this.#halt !== null && this.#haltedAt < this.#now;
    if (this.#section === 'main' && steps.length > 1 && stops && !stoppedBefore) {
      this.#unclear.add('several steps cannot be settled at one moment');
    }
  }

  /** Every reason that holds, with the steps to blame. */
  #reasonsToSkip(step: Step, enabled: boolean): ReadonlyMap<SkipKind, readonly string[]> {
    const reasons = new Map<SkipKind, readonly string[]>();
    const closed = this.#into(step).filter((edge) => !this.#passes(edge));
    const edge = closed.filter(({ on }) => on !== null).flatMap(({ from }) => this.#culprits(from));
    const blocked = closed.filter(({ on }) => on === null).flatMap(({ from }) => this.#culprits(from));
    if (!enabled) reasons.set('disabled', []);
    if (!this.#isSelected(step)) reasons.set('not-selected', []);
    if (edge.length > 0) reasons.set('edge', edge);
    if (blocked.length > 0) reasons.set('blocked', blocked);
    if (step.condition !== undefined && scriptOf(this.#world, step.id).condition === false)
      reasons.set('condition', []);
    if (!this.#mayStart(step)) reasons.set('run-ended', []);
    return reasons;
  }

  #enabled(step: Step): Truth {
    const { enable, disable } = this.#world.selection;
    if (step.automatic && this.#rules.automaticIgnoresEnabled) return true;
    if (disable.includes(step.id)) return false;
    if (enable.includes(step.id)) return true;
    return typeof step.enabled === 'boolean' ? step.enabled : scriptOf(this.#world, step.id).enabled;
  }

  #isSelected(step: Step): boolean {
    if (this.#section === 'finally' && this.#rules.finallyIgnoresSelection) return true;
    return this.#selected.has(step.id);
  }

  #passes(edge: Edge): boolean {
    const from = this.#at(edge.from);
    if (from.kind !== 'ended') return true;
    if (this.#blockersOf(edge.from).length > 0) return false;
    return edgePasses(edge, from.verdict, { required: this.#isRequired(edge.from), rules: this.#rules });
  }

  /** The steps by which one that stands would be blocked this time; none where an edge with `on` would keep it out. */
  #blockersOf(id: string): readonly string[] {
    if (!this.#standing.has(id) || !this.#rules.standingPassesBlocks) return [];
    const closed = this.#into(this.#step(id)).filter((edge) => !this.#passes(edge));
    return closed.some(({ on }) => on !== null) ? [] : closed.flatMap(({ from }) => this.#culprits(from));
  }

  #culprits(id: string): readonly string[] {
    const blockers = this.#blockersOf(id);
    return blockers.length > 0 ? blockers : [id];
  }

  /** Section 5: `stop` starts nothing new but steps with an edge whose `on` holds failure to a step that failed. */
  #mayStart(step: Step): boolean {
    if (this.#halt === null) return true;
    return this.#halt === 'failure' && this.#rules.stopRunsFailureSteps && this.#answersFailure(step);
  }

  #answersFailure(step: Step): boolean {
    return this.#into(step).some((edge) => {
      const from = this.#at(edge.from);
      if (from.kind !== 'ended') return false;
      if (edge.on === null) return !this.#rules.stopEndsTheirFollowers && this.#answersFailure(this.#step(edge.from));
      return edge.on.includes('failure') && from.verdict.status === 'failed';
    });
  }

  #failOrEndUnsettled(step: Step): void {
    this.#noteUnsound(step);
    if (this.#mayStart(step)) return this.#failConfiguration(step);
    this.#unclear.add('`enabled` cannot be evaluated and nothing may start');
    this.#skip(step, 'run-ended');
  }

  #failConfiguration(step: Step): void {
    this.#fail(step, { attempts: 0, kind: 'configuration', firstAt: null });
  }

  // --- Section 1, `max_parallel`, and section 4, rule 4: attempts.

  #beginOne(): boolean {
    if (this.#placesTaken() >= this.#places()) return false;
    const ready = this.#steps().filter((step) => this.#at(step.id).kind === 'ready');
    const step = this.#rules.writtenFirstStartsFirst ? ready[0] : ready.at(-1);
    if (!step) return false;
    const progress = this.#at(step.id);
    if (progress.kind !== 'ready') return false;
    const attempt = progress.made + 1;
    this.#mark('begin', step, attempt);
    this.#progress.set(step.id, { kind: 'running', attempt, at: this.#now, firstAt: progress.firstAt ?? this.#now });
    return true;
  }

  #places(): number {
    return this.#rules.placesAreBounded ? Number(this.#workflow.maxParallel ?? Infinity) : Infinity;
  }

  #placesTaken(): number {
    const taking = this.#rules.delayTakesNoPlace ? ['running', 'stopping'] : ['running', 'stopping', 'delayed'];
    return this.#steps().filter((step) => taking.includes(this.#at(step.id).kind)).length;
  }

  #waitForNextMoment(): void {
    const moments = this.#moments().filter((moment) => moment.at < Infinity);
    const at = Math.min(...moments.map((moment) => moment.at));
    const next = moments.filter((moment) => moment.at === at);
    if (next.length === 0) throw new Error(`nothing can happen any more: ${JSON.stringify([...this.#progress])}`);
    if ((next.length > 1 || at <= this.#now) && !this.#isOnlyStopping(next)) {
      this.#unclear.add('two things happen at one moment');
    }
    this.#now = at;
    next[0]?.happen();
  }

  /** Where nothing may start any more, the order in which attempts stop makes no difference. */
  #isOnlyStopping(moments: readonly Moment[]): boolean {
    return (
      (this.#halt === 'cancel' || this.#halt === 'run-timeout') && moments.every((moment) => moment.stops === true)
    );
  }

  #moments(): readonly Moment[] {
    return [...this.#runMoments(), ...this.#steps().flatMap((step) => this.#momentsOf(step))];
  }

  /** Neither a cancel nor the timeout of the run reaches into `finally`. */
  #runMoments(): readonly Moment[] {
    if (this.#section === 'finally') return [];
    const cancelAt = this.#world.cancelAt ?? Infinity;
    const { timeout } = this.#workflow;
    const timeoutAt = timeout === undefined ? Infinity : durationMs(timeout);
    return [
      { at: this.#cancelled ? Infinity : cancelAt, happen: () => this.#cancel() },
      { at: this.#timedOut ? Infinity : timeoutAt, happen: () => this.#endRunByTimeout() },
    ];
  }

  #momentsOf(step: Step): readonly Moment[] {
    const progress = this.#at(step.id);
    switch (progress.kind) {
      case 'running':
        return this.#momentsOfAttempt(step, progress.attempt, progress.at, progress.firstAt);
      case 'stopping':
        return [{ at: progress.until, stops: true, happen: () => this.#stopped(step, progress) }];
      case 'delayed':
        return [{ at: progress.until, happen: () => this.#becomeReadyAgain(step, progress.made, progress.firstAt) }];
      case 'ready':
        return progress.firstAt === null ? [] : [this.#deadlineInQueue(step, progress.made, progress.firstAt)];
      case 'pending':
      case 'ended':
        return [];
    }
  }

  #momentsOfAttempt(step: Step, attempt: number, at: number, firstAt: number): readonly Moment[] {
    const { end, durationMs: length } = attemptScriptOf(scriptOf(this.#world, step.id), attempt);
    const timeout = timeoutOf(step, this.#workflow);
    return [
      { at: end.kind === 'never' ? Infinity : at + length, happen: () => this.#attemptEnds(step, attempt, firstAt) },
      {
        at: (this.#rules.timeoutIsPerAttempt ? at : firstAt) + timeout,
        happen: () => this.#stopAttempt(step, 'timeout'),
      },
      { at: firstAt + this.#deadline(step), happen: () => this.#stopAttempt(step, 'deadline') },
    ];
  }

  #becomeReadyAgain(step: Step, made: number, firstAt: number): void {
    this.#progress.set(step.id, { kind: 'ready', made, firstAt });
  }

  #deadlineInQueue(step: Step, made: number, firstAt: number): Moment {
    const giveUp = (): void => {
      this.#unclear.add('the deadline of retries passes while an attempt waits for a place');
      this.#fail(step, { attempts: made, kind: 'timeout', firstAt });
    };
    return { at: firstAt + this.#deadline(step), happen: giveUp };
  }

  #deadline(step: Step): number {
    const terms = retryTermsOf(step, this.#workflow);
    return terms && this.#rules.deadlineBoundsAttempts ? terms.deadlineMs : Infinity;
  }

  #attemptEnds(step: Step, attempt: number, firstAt: number): void {
    const { end } = attemptScriptOf(scriptOf(this.#world, step.id), attempt);
    this.#mark('end', step, attempt);
    if (end.kind === 'failed') return this.#attemptFailed(step, attempt, firstAt, end.failure);
    const skipped: Skip | null = end.kind === 'skipped' ? { kind: 'handler', by: [] } : null;
    const status = skipped ? 'skipped' : 'success';
    this.#end(step, { status, skipped, attempts: attempt, failureKind: null, durationMs: this.#now - firstAt });
  }

  #stopped(step: Step, { attempt, why, firstAt }: Stopping): void {
    this.#mark('end', step, attempt);
    if (why === 'timeout' || why === 'deadline') {
      return this.#attemptFailed(step, attempt, firstAt, { kind: 'timeout', message: why });
    }
    this.#endCancelled(step, attempt, firstAt);
  }

  #attemptFailed(step: Step, attempt: number, firstAt: number, failure: Failure): void {
    const delayMs = this.#delayBeforeRetry(step, attempt, firstAt, failure);
    if (delayMs === null) return this.#fail(step, { attempts: attempt, kind: failure.kind, firstAt });
    this.#progress.set(step.id, { kind: 'delayed', made: attempt, until: this.#now + delayMs, firstAt });
  }

  /** `null`: this failure is the last. */
  #delayBeforeRetry(step: Step, attempt: number, firstAt: number, failure: Failure): number | null {
    const terms = retryTermsOf(step, this.#workflow);
    if (terms === null || attempt >= terms.maxAttempts || !isRetried(terms, failure, this.#rules)) return null;
    if (terms.hasCondition && !scriptOf(this.#world, step.id).retryCondition) return null;
    if (this.#section === 'main' && (this.#halt === 'cancel' || this.#halt === 'run-timeout')) return null;
    if (this.#halt === 'failure' && !this.#rules.stopLetsRetriesFinish) return null;
    const delayMs = this.#delay(step, terms, attempt);
    return this.#now + delayMs >= firstAt + this.#deadline(step) ? null : delayMs;
  }

  #delay(step: Step, terms: RetryTerms, attempt: number): number {
    return (
      (this.#rules.delaysGrow ? this.#delays(step.id, attempt) : undefined) ?? delayAfter(terms, attempt, this.#rules)
    );
  }

  // --- Section 5: what a failure, a cancel and the run's timeout do to the rest.

  #fail(
    step: Step,
    how: { readonly attempts: number; readonly kind: FailureKind; readonly firstAt: number | null },
  ): void {
    const durationMs = how.firstAt === null ? null : this.#now - how.firstAt;
    this.#mark('failed', step, 0);
    this.#end(step, { status: 'failed', skipped: null, attempts: how.attempts, failureKind: how.kind, durationMs });
    if (this.#section === 'finally' && this.#rules.finallyGoesOn) return;
    if (!this.#isRequired(step.id) && this.#rules.optionalFailureGoesOn) return;
    this.#applyPolicy();
  }

  #applyPolicy(): void {
    if (this.#workflow.failFast && this.#rules.failFastCancels) this.#stopRunning('fail-fast');
    if (this.#workflow.onFailure !== 'stop' || !this.#rules.requiredFailureStops) return;
    this.#startNothing(this.#halt ?? 'failure');
  }

  #cancel(): void {
    this.#cancelled = true;
    this.#mark('cancel', null, 0);
    this.#stopRunning('cancel');
    this.#startNothing('cancel');
  }

  #endRunByTimeout(): void {
    this.#timedOut = true;
    this.#mark('run-timeout', null, 0);
    this.#stopRunning('run-timeout');
    this.#startNothing(this.#halt === 'cancel' ? 'cancel' : 'run-timeout');
  }

  /** Steps that wait for their first place are not started any more either. */
  #startNothing(halt: Halt): void {
    if (this.#halt === null) this.#haltedAt = this.#now;
    this.#halt = halt;
    for (const step of this.#steps()) {
      const progress = this.#at(step.id);
      if (progress.kind === 'ready' && progress.made === 0 && !this.#mayStart(step)) this.#skip(step, 'run-ended');
    }
  }

  #stopRunning(why: StopReason): void {
    for (const step of this.#steps()) {
      const progress = this.#at(step.id);
      if (progress.kind === 'running' || progress.kind === 'stopping') this.#stopAttempt(step, why);
      if (progress.kind === 'delayed' && (this.#rules.cancelEndsDelays || why !== 'cancel')) {
        this.#endCancelled(step, progress.made, progress.firstAt);
      }
      if (progress.kind === 'ready' && progress.firstAt !== null)
        this.#endCancelled(step, progress.made, progress.firstAt);
    }
  }

  #stopAttempt(step: Step, why: StopReason): void {
    const progress = this.#at(step.id);
    if (progress.kind === 'stopping') {
      if (isTimeout(progress.why) !== isTimeout(why)) this.#unclear.add('an attempt is ended for two reasons');
    } else if (progress.kind === 'running') {
      const { attempt, firstAt } = progress;
      const until = this.#now + attemptScriptOf(scriptOf(this.#world, step.id), attempt).stopMs;
      this.#progress.set(step.id, { kind: 'stopping', attempt, why, until, firstAt });
    }
  }

  #endCancelled(step: Step, attempts: number, firstAt: number): void {
    const durationMs = this.#now - firstAt;
    this.#end(step, { status: 'cancelled', skipped: null, attempts, failureKind: null, durationMs });
  }

  #status(): RunStatus {
    if (this.#cancelled && this.#rules.cancelDecidesStatus) return 'cancelled';
    if (this.#timedOut && this.#rules.timeoutFailsRun) return 'failed';
    const ends = this.#allSteps().map((step) => ({ step, verdict: this.#verdictOf(step.id) }));
    const fails = ends.filter(
      ({ step, verdict }) => verdict.status === 'failed' || (step.required && isBlocked(verdict)),
    );
    if (fails.some(({ step }) => step.required)) return 'failed';
    return fails.length > 0 && this.#rules.optionalFailureIsPartial ? 'partial' : 'success';
  }

  // --- Bookkeeping.

  #skip(step: Step, kind: SkipKind, by: readonly string[] = []): void {
    this.#end(step, { status: 'skipped', skipped: { kind, by }, attempts: 0, failureKind: null, durationMs: null });
  }

  #end(step: Step, verdict: StepVerdict): void {
    this.#progress.set(step.id, { kind: 'ended', verdict });
  }

  #mark(kind: Mark['kind'], step: Step | null, attempt: number): void {
    this.#marks.push({ kind, at: this.#now, step: step?.id ?? '', attempt });
  }

  #steps(): readonly Step[] {
    return this.#section === 'main' ? this.#workflow.steps : this.#workflow.finally;
  }

  #allSteps(): readonly Step[] {
    return [...this.#workflow.steps, ...this.#workflow.finally];
  }

  #step(id: string): Step {
    const found = this.#allSteps().find((step) => step.id === id);
    if (!found) throw new Error(`no step ${id}`);
    return found;
  }

  #isRequired(id: string): boolean {
    return this.#step(id).required;
  }

  #into(step: Step): readonly Edge[] {
    return this.#edges.get(step.id) ?? [];
  }

  #at(id: string): Progress {
    return this.#progress.get(id) ?? { kind: 'pending' };
  }

  #verdictOf(id: string): StepVerdict {
    const progress = this.#at(id);
    if (progress.kind !== 'ended') throw new Error(`${id} has not ended`);
    return progress.verdict;
  }
}

function runsAgain({ status, skipped }: StepVerdict, rules: Rules): boolean {
  if (status !== 'skipped') return status !== 'success';
  return rules.cutOffRunsAgain && (skipped?.kind === 'blocked' || skipped?.kind === 'run-ended');
}

function isBlocked({ skipped }: StepVerdict): boolean {
  return skipped?.kind === 'blocked';
}
