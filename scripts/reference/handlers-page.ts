import type { JsonSchema } from '../../src/core/model/schema.ts';
import type { AdapterFactory, CustomaryStep, Plugin, StepHandler, WorkflowType } from '../../src/core/ports/plugin.ts';
import { bundledPlugins } from '../../src/entry/bundled-plugins.ts';
import { anchorOf, code, page, table } from './markdown.ts';

/** Every handler, adapter and workflow type that comes with the product, from their own declarations. */
export function handlersPage(): string {
  const handlers = bundledPlugins.flatMap(handlersOf);
  return page('Handlers', 'the plugins', [
    'A step names a handler as `handler: plugin.action`; `run: …` is `command.run`. `vwmp plugins HANDLER` prints what stands here.',
    table(
      ['handler', 'what it does', 'rollback class'],
      handlers.map(({ name, handler }) => [
        `[${code(name)}](#${anchorOf(name)})`,
        handler.title,
        handler.rollback ?? 'none',
      ]),
    ),
    'Marks: *template* takes `{name}` placeholders beside expressions; *path* must stay inside the workspace; *parameter* is filled by the workflow parameter of that name where the step does not write the key; *secret* may hold secrets.',
    rollbackWords(),
    ...handlers.flatMap(handlerParts),
    '## Integration adapters',
    'What several handlers share is configured once, under `integration_adapters` of `vwmp_config.yaml`. Expressions read it as `adapter.NAME.KEY`.',
    ...bundledPlugins.flatMap((plugin) => Object.entries(plugin.adapters ?? {}).flatMap(adapterParts)),
    '## Workflow types',
    ...bundledPlugins.flatMap((plugin) => (plugin.workflowTypes ?? []).flatMap(typeParts)),
  ]);
}

function rollbackWords(): string {
  const meaning =
    'The rollback class says how far an effect can be undone: *none* (nothing to undo), *undo*, *undo-with-care* (only where a check shows that the thing is still ours), *never*. What surrounds a step of the last two classes is forced to disk.';
  return `${meaning} Files that a step of class *undo* wrote are put back byte for byte.`;
}

interface NamedHandler {
  readonly name: string;
  readonly plugin: Plugin;
  readonly handler: StepHandler;
}

function handlersOf(plugin: Plugin): readonly NamedHandler[] {
  return Object.entries(plugin.handlers ?? {}).map(([action, handler]) => ({
    name: `${plugin.name}.${action}`,
    plugin,
    handler,
  }));
}

function handlerParts({ name, plugin, handler }: NamedHandler): readonly string[] {
  const retried =
    handler.retry?.enabled === true ? ` Retried by itself, at most ${handler.retry.maxAttempts ?? 3} attempts.` : '';
  const needs = handler.permissions ?? [];
  const facts = `Plugin ${plugin.name} ${plugin.version}. Needs ${needs.length > 0 ? needs.join(', ') : 'nothing'}. Rollback class: ${handler.rollback ?? 'none'}.${retried}`;
  return [
    `## ${name}`,
    handler.description,
    facts,
    ...keyTable('key of `config`', handler.configuration),
    ...outputTable(handler),
  ];
}

function outputTable({ outputs, placeholders }: StepHandler): readonly string[] {
  if (outputs === undefined) return ['Outputs: what the process writes to `$VWMP_OUTPUT`.'];
  const named = Object.entries(placeholders ?? {});
  const rows = Object.entries(outputs).map(([name, schema]) => {
    const others = named.filter(([, output]) => output === name).map(([placeholder]) => code(`{${placeholder}}`));
    const also = others.length > 0 ? ` Placeholder: ${others.join(', ')}.` : '';
    return [code(name), typeText(schema), `${schema.description ?? ''}${also}`];
  });
  return [table(['output', 'type', 'what it is'], rows)];
}

function keyTable(head: string, schema: JsonSchema): readonly string[] {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([key, field]) => [
    code(key),
    typeText(field),
    field.default === undefined ? (required.has(key) ? 'required' : '') : code(JSON.stringify(field.default)),
    [field.description ?? '', marksOf(field)].filter((text) => text !== '').join(' '),
  ]);
  return rows.length > 0 ? [table([head, 'type', 'default', 'what it is'], rows)] : [];
}

function typeText(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  return [schema.type ?? 'any'].flat().join(' or ');
}

function marksOf(field: JsonSchema): string {
  const marks = [
    field.template ? '*template*' : '',
    field.path ? '*path*' : '',
    field.secret ? '*secret*' : '',
    field.parameter === undefined ? '' : `*parameter* ${code(field.parameter)}`,
  ].filter((mark) => mark !== '');
  return marks.length > 0 ? `(${marks.join(', ')})` : '';
}

function adapterParts([name, adapter]: [string, AdapterFactory]): readonly string[] {
  return [`### Adapter ${name}`, adapter.description, ...keyTable('key of `config`', adapter.configuration)];
}

function typeParts(type: WorkflowType): readonly string[] {
  const templates = type.templates.map((template) => [code(template.name), template.description]);
  return [
    `### Type ${type.name}`,
    type.description,
    `Customary steps: ${type.customarySteps.map(customaryText).join('; ')}. A definition of this type that has none of a kind gets a warning.`,
    ...keyTable('key of the workflow’s `config`', type.configuration),
    ...(templates.length > 0 ? [table(['template', 'what it is'], templates)] : []),
  ];
}

function customaryText(step: CustomaryStep): string {
  return (typeof step === 'string' ? [step] : step).map(code).join(' or ');
}
