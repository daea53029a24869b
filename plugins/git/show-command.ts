/** A git command as a person would type it into a shell; for previews and messages, never for running. */
export function showCommand(args: readonly string[]): string {
  return ['git', ...args].map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
