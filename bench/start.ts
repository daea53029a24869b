/**
 * How long each door takes from its start to the first step, above `node -e 0`. The step writes the time at which it
 * was started; what it takes to do so (a shell and `date`) is in the numbers.
 *
 * Usage: node bench/start.ts [--rounds 30]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inRounds, median, medianAbove, printTable, type Subject } from './rounds.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } });
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
const cli = join(root, 'bin/vwmp.js');
const stamp = join(folder, 'stamp');
// The cache of compiled code lies in the temporary folder, as on a machine that has run the command before.
const env = { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder };
const runnerTemp = join(folder, 'runner');

writeFileSync(
  join(folder, 'one.yml'),
  `name: One\nsteps:\n  - id: first\n    handler: command.exec\n    config:\n      command: sh\n      args: [-c, 'date +%s%N > "$0"', ${stamp}]\n`,
);

const floor: Subject = { name: '`node -e 0`, from start to end', measure: () => wholeMs(['-e', '0']) };
const subjects: readonly Subject[] = [
  floor,
  {
    name: 'command line, to the first step',
    measure: () => toStampMs([cli, 'run', 'one.yml'], env),
  },
  { name: 'action, to the first step', measure: () => toStampMs([join(root, 'dist/index.js')], actionEnvironment()) },
  { name: 'command line, from start to end', measure: () => wholeMs([cli, 'run', 'one.yml']) },
  { name: '`vwmp --version`, from start to end', measure: () => wholeMs([cli, '--version']) },
  {
    name: '`vwmp validate`, from start to end',
    measure: () => wholeMs([cli, 'validate', 'one.yml']),
  },
];

try {
  const series = await inRounds(subjects, Number(values.rounds));
  const [base] = series;
  if (base === undefined) throw new Error('nothing was measured');
  printTable(
    ['what', 'median ms', 'least ms', 'median above `node -e 0`'],
    series.map((each) => [
      each.name,
      median(each.values).toFixed(1),
      Math.min(...each.values).toFixed(1),
      each === base ? '' : medianAbove(each, base).toFixed(1),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function actionEnvironment() {
  rmSync(runnerTemp, { recursive: true, force: true });
  mkdirSync(runnerTemp);
  const file = (name: string) => {
    writeFileSync(join(runnerTemp, name), '');
    return join(runnerTemp, name);
  };
  return {
    ...env,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: runnerTemp,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    INPUT_WORKFLOW: './one.yml',
  };
}

function wholeMs(args: readonly string[]): number {
  const started = performance.now();
  start(args, env);
  return performance.now() - started;
}

function toStampMs(args: readonly string[], environment: { readonly [name: string]: string }): number {
  rmSync(stamp, { force: true });
  const started = performance.timeOrigin + performance.now();
  start(args, environment);
  return Number(BigInt(readFileSync(stamp, 'utf8').trim()) / 1000n) / 1000 - started;
}

function start(args: readonly string[], environment: { readonly [name: string]: string }): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env: environment, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
}
