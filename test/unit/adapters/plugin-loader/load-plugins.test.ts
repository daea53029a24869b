import { expect, it } from 'vitest';
import { loadBundledPlugins } from '../../../../src/adapters/plugin-loader/load-plugins.ts';
import type { Plugin, StepHandler } from '../../../../src/core/ports/plugin.ts';
import { definePlugin, success } from '../../../../src/plugin-api/index.ts';

const handler: StepHandler = {
  title: 'Do',
  description: 'Does it.',
  configuration: { type: 'object' },
  execute: async () => success({}),
};
const adapter = { description: 'A', configuration: {}, initialize: async () => ({ api: null }) };

function plugin(name: string, more: Partial<Plugin> = {}): Plugin {
  return { ...definePlugin({ name, version: '1.0.0', description: name }), ...more };
}

it('describes handlers by their full names, with the defaults of what they leave out', () => {
  const { catalog } = loadBundledPlugins([
    plugin('zeta', { handlers: { do: handler } }),
    plugin('alpha', {
      handlers: {
        make: {
          ...handler,
          icon: 'hammer',
          category: 'build',
          outputs: { path: { type: 'string' } },
          placeholders: { file: 'path' },
          process: true,
          retry: { maxAttempts: 2 },
          rollback: 'never',
          preview: async () => ({ summary: '', diffs: [], commands: [] }),
          probe: async () => ({ kind: 'unknown' }),
        },
      },
    }),
  ]);
  expect(catalog.names()).toEqual(['alpha.make', 'zeta.do']);
  expect(catalog.find('zeta.do')).toEqual({
    name: 'zeta.do',
    title: 'Do',
    description: 'Does it.',
    plugin: { name: 'zeta', version: '1.0.0' },
    configuration: { type: 'object' },
    outputs: null,
    placeholders: {},
    process: false,
    retry: null,
    rollback: 'none',
    hasPreview: false,
    hasProbe: false,
    hasUndo: false,
  });
  expect(catalog.find('alpha.make')).toMatchObject({
    icon: 'hammer',
    category: 'build',
    outputs: { path: { type: 'string' } },
    placeholders: { file: 'path' },
    process: true,
    retry: { maxAttempts: 2 },
    rollback: 'never',
    hasPreview: true,
    hasProbe: true,
    hasUndo: false,
  });
  expect(catalog.find('alpha.do')).toBeUndefined();
  expect(catalog.find('toString')).toBeUndefined();
});

it('gives adapters and workflow types of all plugins', () => {
  const type = { name: 'release', title: 'R', description: 'R', configuration: {}, customarySteps: [], templates: [] };
  const loaded = loadBundledPlugins([
    plugin('a', { adapters: { git: adapter } }),
    plugin('b', { workflowTypes: [type] }),
  ]);
  expect([...loaded.adapters.keys()]).toEqual(['git']);
  expect(loaded.workflowTypes).toEqual([type]);
});

it('refuses a plugin of another version of the interface by name and number', () => {
  const old: Plugin = JSON.parse(JSON.stringify({ ...plugin('old'), apiVersion: 7 }));
  expect(() => loadBundledPlugins([old])).toThrow(/plugin "old".*version 7/);
});

it('names everything that is wrong at once', () => {
  const type = { name: 'ci', title: '', description: '', configuration: {}, customarySteps: [], templates: [] };
  const load = () =>
    loadBundledPlugins([
      plugin('Bad Name'),
      plugin('twin', { handlers: { 'a.b': handler }, adapters: { git: adapter } }),
      plugin('twin', { adapters: { git: adapter }, workflowTypes: [type, type] }),
    ]);
  for (const fault of [
    '"Bad Name"',
    '"a.b"',
    'plugin "twin" is provided twice',
    'adapter "git" is provided twice',
    'workflow type "ci" is provided twice',
  ]) {
    expect(load).toThrow(fault);
  }
});
