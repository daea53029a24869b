import { beforeAll, describe, expect, it } from 'vitest';
import {
  configuredCatalog,
  isAdapterEnabled,
  isHandlerEnabled,
  isWorkflowTypeEnabled,
} from '../../../../src/core/configuration/enabled.ts';
import { readConfiguration } from '../../../../src/core/configuration/read-configuration.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { catalogOf, testHandlers } from '../checks/check-definition.ts';

beforeAll(loadPatterns);

function read(text: string) {
  return readConfiguration(text, 'vwmp_config.yaml');
}

function lines(text: string): readonly string[] {
  return read(text).diagnostics.map(({ code, span, message, hint }) =>
    [code, span ? `${span.start.line}:${span.start.column}` : '-', message, hint ?? ''].join(' ').trim(),
  );
}

describe('the configuration file', () => {
  it('is read whole', () => {
    const { configuration, diagnostics } = read(`
plugins:
  enabled: true
  discovery: { method: file_based, directories: [plugins/, /usr/local/lib/vwmp/plugins] }
  auto_load: false
  aliases: { scm: git }
workflow_types: { release: { config: { version_file: VERSION } } }
step_handlers:
  release.version_bump: { retry: { enabled: true, max_attempts: 3, backoff: exponential, on: [1, exit, /busy/] } }
  git: { push: { enabled: false, config: { remote: origin } } }
  vwmp.kanban_update: { config: { kanban_board: b } }
integration_adapters: { git: { enabled: false, config: { remote: origin } } }
x-notes: ignored
$schema: ignored
`);
    expect(diagnostics).toEqual([]);
    expect(configuration).toEqual({
      file: 'vwmp_config.yaml',
      plugins: {
        enabled: true,
        autoLoad: false,
        discovery: { method: 'file_based', directories: ['plugins/', '/usr/local/lib/vwmp/plugins'] },
        aliases: { scm: 'git' },
      },
      workflowTypes: { release: { enabled: true, config: { version_file: 'VERSION' } } },
      stepHandlers: {
        'release.version_bump': {
          enabled: true,
          config: {},
          retry: { enabled: true, maxAttempts: 3, backoff: 'exponential', on: [1, 'exit', '/busy/'] },
        },
        'git.push': { enabled: false, config: { remote: 'origin' }, retry: null },
        'project.kanban_update': { enabled: true, config: { kanban_board: 'b' }, retry: null },
      },
      integrationAdapters: { git: { enabled: false, config: { remote: 'origin' } } },
    });
  });

  it.each(['', '# nothing', '{}', 'plugins: {}'])('may be as good as empty: %j', (text) => {
    expect(read(text)).toMatchObject({ configuration: { plugins: { enabled: true } }, diagnostics: [] });
  });

  it.each([
    ['pluginz: {}', 'unknown-key 1:1 Unknown key "pluginz". Did you mean "plugins"?'],
    ['plugins: { autoload: true }', 'unknown-key 1:12 Unknown key "autoload". Did you mean "auto_load"?'],
    ['plugins: [a]', 'type 1:10 `plugins` must be a map, not a list.'],
    ['plugins: { enabled: yes }', 'type 1:21 `plugins.enabled` must be true or false, not the text "yes".'],
    [
      'plugins: { discovery: { method: file-based } }',
      'value 1:33 `plugins.discovery.method` must be "file_based" or "entry_points", not the text "file-based". Did you mean "file_based"?',
    ],
    ['step_handlers: { git.push: { retri: 3 } }', 'unknown-key 1:30 Unknown key "retri". Did you mean "retry"?'],
    ['step_handlers: { git: { push: true } }', 'type 1:31 `step_handlers.git.push` must be a map, not true.'],
    [
      'step_handlers: { git.push: { retry: { delay: 0 } } }',
      'value 1:46 `delay`: The duration `0` is not above zero; leave the key out to have none.',
    ],
    [
      'personas: { qa: {} }',
      'not-yet 1:1 `personas` is part of the language, but this version does not act on it yet. Take the key out.',
    ],
    [
      'select: []',
      'not-yet 1:1 `select` is part of the language, but this version does not act on it yet. Take the key out.',
    ],
    ['[1]', 'type 1:1 The file must hold a map of settings.'],
  ])('is refused for %s', (text, line) => {
    expect(lines(text)).toEqual([line]);
    expect(read(text).configuration).toBeNull();
  });

  it('names a handler that stands there twice', () => {
    const text = 'step_handlers:\n  git.push: {}\n  git: { push: {} }\n';
    expect(lines(text)).toEqual([
      'duplicate-key 3:10 `git.push` is configured twice: here and under `step_handlers.git.push`. Keep one of the two.',
    ]);
  });

  it('reports all faults at once, syntax with its place', () => {
    expect(lines('plugins: { a: 1, b: 2 }\nselect: {}')).toHaveLength(3);
    expect(lines('plugins: {\n  a')[0]).toMatch(/^syntax \d+:\d+/);
  });

  it('warns of a first delay beyond the longest one, and can be used', () => {
    const { configuration, diagnostics } = read('step_handlers: { git.push: { retry: { delay: 5m } } }');
    expect(configuration).not.toBeNull();
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'value' }]);
  });
});

describe('what the configuration switches off', () => {
  it('is gone from the catalog, and all else is there', () => {
    const text =
      'step_handlers: { git.push: { enabled: false } }\nworkflow_types: { ci: { enabled: false } }\nintegration_adapters: { git: { enabled: false } }\nplugins: { aliases: { scm: git } }';
    const { configuration } = read(text);
    if (!configuration) throw new Error('the file is fine');
    const catalog = configuredCatalog(catalogOf(testHandlers), configuration);
    expect(catalog.find('git.push')).toBeUndefined();
    expect(catalog.find('scm.push')).toBeUndefined();
    expect(catalog.find('scm.commit')?.name).toBe('git.commit');
    expect(catalog.names()).not.toContain('git.push');
    expect(isHandlerEnabled(configuration, 'git.commit')).toBe(true);
    expect(isWorkflowTypeEnabled(configuration, 'ci')).toBe(false);
    expect(isWorkflowTypeEnabled(configuration, 'constructor')).toBe(true);
    expect(isAdapterEnabled(configuration, 'git')).toBe(false);
  });
});
