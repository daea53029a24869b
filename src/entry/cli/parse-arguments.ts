import { suggest } from '../../core/expression/suggest.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { Command } from './command.ts';
import type { Option, ParsedArguments } from './option.ts';

/** The command line is wrong (exit 2). */
export interface ArgumentFault {
  readonly message: string;
  readonly hint?: string;
}

/** Every command takes these. */
export const commonOptions: readonly Option[] = [
  { name: 'help', short: 'h', description: 'Show help.' },
  { name: 'no-color', description: 'Print without colours; so does the environment variable NO_COLOR.' },
];

/**
 * Reads the arguments after the command's name: `--name value`, `--name=value`, `-n value`, flags, positionals in any
 * order, `--` before positionals that begin with a dash.
 */
export function parseArguments(command: Command, args: readonly string[]): Result<ParsedArguments, ArgumentFault> {
  const options = [...command.options, ...commonOptions];
  const positionals: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, readonly string[]>();
  const parameters: { name: string; value: string }[] = [];

  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '--') {
      positionals.push(...args.slice(at + 1));
      break;
    }
    if (!argument.startsWith('-') || argument === '-') {
      positionals.push(argument);
      continue;
    }
    const { name, inline, option } = match(options, argument);
    if (option && option.value === undefined) {
      if (inline !== null) return err({ message: `--${option.name} takes no value` });
      flags.add(option.name);
      continue;
    }
    if (!option && !(command.takesParameters && argument.startsWith('--'))) return err(unknown(options, argument));
    const value = inline ?? args[++at];
    if (value === undefined) return err(valueMissing(options, option, argument));
    const isNext = isOption(options, value) || (command.takesParameters === true && /^--[A-Za-z]/.test(value));
    if (inline === null && isNext) return err(valueTaken(argument, value));
    if (!option) parameters.push({ name, value });
    else if (values.has(option.name) && !option.multiple) return err({ message: `--${option.name} is given twice` });
    else values.set(option.name, [...(values.get(option.name) ?? []), value]);
  }
  const counted = checkPositionals(command, positionals, flags);
  return counted ?? ok({ positionals, flags, values, parameters });
}

function match(options: readonly Option[], argument: string) {
  const long = argument.startsWith('--');
  const equals = argument.indexOf('=');
  const name = argument.slice(long ? 2 : 1, equals === -1 ? undefined : equals);
  const inline = equals === -1 ? null : argument.slice(equals + 1);
  const option = options.find((candidate) => (long ? candidate.name === name : candidate.short === name));
  return { name, inline, option };
}

function unknown(options: readonly Option[], argument: string): ArgumentFault {
  const name = argument.replace(/^-+/, '').replace(/=.*$/s, '');
  const near = suggest(
    name,
    options.map((option) => option.name),
  );
  return { message: `there is no option ${argument}`, ...(near ? { hint: `did you mean --${near}?` } : {}) };
}

function valueMissing(options: readonly Option[], option: Option | undefined, argument: string): ArgumentFault {
  if (option) return { message: `--${option.name} needs a value (${option.value})` };
  const { hint } = unknown(options, argument);
  return {
    message: `${argument} is no option, and a parameter needs a value`,
    hint: hint ?? `write ${argument} VALUE`,
  };
}

/** `--summary --json`: an option behind a name is a forgotten value more often than a text that looks like one. */
function isOption(options: readonly Option[], value: string): boolean {
  return value.startsWith('--') && match(options, value).option !== undefined;
}

function valueTaken(argument: string, value: string): ArgumentFault {
  return {
    message: `${argument} needs a value, and ${value} is an option`,
    hint: `to give the text all the same, write ${argument}=${value}`,
  };
}

function checkPositionals(
  command: Command,
  positionals: readonly string[],
  flags: ReadonlySet<string>,
): { readonly ok: false; readonly error: ArgumentFault } | null {
  if (flags.has('help')) return null;
  const missing = command.positionals.find(({ required }, index) => required && positionals[index] === undefined);
  if (missing) return err({ message: `${missing.name} is missing`, hint: `see vwmp ${command.name} --help` });
  const endless = command.positionals.at(-1)?.name.endsWith('…') ?? false;
  const extra = positionals[command.positionals.length];
  if (extra !== undefined && !endless) {
    return err({ message: `"${extra}" is one argument too many`, hint: `see vwmp ${command.name} --help` });
  }
  return null;
}
