import type { ChangelogStyle } from './facts/changelog-facts.ts';
import { comment, yamlText } from './yaml-text.ts';

/** What stands above the steps. */
export interface DefinitionHead {
  /** Comment on top: what it does and how it is called. */
  readonly about: string;
  readonly name: string;
  readonly description: string;
  /** More keys between these and the parameters. */
  readonly keys?: readonly string[];
}

/** Everything above the parameters. */
export function headLines({ about, name, description, keys = [] }: DefinitionHead): readonly string[] {
  return [
    ...comment(about),
    `name: ${yamlText(name)}`,
    'version: "1.0.0"',
    'type: release',
    `description: ${yamlText(description)}`,
    'timeout: 30m',
    ...keys,
  ];
}

/** What stands behind `vwmp run` to call a workflow from the top of its repository. */
export function called(stem: string, folder: string): string {
  return folder === '' ? stem : `${stem} --workspace ${folder}`;
}

/** A failure takes back what the run did, as far as it is still its own. */
export const rollback: readonly string[] = [
  '# Where a step fails, what this run did is taken back: files, commit, tag, draft. Nothing of others is touched.',
  'on_failure: rollback',
];

/** The parameters, each as lines of its own. */
export function parameterLines(parameters: readonly (readonly string[])[]): readonly string[] {
  return ['', 'parameters:', ...parameters.flat()];
}

/** What the release is about. Without it an entry of the changelog would be empty. */
export function summaryParameter(style: ChangelogStyle): readonly string[] {
  const required = style === 'entry';
  return [
    '  - name: summary',
    '    type: string',
    ...(required ? ['    required: true'] : ['    default: ""']),
    '    label: Summary',
    '    description: What the release is about, in one sentence; it stands in the changelog.',
    `    validation: { ${required ? 'min_length: 3, ' : ''}max_length: 200 }`,
  ];
}

/** The part to raise, of those that the scheme has. */
export function incrementParameter(offered: readonly string[], otherwise: string): readonly string[] {
  return [
    '  - name: increment',
    '    type: enum',
    `    default: ${yamlText(otherwise)}`,
    '    label: Part of the version to raise',
    '    description: "auto: the commits since the last release decide"',
    `    options: ${yamlText(offered)}`,
  ];
}

/** Timeout of a step, and who commits. */
export const defaultsLines: readonly string[] = [
  '',
  'defaults:',
  '  timeout: 10m',
  '  # On GitHub nobody has told git who commits; on a laptop git knows. Null leaves a name unset.',
  '  env:',
  `    GIT_AUTHOR_NAME: "\${{ github ? 'github-actions[bot]' : null }}"`,
  `    GIT_AUTHOR_EMAIL: "\${{ github ? '41898282+github-actions[bot]@users.noreply.github.com' : null }}"`,
  `    GIT_COMMITTER_NAME: "\${{ github ? 'github-actions[bot]' : null }}"`,
  `    GIT_COMMITTER_EMAIL: "\${{ github ? '41898282+github-actions[bot]@users.noreply.github.com' : null }}"`,
];

/** Outputs of the run: each a name and an expression. */
export function outputLines(outputs: readonly (readonly [name: string, value: string])[]): readonly string[] {
  return ['', 'outputs:', ...outputs.map(([name, value]) => `  ${name}: \${{ ${value} }}`)];
}

/** What every release of one version gives. */
export const bumpOutputs = [
  ['version', 'steps.bump.outputs.new_version'],
  ['tag', 'steps.bump.outputs.tag_name'],
  ['outcome', 'steps.bump.outputs.outcome'],
] as const;

/** The text of the file. */
export function textOfLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
