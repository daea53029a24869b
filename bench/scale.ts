/**
 * How large definitions are read, checked and planned, and how fast their steps go through the engine when they cost
 * nothing. Every cell is measured in a process of its own, so that its peak of memory is its own.
 *
 * Usage: node bench/scale.ts [--sizes 10000,100000] [--shapes chain,star,layers] [--only read,run]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NodeWorkspaceFiles } from '../src/adapters/node-files/node-workspace-files.ts';
import { inProcessPluginHost } from '../src/adapters/plugin-loader/in-process-plugin-host.ts';
import { loadBundledPlugins } from '../src/adapters/plugin-loader/load-plugins.ts';
import { loadWorkflow } from '../src/app/load-workflow.ts';
import { planWorkflow } from '../src/app/plan-workflow.ts';
import type { Platform } from '../src/app/platform.ts';
import { nothingAsked } from '../src/app/run-request.ts';
import { runWorkflow } from '../src/app/run-workflow.ts';
import { ok } from '../src/core/model/result.ts';
import { buildPlatform } from '../src/entry/build-platform.ts';
import { definePlugin, success } from '../src/plugin-api/index.ts';
import { MemoryRunStore } from '../test/fakes/memory-run-store.ts';
import { printTable } from './rounds.ts';

const shapes: { readonly [name: string]: (index: number) => readonly number[] } = {
  chain: (index) => (index === 0 ? [] : [index - 1]),
  star: (index) => (index === 0 ? [] : [0]),
  layers: (index) => (index < 50 ? [] : [index - 50, index - (index % 50) - 50 + ((index + 1) % 50)]),
};

interface Cell {
  readonly what: 'read' | 'run';
  readonly shape: string;
  readonly size: number;
  /** Format of the definition, or kind of the store. */
  readonly form: string;
}

interface Measured {
  readonly seconds: readonly number[];
  readonly peakMiB: number;
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    shapes: { type: 'string', default: 'chain,star,layers' },
    only: { type: 'string', default: 'read,run' },
    cell: { type: 'string' },
  },
});

if (values.cell === undefined) compareAll();
else console.log(JSON.stringify(await measure(parseCell(values.cell))));

function compareAll(): void {
  const what = values.only.split(',');
  if (what.includes('read')) {
    console.log('\nReading with all checks, and a plan from the text (which reads again), in seconds\n');
    const rows = cellsOf('read', ['json', 'yaml']).map((cell) => {
      const { seconds, peakMiB } = inOwnProcess(cell);
      return [...headOf(cell), ...seconds.map((second) => second.toFixed(2)), peakMiB.toFixed(0)];
    });
    printTable(['shape', 'steps', 'form', 'read', 'plan', 'peak MiB'], rows);
  }
  if (what.includes('run')) {
    console.log('\nSteps a second without processes, 64 at once\n');
    const rows = cellsOf('run', ['memory', 'normal', 'full']).map((cell) => {
      const { seconds, peakMiB } = inOwnProcess(cell);
      return [
        ...headOf(cell),
        Math.round(cell.size / (seconds[0] ?? Number.NaN)).toLocaleString('en-US'),
        peakMiB.toFixed(0),
      ];
    });
    printTable(['shape', 'steps', 'store', 'steps a second', 'peak MiB'], rows);
  }
}

function cellsOf(what: Cell['what'], forms: readonly string[]): readonly Cell[] {
  return values.sizes
    .split(',')
    .flatMap((size) =>
      values.shapes.split(',').flatMap((shape) => forms.map((form) => ({ what, shape, form, size: Number(size) }))),
    );
}

function headOf({ shape, size, form }: Cell): readonly string[] {
  return [shape, size.toLocaleString('en-US'), form];
}

function inOwnProcess(cell: Cell): Measured {
  const file = fileURLToPath(import.meta.url);
  const output = execFileSync(process.execPath, [file, '--cell', JSON.stringify(cell)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const measured: unknown = JSON.parse(output);
  if (!isMeasured(measured)) throw new Error(`not a measurement: ${output}`);
  return measured;
}

async function measure(cell: Cell): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  try {
    const reference = `./large.${cell.form === 'yaml' ? 'yml' : 'json'}`;
    writeFileSync(join(folder, reference), cell.form === 'yaml' ? yamlOf(cell) : jsonOf(cell));
    const { platform, close } = platformIn(folder);
    const seconds =
      cell.what === 'read'
        ? await timeReading(platform, reference)
        : [await timeRunning(platform, reference, cell.form)];
    await close();
    return { seconds, peakMiB: process.resourceUsage().maxRSS / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeReading(platform: Platform, reference: string): Promise<readonly number[]> {
  const begin = performance.now();
  const loaded = await loadWorkflow(platform, reference);
  const read = performance.now();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error.diagnostics.slice(0, 3)));
  const planned = await planWorkflow(platform, reference, nothingAsked);
  if (!planned.ok) throw new Error(JSON.stringify(planned.error.diagnostics.slice(0, 3)));
  return [(read - begin) / 1000, (performance.now() - read) / 1000];
}

/** From the run's first event to its last. */
async function timeRunning(platform: Platform, reference: string, form: string): Promise<number> {
  const store = new MemoryRunStore();
  const [on, durability] =
    form === 'memory'
      ? [{ ...platform, openStore: async () => ok(store) }, 'normal' as const]
      : [platform, durabilityOf(form)];
  let [first, last] = [0, 0];
  const finished = await runWorkflow(
    on,
    reference,
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
  if (!finished.ok || finished.value.view.status !== 'success') throw new Error('the run did not succeed');
  return (last - first) / 1000;
}

function durabilityOf(form: string): 'normal' | 'full' {
  return form === 'full' ? 'full' : 'normal';
}

function jsonOf({ shape, size }: Cell): string {
  const needs = shapes[shape] ?? (() => []);
  const steps = Array.from({ length: size }, (_, index) => ({
    id: `s${index}`,
    handler: 'bench.nothing',
    dependencies: needs(index).map((other) => `s${other}`),
  }));
  return JSON.stringify({ name: 'Large', order: 'graph', steps }, null, 1);
}

function yamlOf({ shape, size }: Cell): string {
  const needs = shapes[shape] ?? (() => []);
  const steps = Array.from(
    { length: size },
    (_, index) =>
      `  - id: s${index}\n    handler: bench.nothing\n    dependencies: [${needs(index)
        .map((other) => `s${other}`)
        .join(', ')}]\n`,
  );
  return `name: Large\norder: graph\nsteps:\n${steps.join('')}`;
}

function platformIn(folder: string): { readonly platform: Platform; close(): Promise<void> } {
  const built = buildPlatform({
    workspace: folder,
    stateFolder: join(folder, 'state'),
    configFile: null,
    env: {},
    github: null,
  });
  // The search for plugins of the workspace would put those of the product back.
  const { pluginSearch: _, ...platform } = built.platform;
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
  const plugins = inProcessPluginHost(loadBundledPlugins([nothing]), {
    files: new NodeWorkspaceFiles(folder),
    env: {},
    clock: platform.clock,
    masker: platform.masker,
    processes: () => ({
      run: () => Promise.reject(new Error('the steps of this benchmark start no process')),
      close: () => {},
    }),
  });
  return { platform: { ...platform, plugins }, close: () => built.close() };
}

function parseCell(text: string): Cell {
  const cell: unknown = JSON.parse(text);
  if (!isCell(cell)) throw new Error(`not a cell: ${text}`);
  return cell;
}

function isCell(value: unknown): value is Cell {
  return (
    typeof value === 'object' &&
    value !== null &&
    'what' in value &&
    'shape' in value &&
    'size' in value &&
    'form' in value
  );
}

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'seconds' in value && 'peakMiB' in value;
}
