/**
 * Validates and plans every shipped workflow, and runs each in a sample repository of its own. Fails where one of them
 * is not as it must be, and where a workflow has neither a run nor a reason to have none.
 */
import { exampleRuns, notRun, runFaults, shippedWorkflows, staticFaults } from './examples/example-runs.ts';

let checks = 0;
let failures = 0;

for (const workflow of shippedWorkflows()) {
  report(`${workflow}: validates and plans without a warning`, staticFaults(workflow));
  const runs = exampleRuns.filter((run) => run.workflow === workflow);
  for (const run of runs) report(`${workflow}: ${run.says}`, runFaults(run));
  const reason = notRun[workflow];
  if (runs.length > 0) continue;
  if (reason === undefined) report(`${workflow}: is run`, ['it has no run in scripts/examples/example-runs.ts']);
  else console.log(`-  ${workflow}: not run, ${reason}`);
}

if (checks === 0) report('there are shipped workflows', ['none was found']);
console.log(`\n${checks - failures} of ${checks} checks passed`);
process.exitCode = failures === 0 ? 0 : 1;

function report(title: string, faults: readonly string[]): void {
  checks += 1;
  if (faults.length > 0) failures += 1;
  console.log(`${faults.length === 0 ? '✓' : '✗'}  ${title}`);
  for (const fault of faults) console.log(fault.replace(/^/gm, '     '));
}
