/** A process that records a run: folder, run number and number of appends come as arguments; 0 appends: it waits. */
import { SqliteRunStore } from '../../../../src/adapters/sqlite-journal/sqlite-run-store.ts';
import { runStarted, sampleRunId, sampleStart, stepEvents } from '../../../fakes/sample-run.ts';

const [folder = '', number = '1', appends = '0'] = process.argv.slice(2);
const runId = sampleRunId(Number(number));
const store = new SqliteRunStore({ folder, workspace: null });
const journal = await store.create(runId);
if (!journal.ok) throw new Error(journal.error.message);
await journal.value.append([runStarted(runId)], 'normal');
console.log('owned');
if (appends === '0') setInterval(() => {}, 1000);
else {
  for (let step = 0; step < Number(appends); step++) {
    await journal.value.append(stepEvents(`s${step}`, sampleStart), step % 10 === 0 ? 'full' : 'normal');
  }
  await store.close();
}
