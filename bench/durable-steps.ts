/**
 * How many steps a second the engine carries through its journal when the steps themselves cost nothing: the handler
 * answers at once, in this process. All events are durable before their consequences begin.
 *
 * Usage: node bench/durable-steps.ts [--steps 20000] [--rounds 3]
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NodeFileBackups } from '../src/adapters/node-files/node-file-backups.ts';
import { NodeWorkspaceFiles } from '../src/adapters/node-files/node-workspace-files.ts';
import { inProcessPluginHost } from '../src/adapters/plugin-loader/in-process-plugin-host.ts';
import { loadBundledPlugins } from '../src/adapters/plugin-loader/load-plugins.ts';
import { nothingAsked } from '../src/app/run-request.ts';
import { runWorkflow } from '../src/app/run-workflow.ts';
import { buildPlatform } from '../src/entry/build-platform.ts';
import { definePlugin, success } from '../src/plugin-api/index.ts';
import { inRounds, median, printTable } from './rounds.ts';

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' } },
});
const steps = Number(values.steps);

const nothing = definePlugin({
  name: 'bench',
  version: '1.0.0',
  description: 'Steps that cost nothing.',
  handlers: {
    nothing: {
      title: 'Nothing',
      description: 'Succeeds at once.',
      configuration: { type: 'object', additionalProperties: false, properties: {} },
      outputs: {},
      execute: async () => success({}),
    },
  },
});

/** The handler starts none. */
const noProcesses = {
  run: () => Promise.reject(new Error('the steps of this benchmark start no process')),
  close: () => {},
};

const wide = (): readonly string[] => [];
const chain = (index: number): readonly string[] => (index === 0 ? [] : [`s${index - 1}`]);

const cases = [
  { name: 'wide, 64 at once, normal', needs: wide, count: steps, durability: 'normal' },
  { name: 'wide, 64 at once, full', needs: wide, count: Math.ceil(steps / 10), durability: 'full' },
  { name: 'chain, normal', needs: chain, count: Math.ceil(steps / 2), durability: 'normal' },
  { name: 'chain, full', needs: chain, count: Math.ceil(steps / 100), durability: 'full' },
] as const;

const series = await inRounds(
  cases.map((each) => ({ name: each.name, measure: () => stepsASecond(each) })),
  Number(values.rounds),
);
printTable(
  ['form', 'steps', 'steps a second, median', 'best'],
  series.map(({ name, values: rates }, index) => [
    name,
    String(cases[index]?.count ?? 0),
    Math.round(median(rates)).toLocaleString('en-US'),
    Math.round(Math.max(...rates)).toLocaleString('en-US'),
  ]),
);

/** From the run's first event to its last; reading the definition is not in it. */
async function stepsASecond({ needs, count, durability }: (typeof cases)[number]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-durable-'));
  try {
    const definition = {
      name: 'Nothing',
      order: 'graph',
      steps: Array.from({ length: count }, (_, index) => ({
        id: `s${index}`,
        handler: 'bench.nothing',
        dependencies: needs(index),
      })),
    };
    writeFileSync(join(folder, 'nothing.json'), JSON.stringify(definition));
    const stateFolder = join(folder, 'state');
    const built = buildPlatform({
      workspace: folder,
      stateFolder,
      configFile: null,
      env: {},
      github: null,
    });
    // The search would answer with the bundled plugins, which know no such handler.
    const { pluginSearch: _, ...platform } = built.platform;
    const plugins = inProcessPluginHost(loadBundledPlugins([nothing]), {
      files: new NodeWorkspaceFiles(folder),
      backups: new NodeFileBackups(folder, () => join(folder, '.before')),
      env: {},
      clock: platform.clock,
      masker: platform.masker,
      processes: () => noProcesses,
    });
    let first = 0;
    let last = 0;
    const finished = await runWorkflow(
      { ...platform, plugins },
      './nothing.json',
      { ...nothingAsked, durability, maxParallel: 64 },
      {
        observer: {
          event: ({ kind }) => {
            if (kind === 'run-started') first = performance.now();
            if (kind === 'run-ended') last = performance.now();
          },
          output: () => undefined,
          log: () => {},
        },
        onCancel: () => {},
      },
    );
    await built.close();
    if (!finished.ok || finished.value.view.status !== 'success') throw new Error('the run did not succeed');
    if (statSync(join(stateFolder, 'state.db')).size === 0) throw new Error('nothing was recorded');
    return count / ((last - first) / 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
