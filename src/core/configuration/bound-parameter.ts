import type { JsonSchema } from '../model/schema.ts';
import type { ParameterDeclaration } from '../model/workflow.ts';

/**
 * The template that fills a key from the parameter that its schema binds; `null` where none is bound or the workflow
 * does not declare it. It is an ordinary template, so what it reads is noted and a secret parameter stays secret.
 */
export function boundTemplate(schema: JsonSchema, parameters: readonly ParameterDeclaration[]): string | null {
  const declaration = parameters.find(({ name }) => name === schema.parameter);
  if (declaration === undefined) return null;
  const value = `parameters[${quoteText(declaration.name)}]`;
  const labels = schema.parameterLabel ? declaration.options.filter((option) => option.label !== option.value) : [];
  if (labels.length === 0) return `\${ ${value} }`;
  const pairs = labels.map((option) => `[${quoteText(option.value)}, ${quoteText(option.label)}]`).join(', ');
  return `\${ [${pairs}].find(option => option[0] == ${value})?.[1] ?? ${value} }`;
}

/** A text as a literal of the expression language. */
function quoteText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `'${escaped}'`;
}
