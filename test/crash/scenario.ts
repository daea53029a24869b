import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../src/core/ports/random.ts';
import { SeededRandom } from '../fakes/seeded-random.ts';
import {
  type CrashRecord,
  type Death,
  type Ending,
  type LedgerLine,
  parseHistory,
  parseLedger,
  parseRun,
  type ToldRun,
} from './crash-record.ts';
import { type EngineEnd, startEngine } from './engine.ts';
import { randomDag } from './random-dag.ts';
import { violations } from './violations.ts';

export interface ScenarioResult {
  readonly seed: number;
  readonly kills: number;
  readonly steps: number;
  readonly violations: readonly string[];
}

export interface CrashPlan {
  /** Each scenario has the seed after that of the one before. */
  readonly firstSeed: number;
  readonly kills: number;
  readonly lanes: number;
  readonly onResult?: (result: ScenarioResult) => void;
}

/** The most deaths of one run. */
const deepest = 5;

/** Runs one random workflow, kills its engine at random moments, lets it be resumed, and looks at what came of it. */
export async function crashScenario(cli: string, seed: number): Promise<ScenarioResult> {
  const random = new SeededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'vwmp-crash-'));
  try {
    const definition = randomDag(random);
    const calm = new Place(cli, join(folder, 'calm'), definition);
    const undisturbed = await calm.endWith(await calm.command(calm.runArgs()).ended);
    const place = new Place(cli, join(folder, 'crash'), definition);
    const record = await crashedRun(place, random, undisturbed);
    return { seed, kills: record.deaths.length, steps: undisturbed.run.steps.length, violations: violations(record) };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Scenario after scenario, so many beside each other, until there were as many kills as wanted. */
export async function crashScenarios(
  cli: string,
  { firstSeed, kills, lanes, onResult }: CrashPlan,
): Promise<readonly ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  let seed = firstSeed;
  // A scenario that ends before its first kill counts too: a machine that is too slow must not be tried for ever.
  const done = () => results.reduce((sum, result) => sum + Math.max(1, result.kills), 0) >= kills;
  const lane = async () => {
    while (!done()) {
      const result = await crashScenario(cli, seed++);
      results.push(result);
      onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

async function crashedRun(place: Place, random: Random, undisturbed: Ending): Promise<CrashRecord> {
  const deaths: Death[] = [];
  let listed = await place.listed();
  for (;;) {
    const engine = place.command(listed === null ? place.runArgs() : ['resume', listed.runId]);
    if (deaths.length < deepest) await place.killSometime(engine, random, undisturbed.ledger.length);
    const end = await engine.ended;
    listed = await place.listed();
    // Killed after the last event: a resume would open an ended run again.
    const hasEnded = end.code !== null || (listed !== null && listed.status !== 'running');
    if (hasEnded) return { deaths, undisturbed, end: await place.endWith(end) };
    deaths.push({ run: listed === null ? nothing : await place.status(listed.runId), ledger: place.ledger() });
  }
}

/** What is told of a run that died before its first event. */
const nothing: ToldRun = { status: 'none', outputs: null, steps: [] };

/** A workspace, its state folder, and a ledger outside both. */
class Place {
  readonly #cli: string;
  readonly #workspace: string;
  readonly #ledger: string;
  readonly #options: readonly string[];

  constructor(cli: string, folder: string, definition: string) {
    this.#cli = cli;
    this.#workspace = join(folder, 'workspace');
    this.#ledger = join(folder, 'ledger');
    mkdirSync(this.#workspace, { recursive: true });
    writeFileSync(join(this.#workspace, 'crash.json'), definition);
    this.#options = ['--json', '--workspace', this.#workspace, '--state-dir', join(folder, 'state')];
  }

  runArgs(): readonly string[] {
    return ['run', 'crash.json', '-p', `ledger=${this.#ledger}`];
  }

  command(args: readonly string[]) {
    return startEngine(this.#cli, this.#workspace, [...args, ...this.#options]);
  }

  ledger(): readonly LedgerLine[] {
    return parseLedger(this.#ledgerText());
  }

  /** The run as `history` lists it; null where none is recorded. */
  async listed(): Promise<ReturnType<typeof parseHistory>[number] | null> {
    return parseHistory(await this.#ask(['history']))[0] ?? null;
  }

  async status(runId: string): Promise<ToldRun> {
    return toldRun(await this.#ask(['status', runId]));
  }

  async endWith({ code, stdout, stderr }: EngineEnd): Promise<Ending> {
    const listed = await this.listed();
    if (listed === null) throw new Error(`nothing was recorded; the command ended with ${code}: ${stdout}${stderr}`);
    const told = await this.status(listed.runId);
    const run = code === null ? told : toldRun(stdout);
    return { exitCode: code, run, told, ledger: this.ledger(), listed: listed.status, alive: this.#living() };
  }

  /** What a command prints that changes nothing: it checks the whole record, and refuses one that is broken. */
  async #ask(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.command(args).ended;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  }

  /**
   * Kills the engine after a random time, or once steps have written so many lines: times alone would mostly hit the
   * start, where nothing is at stake.
   */
  async killSometime(engine: ReturnType<typeof startEngine>, random: Random, lines: number): Promise<void> {
    let over = false;
    const ended = engine.ended.then(() => {
      over = true;
    });
    if (random.unit() < 0.3) await Promise.race([wait(random.unit() * 400), ended]);
    else {
      const goal = this.#lineCount() + Math.floor(random.unit() * Math.max(1, lines / 2));
      while (!over && this.#lineCount() <= goal) await wait(1);
      await wait(random.unit() * 10);
    }
    engine.kill();
  }

  #lineCount(): number {
    return this.#ledgerText().split('\n').length - 1;
  }

  #ledgerText(): string {
    return existsSync(this.#ledger) ? readFileSync(this.#ledger, 'utf8') : '';
  }

  /** Processes whose environment names the ledger; none where the system does not tell environments. */
  #living(): readonly number[] {
    if (!existsSync('/proc/self/environ')) return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => environmentOf(pid).includes(`LEDGER=${this.#ledger}\0`))
      .map(Number);
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    // It has ended, or is another user's.
    return '';
  }
}

function toldRun(text: string): ToldRun {
  const { runId: _, ...run } = parseRun(text);
  return run;
}
