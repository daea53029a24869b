/** What was seen of one run that was killed again and again, from outside: commands and the ledger of its steps. */
export interface CrashRecord {
  readonly deaths: readonly Death[];
  readonly end: Ending;
  /** The same definition, run without a crash. */
  readonly undisturbed: Ending;
}

/** The run as `status` tells it after the engine was killed; the ledger as it stood then. */
export interface Death {
  readonly run: ToldRun;
  readonly ledger: readonly LedgerLine[];
}

export interface Ending {
  /** Of the command that ended the run; null where it was killed between the run's end and its own. */
  readonly exitCode: number | null;
  readonly run: ToldRun;
  readonly ledger: readonly LedgerLine[];
  /** The run as `status` tells it afterwards. */
  readonly told: ToldRun;
  /** Status of the run in `history`. */
  readonly listed: string | null;
  /** Processes of steps that still lived after the run. */
  readonly alive: readonly number[];
}

export interface ToldRun {
  readonly status: string;
  readonly outputs: unknown;
  readonly steps: readonly ToldStep[];
}

export interface ToldStep {
  readonly id: string;
  readonly status: string;
  readonly skipped: string | null;
  readonly attempts: number;
  readonly visits: number;
  readonly outputs: unknown;
  readonly error: string | null;
}

export interface LedgerLine {
  readonly kind: 'begin' | 'end';
  readonly step: string;
  readonly pid: number;
}

/** Throws for a text that `run --json`, `resume --json` or `status --json` never prints. */
export function parseRun(text: string): ToldRun & { readonly runId: string } {
  const run: unknown = JSON.parse(text);
  if (!isMap(run) || !Array.isArray(run.steps) || typeof run.run_id !== 'string') throw new Error(`no run: ${text}`);
  return {
    runId: run.run_id,
    status: String(run.status),
    outputs: run.outputs,
    steps: run.steps.filter(isMap).map((step) => ({
      id: String(step.id),
      status: String(step.status),
      skipped: typeof step.skipped_reason === 'string' ? step.skipped_reason : null,
      attempts: Number(step.attempts),
      visits: Number(step.visits),
      outputs: step.outputs,
      error: isMap(step.error) ? String(step.error.kind) : null,
    })),
  };
}

export function parseHistory(text: string): readonly { readonly runId: string; readonly status: string }[] {
  const history: unknown = JSON.parse(text);
  if (!isMap(history) || !Array.isArray(history.runs)) throw new Error(`no history: ${text}`);
  return history.runs.filter(isMap).map((run) => ({ runId: String(run.run_id), status: String(run.status) }));
}

export function parseLedger(text: string): readonly LedgerLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, kind, step, pid] = /^(begin|end) (\S+) (\d+)$/.exec(line) ?? [];
      if (step === undefined || (kind !== 'begin' && kind !== 'end')) throw new Error(`the ledger holds "${line}"`);
      return { kind, step, pid: Number(pid) };
    });
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
