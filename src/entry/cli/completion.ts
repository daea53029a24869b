import { type Command, commands } from './command.ts';
import { UsageError } from './host.ts';
import type { Option } from './option.ts';
import { commonOptions } from './parse-arguments.ts';

/** Words for the shell to offer after `words`, the line so far without the program's name; the last is incomplete. */
export function completions(words: readonly string[], known: KnownNames): readonly string[] {
  const current = words.at(-1) ?? '';
  const [name] = words;
  if (words.length <= 1) return startingWith([...commands.map((command) => command.name), 'help'], current);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return [];
  const before = words.at(-2) ?? '';
  const awaited = optionNamed(command, before);
  if (awaited?.value !== undefined) return startingWith(wordsFor(awaited.complete, known), current);
  if (current.startsWith('-')) {
    const options = [...command.options, ...commonOptions].map((option) => `--${option.name}`);
    return startingWith(options, current);
  }
  const place = words.slice(1, -1).filter((word, index, all) => isPositional(command, word, all[index - 1])).length;
  return startingWith(wordsFor(command.positionals[place]?.complete, known), current);
}

/** Names that are looked up when the shell asks. */
export interface KnownNames {
  readonly workflows: () => readonly string[];
  readonly runs: () => readonly string[];
}

function wordsFor(complete: Option['complete'], known: KnownNames): readonly string[] {
  if (complete === 'workflow') return known.workflows();
  if (complete === 'run') return known.runs();
  // Files and folders are the shell's own business: an empty answer lets it offer them.
  return Array.isArray(complete) ? complete : [];
}

function optionNamed(command: Command, word: string): Option | undefined {
  return command.options.find(
    ({ name, short }) => word === `--${name}` || (short !== undefined && word === `-${short}`),
  );
}

function isPositional(command: Command, word: string, before: string | undefined): boolean {
  if (word.startsWith('-')) return false;
  return before === undefined || optionNamed(command, before)?.value === undefined;
}

function startingWith(words: readonly string[], prefix: string): readonly string[] {
  return words.filter((word) => word.startsWith(prefix));
}

const scripts: { readonly [shell: string]: string } = {
  bash: `_vwmp() {
  local IFS=$'\\n'
  COMPREPLY=($(vwmp __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _vwmp vwmp
`,
  zsh: `#compdef vwmp
_vwmp() {
  local -a answers
  answers=(\${(f)"$(vwmp __complete "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)"})
  if (( \${#answers} )); then compadd -a answers; else _files; fi
}
compdef _vwmp vwmp
`,
  fish: `complete -c vwmp -a '(vwmp __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};

export function completionScript(shell: string): string {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) throw new UsageError(`there is no completion for "${shell}"`, 'bash, zsh or fish');
  return script;
}
