/**
 * What is wrong with a text as a template of tags, as a clause; `null` where nothing is. Each of the placeholders must
 * stand in it once: tags could not be told apart otherwise.
 */
export function tagFault(template: string, placeholders: readonly string[]): string | null {
  const missing = placeholders.find((placeholder) => template.split(placeholder).length !== 2);
  if (missing !== undefined) return `must hold \`${missing}\` once, which \`${template}\` does not`;
  const sample = placeholders.reduce((text, placeholder) => text.replace(placeholder, '1'), template);
  return isRefName(sample) ? null : `must be a name that git takes for a tag, which \`${template}\` is not`;
}

/** As far as people get it wrong; git knows some rules more. */
function isRefName(name: string): boolean {
  return !/[\s~^:?*[\\{}\p{Cc}]|\.\.|\/\/|^[-/.]|[/.]$|\.lock$|\/\./u.test(name);
}
