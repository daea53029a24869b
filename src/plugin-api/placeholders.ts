import type { TemplateText } from '../core/ports/plugin.ts';

/** Placeholders of a template that neither the handler nor the run gives a value; each name once. */
export function unfilledPlaceholders(
  text: TemplateText,
  own: { readonly [name: string]: string | null } = {},
): readonly string[] {
  const names = text.template.flatMap((part) =>
    typeof part !== 'string' && (own[part.name] ?? part.otherwise ?? null) === null ? [part.name] : [],
  );
  return [...new Set(names)];
}

/** The template for people before the run: placeholders without a value yet stand as they were written. */
export function showTemplate(text: TemplateText, own: { readonly [name: string]: string | null } = {}): string {
  return text.template
    .map((part) => (typeof part === 'string' ? part : (own[part.name] ?? part.otherwise ?? `{${part.name}}`)))
    .join('');
}

/** What the run gives for a placeholder that the template holds; `null` where it holds none or nothing gives it. */
export function givenFor(text: TemplateText, name: string): string | null {
  for (const part of text.template) {
    if (typeof part !== 'string' && part.name === name && part.otherwise !== null) return part.otherwise;
  }
  return null;
}
