/** Whether git takes a name for a tag or a branch (git check-ref-format). */
export function isRefName(name: string): boolean {
  return name !== '' && name !== '@' && !name.startsWith('-') && name.split('/').every(isPart);
}

function isPart(part: string): boolean {
  return !/^$|^\.|\.$|\.lock$|\.\.|@\{|[\s~^:?*[\\\p{Cc}]/u.test(part);
}
