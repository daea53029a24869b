import type { PlaceholderPart } from '../../expression/parse-template.ts';
import { givenBySeveral } from '../../expression/settle.ts';
import { suggest } from '../../expression/suggest.ts';
import type { JsonSchema } from '../../model/schema.ts';
import { type CheckContext, isKnownAt, type Standpoint } from './check-context.ts';
import type { Field } from './field.ts';

/**
 * Whether something gives each placeholder a value: the handler itself, one output of a step upstream, a parameter,
 * a key of the workflow's `config`.
 */
export function checkPlaceholders(
  placeholders: readonly PlaceholderPart[],
  schema: JsonSchema,
  field: Field,
  context: CheckContext,
): void {
  const own = Array.isArray(schema.template) ? schema.template : [];
  for (const placeholder of placeholders) {
    if (!own.includes(placeholder.name)) checkPlaceholder(placeholder, own, field, context);
  }
}

function checkPlaceholder(
  placeholder: PlaceholderPart,
  own: readonly string[],
  field: Field,
  context: CheckContext,
): void {
  const { name } = placeholder;
  const [first, second] = giversAt(name, field.standpoint, context);
  if (first !== undefined && second !== undefined) {
    const ids = [first, second].map((position) => context.graph.nodes[position]?.step.id ?? '');
    const output = context.placeholders.outputFor(second, name);
    tell(
      placeholder,
      field,
      context,
      givenBySeveral(name, ids),
      `write an expression, such as \`\${steps.${ids[1]}.outputs.${output}}\``,
    );
    return;
  }
  if (first !== undefined) return;
  const parameter = context.parameters.get(name);
  if (parameter !== undefined) {
    context.parametersRead.add(name);
    if (parameter.secret && !field.secret) tellSecret(placeholder, field, context);
    return;
  }
  if (Object.hasOwn(context.workflow.config, name)) return;
  const known = [
    ...own,
    ...context.placeholders.names(),
    ...context.parameters.keys(),
    ...Object.keys(context.workflow.config),
  ];
  const nearest = suggest(name, known);
  const hint = nearest === null ? adviceFor(name, context) : `did you mean \`{${nearest}}\`?`;
  tell(placeholder, field, context, `nothing gives \`{${name}}\` a value`, hint);
}

/** Who wrote no brace has a default before them: what they need is the step that fills it. */
function adviceFor(name: string, { handlers }: CheckContext): string {
  const giver = handlers.names().find((handler) => {
    const placeholders = handlers.find(handler)?.placeholders ?? {};
    return Object.hasOwn(placeholders, name);
  });
  if (giver === undefined) return 'a brace that is meant as text is written `\\{`';
  return `a step with the handler \`${giver}\` gives it: let one come before this step; a brace that is meant as text is written \`\\{\``;
}

/** Beyond this many givers of one name, one pass over the graph is cheaper than a question for each. */
const fewGivers = 32;

/** At most two of those that come before the standpoint. */
function giversAt(name: string, standpoint: Standpoint, context: CheckContext): readonly number[] {
  const givers = context.placeholders.giversOf(name);
  // Where edges are at fault nobody knows what comes before: any giver will do, and none is one too many.
  if (context.reachability === null) return givers.slice(0, 1);
  const isInMain = standpoint.kind === 'step' && standpoint.position < context.graph.mainCount;
  if (isInMain && givers.length > fewGivers) return context.placeholders.upstreamGivers(name, standpoint.position);
  const found: number[] = [];
  for (const position of givers) {
    if (isKnownAt(context, position, standpoint)) found.push(position);
    if (found.length === 2) break;
  }
  return found;
}

function tellSecret(placeholder: PlaceholderPart, field: Field, context: CheckContext): void {
  const message = `\`{${placeholder.name}}\` is a secret parameter and may not stand here`;
  const hint = 'secrets may stand in `env` and in fields marked secret: pass the value through `env`';
  add(placeholder, field, context, { code: 'secret-place', message, hint });
}

function tell(placeholder: PlaceholderPart, field: Field, context: CheckContext, message: string, hint: string): void {
  add(placeholder, field, context, { code: 'placeholder', message, hint });
}

function add(
  { start, end }: PlaceholderPart,
  field: Field,
  { report }: CheckContext,
  remark: { readonly code: 'placeholder' | 'secret-place'; readonly message: string; readonly hint: string },
): void {
  if (field.origin === undefined) report.add(field.place(), { ...remark, inside: { start, end } });
  else report.add(field.place(), { ...remark, message: `${remark.message} (in ${field.origin})` });
}
