import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { SecretMasker } from '../../../../src/adapters/masking/secret-masker.ts';
import { NodeProcesses, type NodeProcessesOptions } from '../../../../src/adapters/node-process/node-processes.ts';
import type { OutputSink } from '../../../../src/adapters/node-process/process-output.ts';
import { scrubEnvironment } from '../../../../src/adapters/node-process/scrub-environment.ts';
import { MergedNeutraliser } from '../../../../src/adapters/output/neutralise.ts';
import { CancelSource } from '../../../../src/core/ports/cancel.ts';
import type { ProcessesSetting, ProcessesUnderTest } from '../../../contract/processes.ts';

export const spawnerProgram = fileURLToPath(new URL('../../../../src/entry/spawner.ts', import.meta.url));
const programs = fileURLToPath(new URL('../../../fixtures/programs/', import.meta.url));

export interface OpenProcesses extends ProcessesUnderTest {
  readonly run: NodeProcesses;
  readonly workspace: string;
  readonly temporaryFolder: string;
  readonly masker: SecretMasker;
  /** The step's log so far; empty where no file was made. */
  log(): string;
  readonly logPath: string;
}

export interface OpenSetting extends ProcessesSetting {
  readonly options?: Partial<NodeProcessesOptions>;
  readonly sink?: OutputSink;
  readonly host?: { readonly [name: string]: string };
}

/** Real processes in a workspace of their own, which goes with the test. */
export function openProcesses({
  env = {},
  secrets = [],
  onOutput,
  options,
  sink,
  host,
}: OpenSetting = {}): OpenProcesses {
  const folder = mkdtempSync(join(tmpdir(), 'vwmp-processes-'));
  const workspace = join(folder, 'workspace');
  const temporaryFolder = join(folder, 'temporary');
  mkdirSync(join(workspace, 'inner'), { recursive: true });
  const masker = new SecretMasker();
  for (const secret of secrets) masker.add(secret);
  const run = new NodeProcesses({
    workspace,
    baseEnv: scrubEnvironment({ ...process.env, ...host }, workspace),
    temporaryFolder,
    trackingId: folder,
    masker,
    neutraliser: () => new MergedNeutraliser(),
    ...options,
  });
  const signal = new CancelSource();
  const shown = { stdout: '', stderr: '' };
  const logPath = join(folder, 'logs', 'step.log');
  const processes = run.forStep({
    env,
    logPath,
    signal,
    sink: (chunk, stream) => {
      shown[stream] += chunk;
      onOutput?.(chunk, signal);
      return sink?.(chunk, stream);
    },
  });
  onTestFinished(async () => {
    processes.close();
    await run.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    run,
    workspace,
    temporaryFolder,
    masker,
    processes,
    signal,
    logPath,
    shown: (stream) => shown[stream],
    log: () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : ''),
    program: (name, ...args) => ({ command: '/bin/sh', args: [join(programs, `${name}.sh`), ...args] }),
  };
}

/** The same, with a small process of its own that starts the others. */
export function openThroughSpawner(setting: OpenSetting = {}): OpenProcesses {
  return openProcesses({ ...setting, options: { spawner: { script: spawnerProgram, after: 0 }, ...setting.options } });
}

/** Whether a process runs; one that ended and was not waited for does not. */
export function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

export function numbersIn(text: string): readonly number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}
