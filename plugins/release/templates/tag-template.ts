import { isRefName } from '../../../src/plugin-api/index.ts';

/**
 * What is wrong with a text as a template of tags, as a clause; `null` where nothing is. Each of the placeholders must
 * stand in it once: tags could not be told apart otherwise.
 */
export function tagFault(template: string, placeholders: readonly string[]): string | null {
  const missing = placeholders.find((placeholder) => template.split(placeholder).length !== 2);
  if (missing !== undefined) return `must hold \`${missing}\` once, which \`${template}\` does not`;
  const sample = placeholders.reduce((text, placeholder) => text.replace(placeholder, '1'), template);
  // What looks like a placeholder of another name would stand in every tag as it is.
  const isTag = isRefName(sample) && !/[{}]/.test(sample);
  return isTag ? null : `must be a name that git takes for a tag, which \`${template}\` is not`;
}
