import { readdirSync } from 'node:fs';
import { isJsonMap, type Json, type JsonMap } from '../../src/core/model/json.ts';
import { builtProgram } from '../../test/rigs/built-bundle.ts';
import { quietEnvironment } from '../../test/rigs/plugin-context.ts';
import { ReleaseRepository } from '../../test/rigs/release-repository.ts';
import { vwmp } from './vwmp.ts';

/** The folder of the workflows that come with the product. */
const program = builtProgram('cli.js');
const shippedFolder = new URL('../../workflows/', import.meta.url);

/** One run of a shipped workflow in a sample repository, with what must come of it. */
export interface ExampleRun {
  readonly workflow: string;
  readonly says: string;
  readonly args: readonly string[];
  readonly status: 'success' | 'partial' | 'failed';
  readonly outputs: JsonMap;
  /** Looks at what the run left behind; gives what is wrong with it. */
  readonly check?: (repository: ReleaseRepository) => readonly string[];
}

/** Workflows that are validated and planned only, with the reason. */
export const notRun: { readonly [workflow: string]: string } = {
  'pull-request': 'it is the gate of this repository and would run itself',
};

export const exampleRuns: readonly ExampleRun[] = [
  {
    workflow: 'hello',
    says: 'greets somebody by name',
    args: ['--who', 'Ada'],
    status: 'success',
    outputs: { greeting: 'Hello, Ada!', characters: 11 },
  },
  {
    workflow: 'repository-checks',
    says: 'passes in a tidy repository',
    args: [],
    status: 'success',
    outputs: { large_files: false },
  },
  {
    workflow: 'pull-request-checks',
    says: 'refuses a commit without a type',
    args: ['--set', 'checks.change.base=HEAD~1'],
    status: 'failed',
    outputs: { passed: 2, warnings: 0 },
  },
  {
    workflow: 'pull-request-checks',
    says: 'passes a change that follows the rules',
    args: ['--set', 'checks.change.base=HEAD', '--set', 'checks.change.title=feat: an engine that runs'],
    status: 'success',
    outputs: { passed: 3, warnings: 0 },
  },
  {
    workflow: 'flaky-service',
    says: 'gets its data at the third call',
    args: [],
    status: 'success',
    outputs: { data: 'fresh', attempts: 3 },
  },
  {
    workflow: 'flaky-service',
    says: 'falls back where the service stays away',
    args: ['--answers_at', '99'],
    status: 'partial',
    outputs: { data: 'stale', attempts: 4 },
  },
  {
    workflow: 'release',
    says: 'raises, commits, tags and pushes',
    args: ['--version_file', 'VERSION', '--increment', 'minor', '--summary', 'An engine that runs'],
    status: 'success',
    outputs: { version: '1.3.0', tag: 'v1.3.0' },
    check: pushedRelease,
  },
  {
    workflow: 'release',
    says: 'leaves the remote alone where nobody asks for a push',
    args: ['--version_file', 'VERSION', '--push', 'false', '--summary', 'An engine that runs'],
    status: 'success',
    outputs: { version: '1.2.4', tag: 'v1.2.4' },
    check: (repository) =>
      repository.remoteRefs().includes('v1.2.4') ? ['the tag is on the remote although nobody asked for a push'] : [],
  },
];

/** Names of all shipped workflows, sorted. */
export function shippedWorkflows(): readonly string[] {
  return readdirSync(shippedFolder)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'))
    .map((name) => name.slice(0, -'.yml'.length))
    .sort();
}

/** What `validate` and `plan` have against a shipped workflow; empty where nothing. Warnings count. */
export function staticFaults(workflow: string): readonly string[] {
  const repository = sampleRepository();
  try {
    const call = { program, cwd: repository.root, env: quietEnvironment(), output: 'capture' } as const;
    const validated = vwmp(['validate', workflow], call);
    const planned = vwmp(['plan', workflow, ...planArguments(workflow)], call);
    return [
      ...(validated.exitCode === 0 ? [] : [`validate exits with ${validated.exitCode}`]),
      ...(planned.exitCode === 0 ? [] : [`plan exits with ${planned.exitCode}`]),
      ...[validated.stderr, planned.stderr].filter((text) => text.trim() !== ''),
    ];
  } finally {
    repository.remove();
  }
}

function planArguments(workflow: string): readonly string[] {
  return exampleRuns.find((run) => run.workflow === workflow)?.args ?? [];
}

/** Runs an example in a repository of its own; gives what is not as it must be. */
export function runFaults(run: ExampleRun): readonly string[] {
  const repository = sampleRepository();
  try {
    const call = { program, cwd: repository.root, env: quietEnvironment(), output: 'capture' } as const;
    const { exitCode, stdout, stderr } = vwmp(['run', run.workflow, ...run.args, '--json'], call);
    const report = reportOf(stdout);
    if (report === null) return [`exit code ${exitCode}, and no report: ${stderr}`];
    if (report.status !== run.status)
      return [`status ${String(report.status)} instead of ${run.status}`, stderr, stdout];
    return [...outputFaults(report, run.outputs), ...(run.check?.(repository) ?? [])];
  } finally {
    repository.remove();
  }
}

/** The sample repository, with this product's shipped workflows in reach and a version of three parts. */
function sampleRepository(): ReleaseRepository {
  const repository = new ReleaseRepository();
  repository.write('VERSION', '1.2.3\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'Keep the version in a file of its own');
  return repository;
}

function reportOf(stdout: string): JsonMap | null {
  try {
    const value: Json = JSON.parse(stdout);
    return isJsonMap(value) ? value : null;
  } catch {
    // What it printed instead stands in the fault.
    return null;
  }
}

function outputFaults(report: JsonMap, wanted: JsonMap): readonly string[] {
  const given = isJsonMap(report.outputs) ? report.outputs : {};
  return Object.entries(wanted).flatMap(([name, value]) =>
    given[name] === value
      ? []
      : [`output ${name} is ${JSON.stringify(given[name])} instead of ${JSON.stringify(value)}`],
  );
}

function pushedRelease(repository: ReleaseRepository): readonly string[] {
  const faults: string[] = [];
  if (repository.read('VERSION') !== '1.3.0\n') faults.push(`VERSION holds ${repository.read('VERSION')}`);
  if (!repository.read('CHANGELOG.md').includes('## v1.3.0')) faults.push('CHANGELOG.md has no entry');
  const head = repository.git('rev-parse', 'HEAD');
  const remote = repository.remoteGit('rev-parse', `refs/heads/${repository.branch}`);
  const tagged = repository.remoteGit('rev-parse', 'refs/tags/v1.3.0^{commit}');
  if (head !== remote) faults.push(`the remote's branch is at ${remote}, not at ${head}`);
  if (head !== tagged) faults.push(`the remote's tag is at ${tagged}, not at ${head}`);
  if (repository.git('status', '--porcelain') !== '') faults.push('the workspace is not clean afterwards');
  return faults;
}
