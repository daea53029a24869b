import type { JsonMap } from '../core/model/json.ts';
import type { TemplateText } from '../core/ports/plugin.ts';
import { templateValue } from './config-values.ts';
import { PluginFailure } from './outcomes.ts';
import { unfilledPlaceholders } from './placeholders.ts';

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

/** A template field, filled; empty where it is not set. Blanks around it are no part of it. */
export function filledText(config: JsonMap, key: string): string {
  const template = templateValue(config, key);
  return template === null ? '' : fillTemplate(template).trim();
}

/** Fills a template field that names something. Rejects where a placeholder has no value, and where nothing is left. */
export function filledName(config: JsonMap, key: string): string {
  const template = templateValue(config, key);
  const unfilled = template === null ? [] : unfilledPlaceholders(template);
  if (unfilled.length > 0) {
    const names = unfilled.map((name) => `{${name}}`).join(', ');
    throw new PluginFailure('handler', `nothing gives ${names} of \`${key}\` a value`, { retryable: false });
  }
  const name = filledText(config, key);
  if (name !== '') return name;
  throw new PluginFailure('handler', `\`${key}\` gives an empty name`, { retryable: false });
}
