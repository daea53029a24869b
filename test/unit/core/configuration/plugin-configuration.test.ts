import { beforeAll, describe, expect, it } from 'vitest';
import { configuredHandler } from '../../../../src/core/configuration/apply-plugin-configuration.ts';
import { readPluginConfiguration } from '../../../../src/core/configuration/plugin-configuration.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { testHandlers } from '../checks/check-definition.ts';

beforeAll(loadPatterns);

const text = `
adapter:
  name: git
  config_schema:
    remote: { type: string, default: origin }
    branch: { type: string, default: null }
step_handlers:
  commit:
    config_schema:
      message_template: { type: string, default: "{version} - {summary}" }
      sign: { type: boolean, default: true }
    retry: { enabled: false }
workflow_type:
  name: release
  templates:
    - name: Standard
      description: All of it
      template:
        steps:
          - { handler: git.commit }
          - { id: step-1, handler: git.push }
          - { handler: git.push }
`;

describe("a plugin's configuration file", () => {
  it('gives fields, retry and templates whose steps all have ids', () => {
    const { configuration, diagnostics } = readPluginConfiguration(text, 'plugins/git/config.yaml');
    expect(diagnostics).toEqual([]);
    expect(configuration?.adapter).toEqual({
      name: 'git',
      fields: { remote: { type: 'string', default: 'origin' }, branch: { type: 'string' } },
    });
    expect(configuration?.stepHandlers.commit?.retry).toEqual({ enabled: false });
    expect(configuration?.workflowType?.templates[0]?.definition).toEqual({
      steps: [
        { id: 'step-2', handler: 'git.commit' },
        { id: 'step-1', handler: 'git.push' },
        { id: 'step-3', handler: 'git.push' },
      ],
    });
  });

  it('adds fields to the handler and changes defaults, and keeps the marks of the code', () => {
    const { configuration } = readPluginConfiguration(text, 'plugins/git/config.yaml');
    const commit = testHandlers.find(({ name }) => name === 'git.commit');
    if (!configuration || !commit) throw new Error('both exist');
    const { properties } = configuredHandler(commit, configuration).configuration;
    expect(properties?.message_template).toEqual({
      type: 'string',
      template: ['branch'],
      default: '{version} - {summary}',
    });
    expect(properties?.sign).toEqual({ type: 'boolean', default: true });
    expect(properties?.amend).toEqual({ type: 'boolean' });
  });

  it.each([
    ['adapter: { config_schema: {} }', 'missing-key', 'Lacks the key "name".'],
    [
      'step_handlers: { a: { config_schema: { x: { type: strin } } } }',
      'config-file',
      'The field `x` has a wrong schema',
    ],
    [
      'step_handlers: { a: { config_schema: { x: { type: integer, default: y } } } }',
      'value',
      'The default of `x` must be a whole number',
    ],
    [
      'step_handlers: { a: { retry: { max_attempts: 0 } } }',
      'value',
      '`max_attempts`: must be a whole number of 1 or more',
    ],
    ['workflow_type: { name: x, templats: [] }', 'unknown-key', 'Unknown key "templats"'],
  ])('is refused for %s', (wrong, code, words) => {
    const { configuration, diagnostics } = readPluginConfiguration(wrong, 'config.yaml');
    expect(configuration).toBeNull();
    expect(diagnostics).toMatchObject([{ code, message: expect.stringContaining(words) }]);
  });

  it('may give defaults that are templates', () => {
    const { diagnostics } = readPluginConfiguration(
      'step_handlers: { a: { config_schema: { n: { type: integer, default: "{{ env.N }}" } } } }',
      'c',
    );
    expect(diagnostics).toEqual([]);
  });
});
