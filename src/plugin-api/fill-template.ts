import type { TemplateText } from '../core/ports/plugin.ts';

/**
 * Fills a template field with the handler's own values, then with what the run gave. A placeholder that neither
 * gives a value is left out: `validate` refuses those that nothing can give, so what is missing here has no value
 * in this run (an epic that the branch does not name).
 */
export function fillTemplate(text: TemplateText, own: { readonly [name: string]: string | null } = {}): string {
  return text.template
    .map((part) => (typeof part === 'string' ? part : (own[part.name] ?? part.otherwise ?? '')))
    .join('');
}
