import type { TemplateText } from '../../../src/plugin-api/index.ts';

/**
 * Fills a template of several lines in one pass: what is filled in is never looked at again. Where a placeholder has
 * no value, the blank lines around it do not double. No blank lines at either end.
 */
export function fillNotes(text: TemplateText, values: { readonly [name: string]: string }): string {
  let filled = '';
  let emptied = false;
  for (const part of text.template) {
    const value = typeof part === 'string' ? part : placeholderValue(part, values);
    if (value === '') {
      emptied = typeof part !== 'string' || emptied;
      continue;
    }
    const afterBlank = emptied && typeof part === 'string' && (filled === '' || filled.endsWith('\n\n'));
    filled += afterBlank ? value.replace(/^\n+/, '') : value;
    emptied = false;
  }
  return filled.replace(/^\n+/, '').trimEnd();
}

function placeholderValue(
  part: { readonly name: string; readonly otherwise: string | null },
  values: { readonly [name: string]: string },
): string {
  return (Object.hasOwn(values, part.name) ? values[part.name] : undefined) ?? part.otherwise ?? '';
}
