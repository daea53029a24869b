/**
 * Real jobs that use the action, played by act on this machine without a container engine: a push, a pull request, and
 * a dispatch by hand. Tests what is committed, `dist/` included, in a clone. Fails where conclusions, outputs,
 * summaries or annotations are not as they must be; where act cannot be had it says so and succeeds.
 *
 * Usage: node scripts/act.ts [--repository DIR]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ActCase, actCases } from './act/act-cases.ts';
import { actFaults } from './act/act-faults.ts';
import { installedAct } from './act/install-act.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { repository: { type: 'string', default: root } } });
/** act gives up a job that takes longer; none of these comes near. */
const limitMs = 120_000;

const act = installedAct();
if (act.kind === 'left-out') console.log(`left out: real runs under act, because ${act.reason}`);
else play(act.command);

function play(command: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const clone = clonedRepository(folder);
    let failures = 0;
    for (const wanted of actCases) {
      const faults = played(wanted, { command, clone, folder });
      if (faults.length > 0) failures += 1;
      const jobs = Object.keys(wanted.jobs).length;
      console.log(`${faults.length === 0 ? '✓' : '✗'}  ${wanted.event}: ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`);
      for (const fault of faults) console.log(`     ${fault}`);
    }
    console.log(`\n${actCases.length - failures} of ${actCases.length} events were played as they must be`);
    process.exitCode = failures === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is committed, with the workflows that play; act copies files of the clone that nobody committed too. */
function clonedRepository(folder: string): string {
  const clone = join(folder, 'clone');
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  git('clone', '--quiet', '--no-hardlinks', resolve(values.repository), clone);
  // The runner's variables name the repository after it.
  git('-C', clone, 'remote', 'set-url', 'origin', 'https://github.com/acme/widget');
  cpSync(join(root, 'test/fixtures/action/act'), join(clone, '.act'), { recursive: true });
  return clone;
}

interface Stage {
  readonly command: string;
  readonly clone: string;
  readonly folder: string;
}

function played(wanted: ActCase, { command, clone, folder }: Stage): readonly string[] {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const result = spawnSync(command, actArguments(wanted, clone, folder), {
    cwd: clone,
    // act hands its whole environment on to the jobs, and runs actions with the first Node that it finds.
    env: {
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
      HOME: home,
      TMPDIR: folder,
      LANG: 'C.UTF-8',
    },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: limitMs,
    killSignal: 'SIGINT',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failing = Object.values(wanted.jobs).includes('failure');
  if (result.error !== undefined) return [`act did not come to an end: ${result.error.message}`];
  if (result.status !== (failing ? 1 : 0)) {
    return [`act ended with ${result.status}`, result.stderr.trim(), ...actFaults(wanted, result.stdout)];
  }
  return actFaults(wanted, result.stdout);
}

function actArguments(wanted: ActCase, clone: string, folder: string): readonly string[] {
  const nothing = ['--env-file', '--secret-file', '--var-file', '--input-file'].flatMap((flag) => [flag, '/dev/null']);
  return [
    wanted.event,
    '--directory',
    clone,
    '--workflows',
    join('.act', wanted.workflow),
    '--platform',
    'ubuntu-latest=-self-hosted',
    '--container-daemon-socket',
    '-',
    '--no-cache-server',
    '--action-offline-mode',
    '--action-cache-path',
    join(folder, 'cache'),
    '--rm',
    '--env',
    'NO_COLOR=1',
    ...nothing,
    '--json',
    ...wanted.flags,
  ];
}
