/**
 * A text as a template that gives exactly this text: for values that come from outside and are no templates.
 * `placeholders`: the field takes `{name}` too, and those of the text stay placeholders.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/\$\{(?:\{(?!\{))?|\{\{/g, (opening) => `\\${opening}`);
}
