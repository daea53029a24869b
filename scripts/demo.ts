/**
 * A release from bump to push, in a sample repository with a remote of its own, through the command line.
 * Fails where the release is not as it must be.
 *
 * Usage: node scripts/demo.ts [--keep]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lookUpRun } from '../src/app/look-up-run.ts';
import type { RunView } from '../src/core/model/run-view.ts';
import { runDiagram } from '../src/core/report/mermaid.ts';
import { stepTable } from '../src/core/report/step-table.ts';
import { buildPlatform } from '../src/entry/build-platform.ts';
import { quietEnvironment } from '../test/rigs/plugin-context.ts';
import { ReleaseRepository, releasePaths } from '../test/rigs/release-repository.ts';
import { releaseFaults } from './examples/release-faults.ts';
import { vwmp } from './examples/vwmp.ts';

const shipped = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const definition = new URL('../test/golden/seeds/000-release.yml', import.meta.url);
const summary = 'A first engine that runs steps';
const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });

const repository = sampleRepository();
try {
  process.exitCode = await release();
} finally {
  if (values.keep) console.log(`\nThe sample repository is kept: ${repository.root}`);
  else repository.remove();
}

async function release(): Promise<number> {
  chapter('The repository');
  console.log(repository.git('log', '--oneline', '--decorate', '--max-count', '3'));

  chapter('What a release would do: vwmp plan release');
  if (call(['plan', 'release', '--summary', summary]) !== 0) return 1;

  chapter('The release: vwmp run release');
  const exitCode = call(['run', 'release', '--summary', summary]);

  const view = await recordedRun();
  if (view === null) return 1;
  chapter('The diagram of the run, as Mermaid');
  console.log(runDiagram(view).text.trimEnd());
  chapter('The table of the run, as Markdown');
  console.log(stepTable(view.steps).trimEnd());
  chapter('What stands on the remote now');
  console.log(repository.remoteGit('log', '--oneline', '--max-count', '2', '--stat', repository.branch));
  console.log(repository.remoteGit('for-each-ref', '--format=%(objecttype) %(refname:short)'));

  const faults = [
    ...(exitCode === 0 ? [] : [`the run exits with ${exitCode}`]),
    ...releaseFaults(repository, view, summary),
  ];
  chapter(faults.length === 0 ? '✓ The release is as it must be' : '✗ The release is not as it must be');
  for (const fault of faults) console.log(`- ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

/** The definition stands in the repository as its users would have it, committed and pushed. */
function sampleRepository(): ReleaseRepository {
  const sample = new ReleaseRepository();
  sample.write('workflows/release.yml', readFileSync(definition, 'utf8'));
  sample.git('add', '--all');
  sample.git('commit', '--quiet', '--message', 'build: a workflow for releases');
  sample.git('push', '--quiet', 'origin', sample.branch);
  console.log(
    `A sample repository with version ${sample.read(releasePaths.version).match(/"([\d.+]+)"/)?.[1]} in ${sample.root}`,
  );
  return sample;
}

function call(args: readonly string[]): number {
  return vwmp(args, { program: shipped, cwd: repository.root, env: quietEnvironment(), output: 'inherit' }).exitCode;
}

/** What the run left in the state folder, the way every report gets it. */
async function recordedRun(): Promise<RunView | null> {
  const { platform, close } = buildPlatform({
    workspace: repository.root,
    stateFolder: join(repository.root, '.vwmp'),
    configFile: null,
    env: quietEnvironment(),
    github: null,
  });
  const found = await lookUpRun(platform, null);
  await close();
  if (found.ok) return found.value;
  console.log(found.error.message);
  return null;
}

function chapter(title: string): void {
  console.log(`\n== ${title}\n`);
}
