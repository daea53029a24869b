import { type Command, commands } from './command.ts';
import type { Option } from './option.ts';
import { commonOptions } from './parse-arguments.ts';

/** The overview: `vwmp`, `vwmp help`, `vwmp --help`. */
export function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'vwmp: run workflow files, here and on CI',
    '',
    'Usage: vwmp COMMAND [ARGUMENTS]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'vwmp COMMAND --help says more. vwmp --version prints the version.',
    'Exit codes: 0 success or partial, 1 failed, 2 wrong definition, parameters or command line, 4 waiting,',
    '            5 recorded state refused, 70 a bug of VWMP, 130 cancelled.',
    '',
  ].join('\n');
}

export function helpFor(command: Command): string {
  const positionals = command.positionals.map(({ name, required }) => (required ? name : `[${name}]`));
  const parameters = command.takesParameters ? ['[--NAME VALUE]…'] : [];
  const usage = ['vwmp', command.name, ...positionals, '[OPTIONS]', ...parameters].join(' ');
  return [
    `Usage: ${usage}`,
    '',
    ...wrap(command.description, 100),
    '',
    'Options:',
    ...optionLines([...command.options, ...commonOptions]),
    ...(command.examples.length > 0 ? ['', 'Examples:'] : []),
    ...command.examples.flatMap(({ line, says }) => [`  # ${says}`, `  ${line}`]),
    '',
  ].join('\n');
}

function optionLines(options: readonly Option[]): readonly string[] {
  const left = options.map(({ name, short, value }) => {
    const shortText = short ? `-${short}, ` : '    ';
    return `  ${shortText}--${name}${value ? ` ${value}` : ''}`;
  });
  const width = Math.max(...left.map((text) => text.length));
  return options.flatMap(({ description }, index) => {
    const lines = wrap(description, 100 - width);
    return lines.map((line, row) => `${(row === 0 ? (left[index] ?? '') : '').padEnd(width)}  ${line}`);
  });
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
