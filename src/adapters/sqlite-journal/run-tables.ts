import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalHead, JournalRecord } from '../../core/journal/chain.ts';
import type { ChangedRows, ExecutionRow, RunRows, StepRow, WorkflowRow } from '../../core/journal/run-rows.ts';
import type { RunId } from '../../core/model/ids.ts';
import { BatchInsert, type Column } from './batch-insert.ts';

/** Reads and writes the rows of one state file. Transactions are the caller's. */
export class RunTables {
  readonly #database: DatabaseSync;
  readonly #insertEvents: BatchInsert;
  readonly #insertWorkflow: StatementSync;
  readonly #putExecution: StatementSync;
  readonly #putSteps: BatchInsert;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insertEvents = new BatchInsert(
      database,
      'INSERT INTO execution_history (execution_id, sequence, event, hash)',
      4,
    );
    this.#insertWorkflow = database.prepare('INSERT INTO workflows VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#putExecution = database.prepare(`INSERT OR REPLACE INTO executions VALUES (${marks(16)})`);
    this.#putSteps = new BatchInsert(database, 'INSERT OR REPLACE INTO step_executions', 11);
  }

  addRecords(runId: RunId, records: readonly JournalRecord[]): void {
    this.#insertEvents.run(records.map(({ sequence, text, hash }) => [runId, sequence, text, hash]));
  }

  put(runId: RunId, { workflows, execution, steps }: ChangedRows, head: JournalHead): void {
    for (const workflow of workflows) this.#insertWorkflow.run(...workflowColumns(workflow));
    this.#putExecution.run(...executionColumns(runId, execution, head));
    this.#putSteps.run(steps.map((step) => stepColumns(runId, step)));
  }

  /** The end of the run's journal as the executions row tells it; null where the run has no such row. */
  head(runId: RunId): JournalHead | null {
    const row = this.#database.prepare('SELECT last_sequence, last_hash FROM executions WHERE id = ?').get(runId);
    return row === undefined ? null : { sequence: Number(row.last_sequence), hash: String(row.last_hash) };
  }

  hasEvents(runId: RunId): boolean {
    return (
      this.#database.prepare('SELECT 1 FROM execution_history WHERE execution_id = ? LIMIT 1').get(runId) !== undefined
    );
  }

  *history(runId: RunId): Generator<JournalRecord> {
    const rows = this.#database
      .prepare('SELECT sequence, event, hash FROM execution_history WHERE execution_id = ? ORDER BY sequence')
      .iterate(runId);
    for (const { sequence, event, hash } of rows) {
      yield { sequence: Number(sequence), text: String(event), hash: String(hash) };
    }
  }

  /** The derived row that is not as the events make it, named for people; null where all are. */
  deviation(runId: RunId, rows: RunRows, head: JournalHead): string | null {
    for (const row of rows.workflows()) {
      const found = this.#database.prepare('SELECT * FROM workflows WHERE id = ?').get(row.id);
      if (!isSame(found, workflowColumns(row))) return `the row of workflow "${row.name}" in workflows`;
    }
    const execution = this.#database.prepare('SELECT * FROM executions WHERE id = ?').get(runId);
    if (!isSame(execution, executionColumns(runId, rows.execution(), head))) return 'its row in executions';
    return this.#stepDeviation(runId, rows);
  }

  /** Runs, newest first. */
  executions(): readonly { readonly [column: string]: unknown }[] {
    return this.#database
      .prepare(
        `SELECT executions.id, executions.status, executions.started_at, executions.duration_ms, workflows.name, workflows.version
         FROM executions LEFT JOIN workflows ON workflows.id = executions.workflow_id
         ORDER BY executions.started_at DESC, executions.id DESC`,
      )
      .all();
  }

  /** Ids as found in the table of events. */
  recordedRuns(): readonly string[] {
    const rows = this.#database
      .prepare('SELECT DISTINCT execution_id FROM execution_history ORDER BY execution_id')
      .all();
    return rows.map((row) => String(row.execution_id));
  }

  clearDerived(): void {
    this.#database.exec('DELETE FROM step_executions; DELETE FROM executions; DELETE FROM workflows');
  }

  #stepDeviation(runId: RunId, rows: RunRows): string | null {
    const expected = new Map(rows.steps().map((step) => [`${step.visit} ${step.address}`, step]));
    const found = this.#database.prepare('SELECT * FROM step_executions WHERE execution_id = ?').iterate(runId);
    for (const row of found) {
      const key = `${row.visit} ${row.address}`;
      const step = expected.get(key);
      if (step === undefined || !isSame(row, stepColumns(runId, step))) {
        return `the row of step "${row.address}" in step_executions`;
      }
      expected.delete(key);
    }
    const [missing] = expected.values();
    return missing === undefined ? null : `the missing row of step "${missing.address}" in step_executions`;
  }
}

function isSame(found: { readonly [column: string]: unknown } | undefined, expected: readonly Column[]): boolean {
  if (found === undefined) return false;
  const values = Object.values(found);
  return values.length === expected.length && values.every((value, index) => value === expected[index]);
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function workflowColumns({ id, name, version, type, definition }: WorkflowRow): readonly Column[] {
  return [id, name, version, type, definition];
}

function executionColumns(runId: RunId, row: ExecutionRow, head: JournalHead): readonly Column[] {
  return [
    runId,
    row.workflowId,
    row.definitionHash,
    row.file,
    row.workspace,
    row.commit,
    row.status,
    row.attempt,
    row.startedAt,
    row.endedAt,
    row.durationMs,
    row.errorStep,
    row.errorKind,
    row.error,
    head.sequence,
    head.hash,
  ];
}

function stepColumns(runId: RunId, row: StepRow): readonly Column[] {
  return [
    runId,
    row.address,
    row.visit,
    row.status,
    row.skipped,
    row.attempts,
    row.startedAt,
    row.endedAt,
    row.durationMs,
    row.errorKind,
    row.error,
  ];
}
