import { describe, expect, test } from 'vitest';
import { readModuleDescription } from '../../../../src/adapters/plugin-host/module-description.ts';
import { readPluginDescription } from '../../../../src/adapters/plugin-host/plugin-description.ts';
import type { Json } from '../../../../src/core/model/json.ts';

const handler = { title: 't', description: 'd', configuration: { type: 'object' }, hasExecute: true };
const plugin = (more: { readonly [key: string]: Json } = {}) => ({
  apiVersion: 1,
  name: 'p',
  version: '1',
  description: '',
  ...more,
});

describe('what a plugin says of itself', () => {
  test('fits, with what it left out empty', async () => {
    expect(await readPluginDescription(plugin({ handlers: { act: handler } }))).toMatchObject({
      ok: true,
      value: { name: 'p', handlers: { act: { title: 't' } }, adapters: {}, workflowTypes: [] },
    });
  });

  const type = { name: 'x', title: '', description: '', configuration: {}, templates: [] };

  test('a customary step may be one handler, or any of several', async () => {
    const fitting = plugin({ workflowTypes: [{ ...type, customarySteps: ['a.b', ['c.d', 'e.f']] }] });
    expect(await readPluginDescription(fitting)).toMatchObject({
      value: { workflowTypes: [{ customarySteps: ['a.b', ['c.d', 'e.f']] }] },
    });
  });

  test.each<[Json, RegExp]>([
    [5, /no map/],
    [plugin({ workflowTypes: [{ ...type, customarySteps: [[]] }] }), /customarySteps\[0\]/],
    [
      plugin({ workflowTypes: [{ ...type, customarySteps: [], templates: [{ name: 'x', description: '' }] }] }),
      /templates\[0\].*definition/,
    ],
    [{ name: 'p' }, /not made by `definePlugin`/],
    [plugin({ apiVersion: 7 }), /version 7/],
    [plugin({ name: 5 }), /`name`/],
    [plugin({ name: 'Big' }), /the name "Big"/],
    [plugin({ handlers: { act: { ...handler, hasExecute: false } } }), /`handlers.act.execute` must be a function/],
    [plugin({ handlers: { Act: handler } }), /the name "Act"/],
    [plugin({ handlers: { act: { ...handler, permissions: ['all'] } } }), /permissions/],
    [plugin({ handlers: { act: { ...handler, rollback: 'maybe' } } }), /rollback/],
    [plugin({ handlers: { act: { ...handler, retry: { maxAttempts: 0 } } } }), /retry of `act`/],
    [plugin({ handlers: { act: { ...handler, configuration: { pattern: '(?=x)' } } } }), /configuration\.pattern/],
    [plugin({ handlers: { act: { ...handler, outputs: { x: { type: 'text' } } } } }), /outputs\.x/],
    [plugin({ workflowTypes: [{ name: 'x' }] }), /workflowTypes\[0\]/],
    [plugin({ adapters: { a: { description: '', configuration: {}, hasInitialize: false } } }), /initialize/],
  ])('%j is refused', async (value, reason) => {
    expect(await readPluginDescription(value)).toEqual({ ok: false, error: expect.stringMatching(reason) });
  });
});

describe('what a module says of itself', () => {
  test('actions that no step can name are set apart', () => {
    const actions = ['run', 'runAll'].map((name) => ({ name, isFunction: true }));
    expect(readModuleDescription({ name: 'm', actions })).toMatchObject({
      ok: true,
      value: { actions: ['run'], unreachable: ['runAll'], permissions: null, version: null },
    });
  });

  test.each<[Json, RegExp]>([
    [null, /no map/],
    [{ actions: null }, /`actions` is not a map/],
    [{ actions: [{ name: 'a', isFunction: false }] }, /"a" is not a function/],
    [{ actions: [], version: 1 }, /`version` is not a text/],
    [{ actions: [], permissions: 'files' }, /permissions/],
    [{ actions: [], permissions: ['everything'] }, /permissions/],
  ])('%j is refused', (value, reason) => {
    expect(readModuleDescription(value)).toEqual({ ok: false, error: expect.stringMatching(reason) });
  });
});
