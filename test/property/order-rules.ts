import type { Step, Workflow } from '../../src/core/model/workflow.ts';
import { type Edges, edgesOf } from './reference-edges.ts';
import { delayAfter, retryTermsOf } from './reference-retry.ts';
import { theLanguage } from './reference-rules.ts';
import type { Mark } from './verdict.ts';

/** A sequence of beginnings and ends that was seen, with the delays between attempts. */
export interface Course {
  readonly marks: readonly Mark[];
  readonly steps: ReadonlyMap<string, { readonly status: string; readonly skipped: { readonly kind: string } | null }>;
  readonly delays: (step: string, failedAttempt: number) => number | undefined;
}

/**
 * What the language says of the order of a run, whatever the run comes to: each rule by itself, read off the sequence.
 * One line for each place where a rule is broken; empty: none is.
 */
export function brokenOrderRules(workflow: Workflow, course: Course): readonly string[] {
  const facts = new Facts(workflow, course);
  return [
    ...edgesAreKept(facts),
    ...placesAreKept(facts),
    ...writtenFirstStartsFirst(facts),
    ...attemptsAreCounted(facts),
    ...delaysAreKept(facts),
    ...nothingStartsAfterTheEnd(facts),
    ...stopIsKept(facts),
    ...finallyComesLast(facts),
  ];
}

class Facts {
  readonly workflow: Workflow;
  readonly course: Course;
  readonly edges: Edges;
  readonly main: ReadonlySet<string>;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #written: ReadonlyMap<string, number>;
  readonly #due = new Map<string, number>();

  constructor(workflow: Workflow, course: Course) {
    this.workflow = workflow;
    this.course = course;
    const all = [...workflow.steps, ...workflow.finally];
    this.edges = new Map(
      [workflow.steps, workflow.finally].flatMap((list) => [...edgesOf(list, workflow, theLanguage)]),
    );
    this.main = new Set(workflow.steps.map((step) => step.id));
    this.#steps = new Map(all.map((step) => [step.id, step]));
    this.#written = new Map(all.map((step, index) => [step.id, index]));
  }

  get marks(): readonly Mark[] {
    return this.course.marks;
  }

  step(id: string): Step | undefined {
    return this.#steps.get(id);
  }

  written(id: string): number {
    return this.#written.get(id) ?? -1;
  }

  begins(): readonly { readonly mark: Mark; readonly index: number }[] {
    return this.marks.flatMap((mark, index) => (mark.kind === 'begin' ? [{ mark, index }] : []));
  }

  lastIndex(id: string): number {
    return this.marks.findLastIndex((mark) => mark.step === id);
  }

  failed(id: string): boolean {
    return this.course.steps.get(id)?.status === 'failed';
  }

  /**
   * The moment at which a step is final. One that never ran is final as soon as those before it are; but where the run
   * was stopped before it could start, not before that.
   */
  finalAt(id: string): number {
    const last = this.marks[this.lastIndex(id)];
    if (last) return last.at;
    const cutOff = this.course.steps.get(id)?.skipped?.kind === 'run-ended';
    return cutOff ? Math.max(this.dueAt(id), this.#haltedAt()) : this.dueAt(id);
  }

  /** The first moment from which steps were kept from starting; 0 where there was none. */
  #haltedAt(): number {
    return (
      this.marks.find((mark) => mark.kind === 'cancel' || mark.kind === 'run-timeout' || this.isFatal(mark))?.at ?? 0
    );
  }

  isFatal({ kind, step }: Mark): boolean {
    const stops = this.workflow.onFailure === 'stop' && this.main.has(step) && this.step(step)?.required === true;
    return stops && kind === 'failed';
  }

  /** Whether two things happened at that moment, so that what follows from the one may come before the other. */
  isTie(at: number): boolean {
    const happened = this.marks.filter(
      (mark) => mark.at === at && ['end', 'cancel', 'run-timeout'].includes(mark.kind),
    );
    const retried = this.marks.filter(
      (mark) => mark.kind === 'begin' && mark.attempt > 1 && this.waitedFrom(mark) === at,
    );
    return happened.length + retried.length > 1;
  }

  /** The moment at which a step's dependencies are final. */
  dueAt(id: string): number {
    const known = this.#due.get(id);
    if (known !== undefined) return known;
    const section = this.main.has(id) ? 0 : Math.max(0, ...[...this.main].map((main) => this.finalAt(main)));
    const due = Math.max(section, ...(this.edges.get(id) ?? []).map((edge) => this.finalAt(edge.from)));
    this.#due.set(id, due);
    return due;
  }

  /** The moment from which an attempt waited for its place. */
  waitedFrom({ step, attempt }: Mark): number {
    if (attempt === 1) return this.dueAt(step);
    const failed = this.marks.find((mark) => mark.kind === 'end' && mark.step === step && mark.attempt === attempt - 1);
    return (failed?.at ?? 0) + (this.course.delays(step, attempt - 1) ?? this.nominalDelay(step, attempt - 1));
  }

  nominalDelay(id: string, failedAttempt: number): number {
    const step = this.step(id);
    const terms = step ? retryTermsOf(step, this.workflow) : null;
    return terms ? delayAfter(terms, failedAttempt, theLanguage) : 0;
  }
}

function edgesAreKept(facts: Facts): readonly string[] {
  return facts
    .begins()
    .flatMap(({ mark, index }) =>
      (facts.edges.get(mark.step) ?? [])
        .filter((edge) => facts.lastIndex(edge.from) > index)
        .map((edge) => `${mark.step} began before ${edge.from} had ended`),
    );
}

function placesAreKept(facts: Facts): readonly string[] {
  const places = Number(facts.workflow.maxParallel ?? Infinity);
  const running = new Set<string>();
  return facts.marks.flatMap((mark) => {
    if (mark.kind === 'end') running.delete(mark.step);
    if (mark.kind !== 'begin') return [];
    const twice = running.has(mark.step) ? [`${mark.step} began while it was running`] : [];
    running.add(mark.step);
    return running.size > places ? [...twice, `${running.size} attempts ran at once at ${mark.at}`] : twice;
  });
}

/** No attempt had to wait while a step that is written later took a place that came free. */
function writtenFirstStartsFirst(facts: Facts): readonly string[] {
  const begins = facts.begins().map(({ mark, index }) => ({ mark, index, from: facts.waitedFrom(mark) }));
  return begins.flatMap((waiting) =>
    begins
      .filter((other) => facts.main.has(other.mark.step) === facts.main.has(waiting.mark.step))
      .filter((other) => facts.written(other.mark.step) > facts.written(waiting.mark.step))
      .filter((other) => other.index < waiting.index && waiting.from <= other.mark.at)
      .filter((other) => waiting.from < other.mark.at || !facts.isTie(waiting.from))
      .filter((other) => other.mark.at < waiting.mark.at || bothWaited(waiting, other))
      .map((other) => `${other.mark.step} took the place of ${waiting.mark.step} at ${other.mark.at}`),
  );
}

interface Waiting {
  readonly mark: Mark;
  readonly from: number;
}

/** Of attempts that begin at one moment, the order is given only among those that did not become ready just then. */
function bothWaited(one: Waiting, other: Waiting): boolean {
  return one.from < one.mark.at && other.from < other.mark.at;
}

function attemptsAreCounted(facts: Facts): readonly string[] {
  const made = new Map<string, number>();
  return facts.begins().flatMap(({ mark }) => {
    const number = (made.get(mark.step) ?? 0) + 1;
    made.set(mark.step, number);
    const step = facts.step(mark.step);
    const most = (step && retryTermsOf(step, facts.workflow)?.maxAttempts) ?? 1;
    return [
      ...(mark.attempt === number ? [] : [`attempt ${number} of ${mark.step} is called ${mark.attempt}`]),
      ...(number > most ? [`${mark.step} made ${number} attempts of ${most}`] : []),
    ];
  });
}

function delaysAreKept(facts: Facts): readonly string[] {
  return facts.begins().flatMap(({ mark }) => {
    const step = facts.step(mark.step);
    const terms = step && retryTermsOf(step, facts.workflow);
    if (mark.attempt === 1 || !terms) return [];
    const nominal = facts.nominalDelay(mark.step, mark.attempt - 1);
    const delay = facts.course.delays(mark.step, mark.attempt - 1) ?? nominal;
    // A delay may be rounded to whole milliseconds.
    const spread = nominal * terms.jitter + 1;
    return [
      ...(Math.abs(delay - nominal) <= spread ? [] : [`${mark.step} waits ${delay} ms where ${nominal} is written`]),
      ...(mark.at >= facts.waitedFrom(mark) ? [] : [`${mark.step} began before its delay was over`]),
      ...(pastDeadline(facts, mark, terms.deadlineMs) ? [`${mark.step} began after its deadline`] : []),
    ];
  });
}

function pastDeadline(facts: Facts, mark: Mark, deadlineMs: number): boolean {
  const first = facts.marks.find((other) => other.kind === 'begin' && other.step === mark.step);
  return first !== undefined && mark.at > first.at + deadlineMs;
}

function nothingStartsAfterTheEnd(facts: Facts): readonly string[] {
  const ended = facts.marks.findIndex((mark) => mark.kind === 'cancel' || mark.kind === 'run-timeout');
  if (ended === -1) return [];
  return facts
    .begins()
    .filter(({ mark, index }) => index > ended && facts.main.has(mark.step))
    .map(({ mark }) => `${mark.step} began after the run was cancelled or its time was over`);
}

/** After the failure of a required step, `stop` starts only what answers a failure; edges say that it comes before. */
function stopIsKept(facts: Facts): readonly string[] {
  const fatal = facts.marks.findIndex((mark) => facts.isFatal(mark));
  const stop = fatal === -1 ? Infinity : fatal;
  return facts
    .begins()
    .filter(({ mark, index }) => index > stop && mark.attempt === 1 && facts.main.has(mark.step))
    .filter(
      ({ mark }) =>
        !(facts.edges.get(mark.step) ?? []).some(({ from, on }) => on?.includes('failure') && facts.failed(from)),
    )
    .map(({ mark }) => `${mark.step} began after a required step had failed`);
}

function finallyComesLast(facts: Facts): readonly string[] {
  const first = facts.begins().find(({ mark }) => !facts.main.has(mark.step))?.index ?? Infinity;
  return facts.marks
    .filter((mark, index) => index > first && facts.main.has(mark.step))
    .map((mark) => `${mark.step}: ${mark.kind} after finally began`);
}
