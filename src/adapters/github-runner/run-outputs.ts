import type { Json } from '../../core/model/json.ts';
import type { RunView } from '../../core/model/run-view.ts';
import { stepTimesJson } from '../../core/report/run-json.ts';
import { isFileCommandName, type RunnerFiles } from './runner-files.ts';

/** The names that the action declares; a workflow's output of the same name stands in `outputs` only. */
const declared: ReadonlySet<string> = new Set(['status', 'run-id', 'outputs', 'steps']);
/** The platform counts the outputs of a job as UTF-16 and drops what passes 1 MB. */
const jobLimit = 1_000_000;

/**
 * Gives the outputs of a run to the runner: `status`, `run-id`, `outputs`, `steps`, and each output of the workflow
 * under its own name. Returns what people should know, a sentence each.
 */
export function writeRunOutputs(view: RunView, files: RunnerFiles): readonly string[] {
  const fixed = {
    status: view.status,
    'run-id': view.runId,
    outputs: JSON.stringify(view.outputs),
    steps: JSON.stringify(stepTimesJson(view)),
  };
  for (const [name, value] of Object.entries(fixed)) files.setOutput(name, value);
  const remarks: string[] = [];
  for (const [name, value] of Object.entries(view.outputs)) {
    if (declared.has(name.toLowerCase())) {
      remarks.push(`The output ${name} of the workflow has the name of an output of the action: read it from outputs.`);
    } else if (isFileCommandName(name)) files.setOutput(name, outputText(value));
    else
      remarks.push(`The output ${JSON.stringify(name)} has a name that the runner cannot take: read it from outputs.`);
  }
  if (2 * (fixed.outputs.length + fixed.steps.length) > jobLimit) {
    remarks.push('The outputs are larger than the platform lets a job pass on; steps of this job can read them.');
  }
  return remarks;
}

/** The outputs where nothing ran: the definition was refused, or only checked. */
export function writeEmptyOutputs(status: 'success' | 'failed', files: RunnerFiles): void {
  for (const [name, value] of Object.entries({ status, 'run-id': '', outputs: '{}', steps: '[]' })) {
    files.setOutput(name, value);
  }
}

function outputText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
