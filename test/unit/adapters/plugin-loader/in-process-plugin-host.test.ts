import { expect, it } from 'vitest';
import { inProcessPluginHost } from '../../../../src/adapters/plugin-loader/in-process-plugin-host.ts';
import { loadBundledPlugins } from '../../../../src/adapters/plugin-loader/load-plugins.ts';
import { type Configuration, noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import { addressOf, stepId } from '../../../../src/core/model/ids.ts';
import type { JsonMap } from '../../../../src/core/model/json.ts';
import { CancelSource, definePlugin, success } from '../../../../src/plugin-api/index.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { MemoryBackups } from '../../../fakes/memory-backups.ts';
import { sampleRunId } from '../../../fakes/sample-run.ts';

const plugin = definePlugin({
  name: 'tool',
  version: '2.0.0',
  description: 'A tool.',
  handlers: {
    ask: {
      title: 'Ask',
      description: 'Asks the adapter.',
      configuration: {},
      execute: async (context) => success({ config: await context.adapter<JsonMap>('service') }),
    },
  },
  adapters: {
    service: {
      description: 'A service.',
      configuration: { type: 'object', properties: { url: { type: 'string', default: 'http://default' } } },
      initialize: async ({ config }) => ({ api: config }),
    },
  },
});

const host = inProcessPluginHost(loadBundledPlugins([plugin]), {
  files: {
    root: '/work',
    read: async () => '',
    write: async () => {},
    exists: async () => false,
    stat: async () => null,
    list: async () => [],
    readBytes: async () => new Uint8Array(),
    glob: async () => [],
  },
  backups: new MemoryBackups(),
  env: {},
  clock: new ManualClock(),
  masker: {
    add: () => {},
    mask: (text) => text,
    maskJson: (value) => value,
    stream: () => ({ push: (chunk) => chunk, end: () => '' }),
  },
  processes: () => ({ run: () => Promise.reject(new Error('no processes here')), close: () => {} }),
});

function ask(handler: string, configuration: Partial<Configuration>, adapters: JsonMap = {}) {
  const runner = host.runner({
    runId: sampleRunId(1),
    observer: { event: () => {}, output: () => {}, log: () => {} },
    adapters,
    env: {},
    secrets: {},
    configuration: { ...noConfiguration, ...configuration },
  });
  return runner.execute({
    handler,
    runId: sampleRunId(1),
    workflow: { name: 'w', version: '1' },
    step: { id: 's', address: addressOf(stepId('s')), name: 's' },
    visit: 1,
    attempt: 1,
    config: {},
    env: {},
    secrets: {},
    idempotencyKey: 'k',
    timeoutMs: null,
    signal: new CancelSource(),
    reads: {
      parameters: () => [],
      outputs: () => null,
      upstream: () => [],
      changedFiles: () => [],
      state: () => null,
      setState: () => {},
    },
  });
}

it('shows what the plugins provide', () => {
  expect(host.catalog.names()).toEqual(['tool.ask']);
  expect(host.plugins).toEqual([{ name: 'tool', version: '2.0.0', description: 'A tool.' }]);
  expect(host.adapters.service).toMatchObject({ description: 'A service.' });
});

it('gives adapters the settled configuration of the run over their defaults', async () => {
  expect(await ask('tool.ask', {})).toEqual({ kind: 'success', outputs: { config: { url: 'http://default' } } });
  expect(await ask('tool.ask', {}, { service: { url: 'http://other' } })).toEqual({
    kind: 'success',
    outputs: { config: { url: 'http://other' } },
  });
});

it('finds handlers by the other names of their plugins', async () => {
  const plugins = { ...noConfiguration.plugins, aliases: { old: 'tool' } };
  expect(await ask('old.ask', { plugins })).toMatchObject({ kind: 'success' });
  expect(await ask('old.ask', {})).toMatchObject({ kind: 'failed', failure: { kind: 'not-found' } });
});

it('does not run or give what the configuration switches off', async () => {
  const off = { enabled: false, config: {} };
  expect(await ask('tool.ask', { stepHandlers: { 'tool.ask': { ...off, retry: null } } })).toMatchObject({
    kind: 'failed',
    failure: { kind: 'not-found' },
  });
  expect(await ask('tool.ask', { integrationAdapters: { service: off } })).toMatchObject({
    kind: 'failed',
    failure: { kind: 'permission' },
  });
});
