import { describe, expect, test } from 'vitest';
import { configuredPlugin, unknownParts } from '../../../../src/adapters/plugin-host/configured-plugin.ts';
import { readPluginConfiguration } from '../../../../src/core/configuration/plugin-configuration.ts';
import { definePlugin, success } from '../../../../src/plugin-api/index.ts';

function configurationOf(text: string) {
  const { configuration } = readPluginConfiguration(text, 'config.yaml');
  if (configuration === null) throw new Error('the configuration has errors');
  return configuration;
}

const plugin = definePlugin({
  name: 'p',
  version: '1.0.0',
  description: '',
  handlers: {
    act: {
      title: 'Act',
      description: '',
      configuration: { type: 'object', properties: { x: { type: 'string', default: 'code', template: true } } },
      execute: async () => success({}),
    },
  },
  workflowTypes: [
    {
      name: 'kind',
      title: 'Kind',
      description: '',
      configuration: { type: 'object' },
      customarySteps: ['p.act'],
      templates: [{ name: 'One', description: 'of the code', definition: {} }],
    },
  ],
});

describe('a plugin with its configuration file', () => {
  test('has the defaults and retry of the file, and keeps what the file does not say', () => {
    const fields = '{ x: { type: string, default: file }, y: { type: integer } }';
    const configured = configuredPlugin(
      plugin,
      configurationOf(`step_handlers: { act: { config_schema: ${fields}, retry: { max_attempts: 5 } } }`),
    );
    expect(configured.handlers?.act).toMatchObject({
      title: 'Act',
      configuration: { properties: { x: { default: 'file', template: true }, y: { type: 'integer' } } },
      retry: { maxAttempts: 5 },
    });
  });

  test('has the templates of the file, which replace those of the same name', () => {
    const template = '{ name: One, template: { steps: [{ handler: p.act }] }, default_config: { x: 1 } }';
    const configured = configuredPlugin(
      plugin,
      configurationOf(`workflow_type: { name: kind, templates: [${template}] }`),
    );
    expect(configured.workflowTypes).toMatchObject([
      {
        name: 'kind',
        customarySteps: ['p.act'],
        templates: [{ name: 'One', definition: { config: { x: 1 }, steps: [{ id: 'step-1', handler: 'p.act' }] } }],
      },
    ]);
  });

  test('has a workflow type that only the file knows', () => {
    const configured = configuredPlugin(plugin, configurationOf('workflow_type: { name: other, templates: [] }'));
    expect(configured.workflowTypes?.map(({ name }) => name)).toEqual(['kind', 'other']);
  });

  test('what the file configures and the plugin does not have is named', () => {
    const text = 'step_handlers: { act: {}, gone: {} }\nadapter: { name: none }\n';
    expect(unknownParts(plugin, configurationOf(text))).toEqual(['step_handlers.gone', 'adapter']);
  });
});
