/** A command of GitHub's command line as a person would type it; for previews and messages, never for running. */
export function showCommand(args: readonly string[]): string {
  return ['gh', ...args].map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
