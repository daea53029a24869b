import { describe, expect, it } from 'vitest';
import { layerAdapterConfig } from '../../../../src/core/configuration/adapter-values.ts';
import { type Configuration, noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import { type LayerInput, layerStepConfig } from '../../../../src/core/configuration/layer-step-config.ts';
import { parseSet } from '../../../../src/core/configuration/parse-set.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { scopeOfRoots } from '../../../../src/core/expression/scope.ts';
import { settleJson } from '../../../../src/core/expression/settle.ts';
import type { JsonMap } from '../../../../src/core/model/json.ts';
import type { JsonSchema } from '../../../../src/core/model/schema.ts';
import { testHandlers } from '../checks/check-definition.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    a: { type: 'string', default: 'from the plugin' },
    n: { type: 'integer' },
    list: { type: 'array' },
    headers: { type: 'object' },
    text: { type: 'string', template: true },
    script: { type: 'string', script: true },
    shell: { type: 'string' },
    skip: { type: 'boolean', parameter: 'skip_it' },
    kind: { type: 'string', parameter: 'kind', parameterLabel: true },
  },
};

interface Given {
  readonly head?: string;
  readonly config?: string;
  readonly configuration?: Partial<Configuration>;
  readonly environment?: LayerInput['environment'];
  readonly set?: readonly string[];
}

function layer({ head = '', config = '{}', configuration = {}, environment = {}, set = [] }: Given) {
  const { workflow } = readWorkflow(
    `name: x\ntype: kind-of\n${head}\nsteps:\n  - { id: s, handler: plug.act, config: ${config} }\n`,
    'f.yml',
  );
  const step = workflow?.steps[0];
  const base = testHandlers[0];
  if (!workflow || !step || !base) throw new Error('the text is a workflow');
  return layerStepConfig({
    step,
    workflow,
    handler: { ...base, name: 'plug.act', plugin: { name: 'plug', version: '1' }, configuration: schema },
    configuration: { ...noConfiguration, ...configuration },
    environment,
    set: set.map((text) => parseSet(text)).flatMap((each) => (each.ok ? [each.value] : [])),
  });
}

const files: Partial<Configuration> = {
  file: 'vwmp_config.yaml',
  stepHandlers: { 'plug.act': { enabled: true, config: { a: 'handler' }, retry: null } },
  integrationAdapters: { plug: { enabled: true, config: { a: 'adapter', unknown: 1 } } },
  workflowTypes: { 'kind-of': { enabled: true, config: { a: 'type', unknown: 1 } } },
};

function settled(config: JsonMap, roots: JsonMap) {
  const value = settleJson(config, scopeOfRoots(roots));
  return value.ok ? value.value : value.error;
}

describe('the layers of a configuration', () => {
  it('stand one over the other in the order of the language', () => {
    const environment = { VWMP_PLUG_ACT_A: 'environment' };
    const head = 'config: { a: workflow }';
    const config = '{ a: step }';
    const only = (name: keyof Configuration) => ({ [name]: files[name] });
    const layersOf = (given: Given) => layer(given).origins.a?.layer;
    expect(layersOf({})).toBe('default');
    expect(layersOf({ configuration: only('stepHandlers') })).toBe('handler');
    expect(layersOf({ configuration: { ...only('stepHandlers'), ...only('integrationAdapters') } })).toBe('adapter');
    expect(layersOf({ configuration: files })).toBe('workflow-type');
    expect(layersOf({ configuration: files, environment })).toBe('environment');
    expect(layersOf({ configuration: files, environment, head })).toBe('workflow');
    expect(layersOf({ configuration: files, environment, head, config })).toBe('step');
    expect(layersOf({ configuration: files, environment, head, config, set: ['s.a=set'] })).toBe('set');
  });

  it('give only keys that the schema knows, where they are meant for many handlers', () => {
    expect(layer({ configuration: files, head: 'config: { other: 1, script: x }' }).config).toEqual({ a: 'type' });
  });

  it('are left out where they are switched off', () => {
    const configuration: Partial<Configuration> = {
      integrationAdapters: { plug: { enabled: false, config: { a: 'x' } } },
      workflowTypes: { 'kind-of': { enabled: false, config: { a: 'x' } } },
    };
    expect(layer({ configuration }).origins.a?.layer).toBe('default');
  });

  it('read the settled value of the workflow, and the written text for a template field', () => {
    const { config } = layer({ head: 'config: { n: "{{ env.N }}", text: "{version} {{ config.n }}" }' });
    expect(config.text).toBe('{version} {{ config.n }}');
    expect(settled({ n: config.n ?? null }, { config: { n: 5 } })).toEqual({ n: 5 });
  });

  it('take the shell of the defaults', () => {
    expect(layer({ head: 'defaults: { shell: sh }' }).config.shell).toBe('sh');
    expect(layer({ head: 'defaults: { shell: sh }', config: '{ shell: node }' }).config.shell).toBe('node');
  });

  it('tell the plugin defaults apart, for keys that come out as null', () => {
    expect(layer({ config: '{ a: null }' })).toMatchObject({ config: { a: null }, defaults: { a: 'from the plugin' } });
  });

  it('say where each value comes from', () => {
    const { origins } = layer({
      configuration: files,
      environment: { VWMP_PLUG_ACT_N: '3' },
      config: '{ list: [] }',
      set: ['s.headers.x=1'],
    });
    expect(origins).toMatchObject({
      a: { where: 'vwmp_config.yaml: workflow_types.kind-of.config.a' },
      n: { where: 'VWMP_PLUG_ACT_N' },
      list: { where: 'step s' },
      headers: { where: '--set s.headers.x' },
    });
  });
});

describe('values from the environment', () => {
  it('have the type of their key', () => {
    const environment = {
      VWMP_PLUG_ACT_N: '3',
      VWMP_PLUG_ACT_LIST: '[a, 2]',
      VWMP_PLUG_ACT_A: '5',
      VWMP_PLUG_ACT_SKIP: 'true',
    };
    expect(layer({ environment }).config).toMatchObject({ n: 3, list: ['a', 2], a: '5', skip: true });
  });

  it('are refused where they do not fit', () => {
    expect(layer({ environment: { VWMP_PLUG_ACT_N: 'many' } }).faults).toEqual([
      'the environment variable VWMP_PLUG_ACT_N must be of type integer',
    ]);
  });

  it.each([
    '{{ secrets.X }}',
    '${ env.HOME }',
    '${{ 1 }}',
    '{{{ 1 }}}',
    '${{{ 1 }}}',
    '\\${ 1 }',
    '\\\\{{ 1 }}',
    'plain $ { text',
  ])('are never taken for templates: %s', (text) => {
    const { config } = layer({ environment: { VWMP_PLUG_ACT_A: text, VWMP_PLUG_ACT_LIST: JSON.stringify([text]) } });
    expect(settled(config, {})).toEqual({ a: text, list: [text] });
  });

  it('never make a script', () => {
    expect(layer({ environment: { VWMP_PLUG_ACT_SCRIPT: 'rm' } }).config).not.toHaveProperty('script');
  });
});

describe('parameters that a schema binds', () => {
  const head =
    'parameters: [{ name: skip_it, type: boolean }, { name: kind, type: enum, options: [{ value: fix, label: "Fix it\'s \\\\ 🐞" }, plain] }]\nconfig: { skip: false }';

  it('fill the key over every layer below the step', () => {
    const { config, origins } = layer({ head });
    expect(origins.skip).toEqual({ layer: 'parameter', where: 'parameter skip_it' });
    expect(settled({ skip: config.skip ?? null }, { parameters: { skip_it: true } })).toEqual({ skip: true });
  });

  it('leave a key alone that the step writes, as null too', () => {
    expect(layer({ head, config: '{ skip: true }' }).config.skip).toBe(true);
    expect(layer({ head, config: '{ skip: null }' }).config.skip).toBeNull();
  });

  it('give the label of the option where the schema asks for it', () => {
    const kind = layer({ head }).config.kind ?? null;
    expect(settled({ kind }, { parameters: { kind: 'fix' } })).toEqual({ kind: "Fix it's \\ 🐞" });
    expect(settled({ kind }, { parameters: { kind: 'plain' } })).toEqual({ kind: 'plain' });
    expect(settled({ kind }, { parameters: { kind: null } })).toEqual({});
  });

  it('do nothing where the workflow does not declare them', () => {
    expect(layer({}).config).toEqual({ a: 'from the plugin' });
  });
});

describe('--set', () => {
  it.each([
    ['s.n=5', { n: 5 }],
    ['s.a=5', { a: '5' }],
    ['s.a=1.0', { a: '1.0' }],
    ['s.a=', { a: '' }],
    ['s.a=x=y', { a: 'x=y' }],
    ['s.text={version}', { text: '{version}' }],
    ['s.text={version}: {summary}', { text: '{version}: {summary}' }],
    ['s.list=[a, 1]', { list: ['a', 1] }],
    ['s.headers={a: 1}', { headers: { a: 1 } }],
    ['s.headers.b.c=true', { headers: { b: { c: true } } }],
    ['s.skip=true', { skip: true }],
    ['s.n=null', { n: null }],
    ['s.n="5"', { n: '5' }],
  ])('reads %s', (set, config) => {
    expect(layer({ set: [set] }).config).toMatchObject(config);
  });

  it('changes one key of a map and leaves the others', () => {
    expect(
      layer({ config: '{ headers: { a: 1, b: 2 } }', set: ['s.headers.b=3', 'other.a=1'] }).config.headers,
    ).toEqual({ a: 1, b: 3 });
  });

  it.each(['s.a', 'a=1', '1x.a=1', 's.=1', 's..a=1', 's.a..b=1', 's.__proto__.x=1', '=1', ''])(
    'refuses %j',
    (argument) => {
      const parsed = parseSet(argument);
      expect(parsed).toMatchObject({
        ok: false,
        error: { code: 'command', hint: 'Write it as `--set STEP.KEY=VALUE`.' },
      });
    },
  );

  it('does not repeat the value in a message, which may be secret', () => {
    const parsed = parseSet('bad id.x=hunter2');
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

describe('the configuration of an adapter', () => {
  it('is layered from the plugin, the file and the environment', () => {
    const adapter: JsonSchema = {
      properties: {
        remote: { type: 'string', default: 'origin' },
        depth: { type: 'integer' },
        branch: { type: 'string' },
      },
    };
    const configuration = {
      ...noConfiguration,
      integrationAdapters: { git: { enabled: true, config: { depth: 1, branch: 'b' } } },
    };
    const environment = { VWMP_ADAPTER_GIT_DEPTH: '7' };
    expect(layerAdapterConfig('git', adapter, configuration, environment)).toEqual({
      config: { remote: 'origin', depth: 7, branch: 'b' },
      faults: [],
    });
  });
});
