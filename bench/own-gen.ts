/**
 * Writes the workflow of one workload of dag-peers.sh: reads the JSON file `$SPEC`, writes `$FILE`. The variable
 * `FORM` says what the steps are: `sh` (default) and `bash` scripts, or `exec`, a program without a shell.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Spec {
  readonly steps: readonly { readonly id: string; readonly run: string; readonly needs: readonly string[] }[];
}

const { SPEC, FILE, FORM = 'sh' } = process.env;
if (SPEC === undefined || FILE === undefined) throw new Error('SPEC and FILE name the input and the output');
const spec: Spec = JSON.parse(readFileSync(SPEC, 'utf8'));
const steps = spec.steps.map(({ id, run, needs }) => ({ id, dependencies: needs, ...actionOf(run) }));
// JSON is YAML too; the engine decides by the ending of the file.
writeFileSync(FILE, JSON.stringify({ name: 'Benchmark', order: 'graph', steps }));

function actionOf(run: string): { readonly [key: string]: unknown } {
  if (FORM !== 'exec') return { run, shell: FORM };
  const [command, ...args] = run.split(' ');
  return { handler: 'command.exec', config: { command, args } };
}
