/**
 * How large definitions are read, checked and planned, and how fast their steps go through the engine when they cost
 * nothing. Every cell is measured in a process of its own, so that its peak of memory is its own.
 *
 * Usage: node bench/scale.ts [--sizes 10000,100000] [--shapes chain,star,layers] [--only read,plan,run]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NodeFileBackups } from '../src/adapters/node-files/node-file-backups.ts';
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
  readonly what: 'read' | 'plan' | 'run';
  readonly shape: string;
  readonly size: number;
  /** Format of the definition, or kind of the store. */
  readonly form: string;
}

interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    shapes: { type: 'string', default: 'chain,star,layers' },
    only: { type: 'string', default: 'read,plan,run' },
    cell: { type: 'string' },
  },
});

if (values.cell === undefined) compareAll();
else console.log(JSON.stringify(await measure(parseCell(values.cell))));

function compareAll(): void {
  const tables = [
    { what: 'read', title: 'Reading and checking', forms: ['json', 'yaml'] },
    { what: 'plan', title: 'Planning, from the text', forms: ['json', 'yaml'] },
    { what: 'run', title: 'Running without processes, 64 at once', forms: ['memory', 'normal', 'full'] },
  ] as const;
  for (const { what, title, forms } of tables) {
    if (!values.only.split(',').includes(what)) continue;
    console.log(`\n${title}\n`);
    printTable(
      ['shape', 'steps', what === 'run' ? 'store' : 'form', 'seconds', 'steps a second', 'peak MiB'],
      cellsOf(what, forms).map(rowOf),
    );
  }
}

function rowOf(cell: Cell): readonly string[] {
  const { seconds, peakMiB } = inOwnProcess(cell);
  const rate = Math.round(cell.size / seconds).toLocaleString('en-US');
  return [cell.shape, cell.size.toLocaleString('en-US'), cell.form, seconds.toFixed(2), rate, peakMiB.toFixed(0)];
}

function cellsOf(what: Cell['what'], forms: readonly string[]): readonly Cell[] {
  return values.sizes
    .split(',')
    .flatMap((size) =>
      values.shapes.split(',').flatMap((shape) => forms.map((form) => ({ what, shape, form, size: Number(size) }))),
    );
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
    const seconds = await timeOf(cell, platform, reference);
    await close();
    return { seconds, peakMiB: process.resourceUsage().maxRSS / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf({ what, form }: Cell, platform: Platform, reference: string): Promise<number> {
  if (what === 'run') return timeRunning(platform, reference, form);
  const begin = performance.now();
  const result =
    what === 'read' ? await loadWorkflow(platform, reference) : await planWorkflow(platform, reference, nothingAsked);
  if (!result.ok) throw new Error(JSON.stringify(result.error.diagnostics.slice(0, 3)));
  return (performance.now() - begin) / 1000;
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
    backups: new NodeFileBackups(folder, () => join(folder, '.before')),
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
