/** Commands that the runner registers. */
const commands = new Set(
  (
    'add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher ' +
    'save-state set-env set-output stop-commands warning'
  ).split(' '),
);

const dotnetBlank = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Whether the runner would take a line of the log for a command, in either of its two spellings. */
export function isRunnerCommand(line: string): boolean {
  return isCommand(line) || isLegacyCommand(line);
}

function isCommand(line: string): boolean {
  const text = line.replace(dotnetBlank, '');
  if (!text.startsWith('::')) return false;
  const end = text.indexOf('::', 2);
  return end >= 0 && isRegistered(text.slice(2, end));
}

function isLegacyCommand(line: string): boolean {
  const start = line.indexOf('##[');
  if (start < 0) return false;
  const end = line.indexOf(']', start);
  return end >= 0 && isRegistered(line.slice(start + 3, end));
}

function isRegistered(info: string): boolean {
  const space = info.indexOf(' ');
  return commands.has((space < 0 ? info : info.slice(0, space)).toLowerCase());
}

/** The lines as the runner reads them: a carriage return ends one, too. */
export function runnerLines(log: string): readonly string[] {
  return log.split(/\r\n|\n|\r/);
}

export const runnerCommands: readonly string[] = [...commands];
