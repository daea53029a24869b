import { type Command, commands } from '../../src/entry/cli/command.ts';
import type { Option } from '../../src/entry/cli/option.ts';
import { commonOptions } from '../../src/entry/cli/parse-arguments.ts';
import { anchorOf, code, page, table } from './markdown.ts';

/** Every command and option, from the records that help, completion and the parser read too. */
export function commandLinePage(): string {
  return page('Command line', 'src/entry/cli/command.ts', [
    'In a checkout, after `npm ci`: `npx vwmp COMMAND`. `vwmp COMMAND --help` prints what stands here. What a command ends with: [exit codes](exit-codes.md).',
    table(
      ['command', 'what it does'],
      commands.map((command) => [
        `[${code(`vwmp ${command.name}`)}](#${anchorOf(headingOf(command))})`,
        command.summary,
      ]),
    ),
    'Every command takes:',
    optionTable(commonOptions),
    ...commands.flatMap(partsOf),
  ]);
}

function headingOf({ name }: Command): string {
  return `vwmp ${name}`;
}

function partsOf(command: Command): readonly string[] {
  return [
    `## ${headingOf(command)}`,
    code(usageOf(command)),
    command.description,
    ...(command.options.length > 0 ? [optionTable(command.options)] : []),
    ...command.examples.map(({ line, says }) => `\`\`\`sh\n# ${says}\n${line}\n\`\`\``),
  ];
}

function usageOf(command: Command): string {
  const positionals = command.positionals.map(({ name, required }) => (required ? name : `[${name}]`));
  const parameters = command.takesParameters ? ['[--NAME VALUE]…'] : [];
  return ['vwmp', command.name, ...positionals, '[OPTIONS]', ...parameters].join(' ');
}

function optionTable(options: readonly Option[]): string {
  return table(
    ['option', 'meaning'],
    options.map((option) => {
      const value = option.value === undefined ? '' : ` ${option.value}`;
      const short = option.short === undefined ? '' : `${code(`-${option.short}`)}, `;
      const often = option.multiple ? ' May be given more than once.' : '';
      return [`${short}${code(`--${option.name}${value}`)}`, `${option.description}${often}`];
    }),
  );
}
