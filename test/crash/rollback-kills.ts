import type { Random } from '../../src/core/ports/random.ts';
import { RollbackFolder } from '../e2e/rollback-folder.ts';
import { SeededRandom } from '../fakes/seeded-random.ts';
import { lives, until } from '../rigs/cli.ts';
import { type LedgerLine, parseLedger } from './crash-record.ts';

/** When a rollback dies, counted from its start: once so many events of it are in the journal, or after a time. */
export type Moment =
  | { readonly kind: 'event'; readonly count: number }
  | { readonly kind: 'time'; readonly ms: number };

export interface RollbackDeaths {
  /** `failure`: the run itself rolls back, by its policy; `request`: `vwmp rollback` does. */
  readonly way: 'failure' | 'request';
  /** Steps that leave something; every second one leaves files. */
  readonly steps: number;
  /** Each is the death of one process; a further `vwmp rollback` follows the last one. */
  readonly deaths: readonly Moment[];
}

export interface KilledRollback {
  readonly plan: RollbackDeaths;
  /** Processes that were killed before they had ended by themselves. */
  readonly kills: number;
  /** What went wrong, one line each; empty: nothing. */
  readonly problems: readonly string[];
}

/** Kills a rollback as planned, has it done to its end, and looks at what came of it from outside. */
export async function killedRollback(plan: RollbackDeaths): Promise<KilledRollback> {
  const bench = new Bench(plan);
  try {
    return await bench.perform();
  } finally {
    bench.remove();
  }
}

/** Random rollbacks until there were as many kills as wanted, so many beside each other. */
export async function killedRollbacks(
  firstSeed: number,
  {
    kills,
    lanes,
    onResult,
  }: { readonly kills: number; readonly lanes: number; onResult(result: KilledRollback): void },
): Promise<readonly KilledRollback[]> {
  const results: KilledRollback[] = [];
  let seed = firstSeed;
  // One that ends before its first kill counts too: a machine that is too slow must not be tried for ever.
  const isDone = () => results.reduce((sum, result) => sum + Math.max(1, result.kills), 0) >= kills;
  const lane = async () => {
    while (!isDone()) {
      const result = await killedRollback(randomDeaths(new SeededRandom(seed++)));
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

export function describeDeaths({ way, steps, deaths }: RollbackDeaths): string {
  const moments = deaths.map((death) => (death.kind === 'event' ? `event ${death.count}` : `${death.ms} ms`));
  return `rollback by ${way} of ${steps} steps, killed at ${moments.join(', then at ')}`;
}

/** How many events a rollback of so many steps has that nobody kills: its start, two a step, the end of the run. */
export function eventsOf(steps: number): number {
  return 2 + 2 * steps;
}

function randomDeaths(random: Random): RollbackDeaths {
  const below = (bound: number) => Math.floor(random.unit() * bound);
  const steps = 2 + below(4);
  const deaths = Array.from(
    { length: 1 + below(3) },
    (): Moment =>
      random.unit() < 0.5
        ? { kind: 'event', count: 1 + below(eventsOf(steps)) }
        : { kind: 'time', ms: below(40 * steps) },
  );
  return { way: random.unit() < 0.5 ? 'failure' : 'request', steps, deaths };
}

class Bench extends RollbackFolder {
  readonly #plan: RollbackDeaths;
  readonly #problems: string[] = [];

  constructor(plan: RollbackDeaths) {
    super({ VERSION: '1.0' });
    this.withEffects();
    this.#plan = plan;
  }

  async perform(): Promise<KilledRollback> {
    const { way, deaths } = this.#plan;
    const file = this.define('w.json', this.#definition());
    if (way === 'request') await this.here(['run', file, '--json']);
    let kills = 0;
    for (const [index, death] of deaths.entries()) {
      const id = way === 'failure' && index === 0 ? null : (await this.newest()).run.run_id;
      if (await this.#die(id === null ? ['run', file] : ['rollback', id], death)) kills++;
    }
    await this.#finish();
    return { plan: this.#plan, kills, problems: this.#problems };
  }

  #definition(): object {
    const steps = Array.from({ length: this.#plan.steps }, (_, index) =>
      index % 2 === 0 ? scripted(`s${index}`) : writing(`s${index}`),
    );
    const policy = this.#plan.way === 'failure' ? 'rollback' : 'stop';
    return { on_failure: policy, steps: [...steps, { id: 'z', run: 'exit 3' }] };
  }

  /** True where the process was killed before it had ended by itself. What it had recorded is never done again. */
  async #die(args: readonly string[], death: Moment): Promise<boolean> {
    const running = this.start([...args, '--events']);
    let hasEnded = false;
    void running.end.then(() => {
      hasEnded = true;
    });
    const kinds = () => eventsIn(running.printed()).map(({ kind }) => kind);
    const since = () => kinds().slice(kinds().indexOf('rollback-started')).length;
    const hasBegun = () => hasEnded || kinds().includes('rollback-started');
    await until(hasBegun);
    if (death.kind === 'event') await until(() => hasEnded || since() >= death.count);
    else await Promise.race([running.end, new Promise((resolve) => setTimeout(resolve, death.ms))]);
    running.child.kill('SIGKILL');
    const { code, stdout } = await running.end;
    this.#recorded.push({
      ids: eventsIn(stdout).flatMap(({ address, outcome }) => (outcome?.kind === 'undone' ? [address] : [])),
      before: this.#ledger(),
    });
    return code === -1;
  }

  readonly #recorded: { readonly ids: readonly string[]; readonly before: readonly LedgerLine[] }[] = [];

  async #finish(): Promise<void> {
    const { run } = await this.newest();
    const last = await this.rollback(run.run_id);
    const ledger = this.#ledger();
    this.#expect(last.code === 0, `the last rollback ended with ${last.code}`);
    for (const { id, status } of last.run.steps) {
      if (id !== 'z') this.#expect(status === 'undone', `${id} is ${status}`);
    }
    const told = await this.newest();
    this.#expect(told.run.ended_at !== null, 'the run has not ended');
    this.#expect(this.read('VERSION') === '1.0', `VERSION holds ${this.read('VERSION')}`);
    this.#expect(!this.has('new'), 'a folder that a step made is there');
    for (const { ids, before } of this.#recorded) {
      for (const id of ids) {
        this.#expect(begins(before, id) === begins(ledger, id), `${id} was undone again after that was recorded`);
      }
    }
    for (const { id } of last.run.steps) if (begins(ledger, id) > 0) this.#expectOneEnd(ledger, id);
    const order = [...new Set(ledger.map(({ step }) => step))];
    this.#expect(order.join() === order.toSorted().toReversed().join(), `the order was ${order.join()}`);
    this.#expect(order.length === Math.ceil(this.#plan.steps / 2), `only ${order.join()} were undone`);
    for (const { pid } of ledger) this.#expect(!lives(pid), `process ${pid} of an undo lives`);
  }

  /** Of all its tries the last one comes to its end, and none goes on beside another. */
  #expectOneEnd(ledger: readonly LedgerLine[], id: string): void {
    const own = ledger.filter(({ step }) => step === id);
    const newest = own.findLast(({ kind }) => kind === 'begin')?.pid;
    this.#expect(own.at(-1)?.kind === 'end' && own.at(-1)?.pid === newest, `the undo of ${id} did not end`);
    for (const [index, { kind, pid }] of own.entries()) {
      const begun = own.slice(0, index).findLast((line) => line.kind === 'begin')?.pid;
      if (kind === 'end') this.#expect(pid === begun, `an undo of ${id} went on beside another`);
    }
  }

  #expect(holds: boolean, problem: string): void {
    if (!holds) this.#problems.push(problem);
  }

  #ledger(): readonly LedgerLine[] {
    return this.has('ledger') ? parseLedger(this.read('ledger')) : [];
  }
}

function scripted(id: string): object {
  const undo = `echo "begin ${id} $$" >> ledger; sleep 0.03; echo "end ${id} $$" >> ledger`;
  return { id, run: 'true', rollback: { run: undo, shell: 'sh' } };
}

function writing(id: string): object {
  return { id, handler: 'effects.write', config: { path: `VERSION new/${id}/file`, text: id } };
}

function begins(ledger: readonly LedgerLine[], id: string): number {
  return ledger.filter(({ kind, step }) => kind === 'begin' && step === id).length;
}

/** Of whole lines: a process that was killed may have written half a one. */
function eventsIn(
  stdout: string,
): readonly { readonly kind: string; readonly address: string; readonly outcome?: { readonly kind: string } }[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
