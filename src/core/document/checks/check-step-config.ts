import type { ConfigOrigin } from '../../configuration/config-origin.ts';
import type { LayeredConfig } from '../../configuration/layer-step-config.ts';
import { hasTemplate, isConstant, parseTemplate } from '../../expression/parse-template.ts';
import { emptyMap, isJsonMap, type Json, type JsonMap } from '../../model/json.ts';
import type { JsonSchema } from '../../model/schema.ts';
import { workspacePathFault } from '../../parameters/workspace-path.ts';
import type { HandlerDescription } from '../../ports/handlers.ts';
import { checkValue } from '../../schema/check-value.ts';
import type { SchemaFault } from '../../schema/schema-fault.ts';
import { formatPath } from '../document-path.ts';
import { findScriptTemplates } from '../script-templates.ts';
import type { Place } from '../workflow-source.ts';
import { type CheckContext, type CheckedNode, isInFinally } from './check-context.ts';
import { checkKey, checkTemplate } from './check-field.ts';
import { checkPlaceholders } from './check-placeholders.ts';
import type { Field } from './field.ts';
import { type MarkedText, visitFields } from './marked-fields.ts';

type Path = readonly (string | number)[];

/**
 * Checks what a step's handler will be given: the merged configuration, with what plugins, `vwmp_config.yaml` and the
 * environment add. Faults of values that the step does not write are shown at the step and say where they come from.
 */
export function checkStepConfig(node: CheckedNode, handler: HandlerDescription, context: CheckContext): void {
  const layered = context.layers.of(node.step, handler);
  const places = new ConfigPlaces(node, handler, layered, context);
  for (const fault of layered.faults) {
    context.report.add(places.ofStep(), { code: 'configuration', message: `${handler.name}: ${fault}` });
  }
  checkAgainstSchema(layered.config, handler, places, context);
  visitFields(layered.config, handler.configuration, {
    text: (text) => checkText(text, places, context),
    key: ({ path, key }) => {
      if (path.length > 1 && hasTemplate(key)) checkKey(key, places.field(path, false), context.report);
    },
  });
}

/** Where the parts of a merged configuration stand, for messages. */
class ConfigPlaces {
  readonly node: CheckedNode;
  readonly handler: HandlerDescription;
  readonly #layered: LayeredConfig;
  readonly #context: CheckContext;
  #origins: LayeredConfig['origins'] | null = null;

  constructor(node: CheckedNode, handler: HandlerDescription, layered: LayeredConfig, context: CheckContext) {
    this.node = node;
    this.handler = handler;
    this.#layered = layered;
    this.#context = context;
  }

  ofStep(): Place {
    return this.#context.source.step(this.node.step.id).at('handler');
  }

  originOf(path: Path): ConfigOrigin | null {
    const [key] = path;
    this.#origins ??= this.#layered.origins;
    return typeof key === 'string' && Object.hasOwn(this.#origins, key) ? (this.#origins[key] ?? null) : null;
  }

  /** True where the step itself writes what stands at the path. */
  isOwn(path: Path): boolean {
    return path.length > 0 && this.originOf(path)?.layer === 'step';
  }

  placeOf(path: Path, isKey: boolean): Place {
    if (!this.isOwn(path)) return this.ofStep();
    const source = this.#context.source.step(this.node.step.id);
    return isKey ? source.key('config', ...path) : source.at('config', ...path);
  }

  /** Where a value that the step does not write comes from, in brackets. */
  sourceText(path: Path): string {
    const origin = this.isOwn(path) ? null : this.originOf(path);
    return origin === null ? '' : ` (from ${origin.where})`;
  }

  field(path: Path, secret: boolean): Field {
    const self = this.node.readsSelf === true;
    const standpoint = { kind: 'step', position: this.node.position, self } as const;
    const origin = this.isOwn(path) ? null : this.originOf(path);
    return {
      kind: 'step',
      standpoint,
      secret,
      statusFunctions: isInFinally(this.#context, standpoint),
      place: () => this.placeOf(path, false),
      ...(origin !== null && { origin: `\`${formatPath(path)}\`, from ${origin.where}` }),
    };
  }
}

function checkAgainstSchema(
  config: JsonMap,
  handler: HandlerDescription,
  places: ConfigPlaces,
  context: CheckContext,
): void {
  const known = withoutUnset(config, handler.configuration);
  for (const fault of checkValue(handler.configuration, known, { isUnknown: isOpenText })) {
    const place = places.placeOf(fault.path, fault.isKey ?? false);
    context.report.add(place, {
      code: 'configuration',
      message: `${subjectOf(fault, handler.name)}${fault.message}${places.sourceText(fault.path)}`,
      hint: fault.hint,
    });
  }
}

function subjectOf({ path, isKey }: SchemaFault, handler: string): string {
  if (isKey) return `\`${handler}\`: `;
  return path.length === 0 ? `the configuration of \`${handler}\` ` : `\`${formatPath(path)}\` of \`${handler}\` `;
}

/** A key that is written as null is unset, and then the schema decides. */
function withoutUnset(value: JsonMap, schema: JsonSchema): JsonMap {
  const set = emptyMap<Json>();
  for (const key of Object.keys(value)) {
    const member = value[key] ?? null;
    const properties = schema.properties ?? {};
    const field = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (member === null && field !== undefined) {
      if (field.default !== undefined && field.default !== null) set[key] = field.default;
    } else set[key] = isJsonMap(member) && field ? withoutUnset(member, field) : member;
  }
  return set;
}

/** The value is made when the step runs. */
function isOpenText(value: Json): boolean {
  if (typeof value !== 'string' || !hasTemplate(value)) return false;
  const template = parseTemplate(value);
  return !template.ok || !isConstant(template.value);
}

function checkText({ path, text, schemas, secret }: MarkedText, places: ConfigPlaces, context: CheckContext): void {
  const field = places.field(path, secret);
  if (schemas.some((schema) => schema.script)) {
    checkScript(path, text, places, context);
    return;
  }
  const marked = schemas.find((schema) => schema.template !== undefined && schema.template !== false);
  const placeholders = checkTemplate(text, field, context, marked !== undefined);
  if (marked) checkPlaceholders(placeholders, marked, field, context);
  // An empty text may mean "none"; where it may not, the schema says so with a least length.
  if (schemas.some((schema) => schema.path && text !== '') && !isOpenText(text) && placeholders.length === 0) {
    const fault = workspacePathFault(text);
    if (fault === null) return;
    const message = `\`${formatPath(path)}\` ${fault}${places.sourceText(path)}`;
    context.report.add(field.place(), { code: 'path', message, hint: 'paths are relative to the workspace' });
  }
}

/** The reader looks at `run`; a script that stands in `config` is looked at here. */
function checkScript(path: Path, text: string, places: ConfigPlaces, context: CheckContext): void {
  if (!places.isOwn(path) || !text.includes('${')) return;
  const { config } = places.node.step;
  const shell = typeof config.shell === 'string' ? config.shell : (context.workflow.defaults.shell ?? 'bash');
  const place = places.placeOf(path, false);
  if (place.path.endsWith('.run')) return;
  for (const { start, end, text: written } of findScriptTemplates(text, shell)) {
    context.report.add(place, {
      code: 'script-template',
      message: `\`${written}\` stands in a script, and scripts are never templated`,
      hint: 'pass the value through `env`, and read it there as a variable',
      inside: { start, end },
    });
  }
}
