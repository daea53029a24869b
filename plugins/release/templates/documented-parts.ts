import { isJsonList, type JsonMap } from '../../../src/plugin-api/index.ts';
import * as steps from './definition-steps.ts';
import type { RepositoryFacts } from './facts/repository-facts.ts';
import { answerText } from './release-answers.ts';
import { expression, yamlText } from './yaml-text.ts';

export const summaryParameter: readonly string[] = [
  '  - name: summary',
  '    type: string',
  '    required: true',
  '    label: Release Summary',
  '    description: What the release is about, in one sentence',
  '    validation: { min_length: 10, max_length: 200 }',
];

export const changeTypeParameter: readonly string[] = [
  '  - name: change_type',
  '    type: enum',
  '    default: tooling',
  '    label: Release Type',
  '    options:',
  '      - { value: feature, label: "Feature 🚀" }',
  '      - { value: fix, label: "Fix 🐞" }',
  '      - { value: infrastructure, label: "Infrastructure 🔧" }',
  '      - { value: security, label: "Security 🔒" }',
  '      - { value: cleanup, label: "Cleanup 🧹" }',
  '      - { value: refactor, label: "Refactor 🔄" }',
  '      - { value: documentation, label: "Documentation 📚" }',
  '      - { value: tooling, label: "Tooling 🧰" }',
  '      - { value: maintenance, label: "Maintenance 🚧" }',
];

export const detailsParameter: readonly string[] = [
  '  - name: detailed_changes',
  '    type: textarea',
  '    default: ""',
  '    label: Detailed Changes',
  '    description: More than the summary, as Markdown',
  '    validation: { max_length: 2000 }',
];

/** `hasPlaces`: the README speaks of the version. */
export function skipReadmeParameter(hasPlaces: boolean): readonly string[] {
  return ['  - name: skip_readme', '    type: boolean', `    default: ${!hasPlaces}`, '    label: Skip README Update'];
}

export const documentsParameter: readonly string[] = [
  '  - name: kb_docs_ok',
  '    type: boolean',
  '    default: false',
  '    label: Documentation Updated',
  '    description: All required documentation is updated; until somebody says so, warnings of validators stop the release',
];

export const changelogSteps: readonly string[] = [
  '',
  '  - id: changelog-file',
  '    name: Create Detailed Changelog',
  '    handler: release.changelog_create',
  '    config:',
  `      changelog_dir: ${expression('config.changelog_dir')}`,
  '    dependencies: [bump]',
  '',
  '  - id: changelog',
  '    name: Update Main Changelog',
  '    handler: release.changelog_update',
  '    config:',
  `      main_changelog: ${expression('config.main_changelog')}`,
  `      changelog_dir: ${expression('config.changelog_dir')}`,
  '    dependencies: [changelog-file]',
];

/** README and kanban documents, and what stages all of it. */
export function documentSteps(facts: RepositoryFacts, answers: JsonMap): readonly string[] {
  const kanban = ['epic_doc_pattern', 'kanban_board'].flatMap((key) => {
    const path = answerText(answers, key);
    return path === '' ? [] : [`      ${key}: ${yamlText(path)}`];
  });
  return [
    '',
    '  # The parameter skip_readme leaves it out.',
    '  - id: readme',
    '    name: Update README',
    '    handler: release.readme_update',
    '    required: false',
    '    config:',
    `      readme_file: ${yamlText(facts.readme?.path ?? 'README.md')}`,
    ...(facts.readme?.badge === false ? ['      update_badge: false'] : []),
    ...(facts.readme?.latestRelease === false ? ['      update_latest_release: false'] : []),
    '    dependencies: [bump]',
    '',
    '  # The branch names epic and story: epic/21-story-3.',
    '  - id: kanban',
    '    name: Update Kanban Docs',
    '    handler: project.kanban_update',
    '    required: false',
    ...(kanban.length === 0 ? [] : ['    config:', ...kanban]),
    '    dependencies: [bump]',
    '',
    '  - id: stage',
    '    name: Stage Files',
    '    handler: git.stage',
    '    dependencies: [changelog, readme, kanban]',
  ];
}

/** Warnings of validators count until somebody says that the documentation is updated. */
export function validateStep({ validators = null }: JsonMap): readonly string[] {
  const scripts = isJsonList(validators) ? validators.map(String) : [];
  return [
    '',
    '  - id: validate',
    '    name: Run Validators',
    '    handler: project.run_validators',
    "    condition: steps.bump.outputs.outcome != 'nothing'",
    '    config:',
    ...(scripts.length === 0
      ? ['      validators: [] # paths of scripts']
      : ['      validators:', ...scripts.map((script) => `        - ${yamlText(script)}`)]),
    `      strict_mode: ${expression('!parameters.kb_docs_ok')}`,
    '    dependencies: [stage]',
  ];
}

/** From what is staged to what is on the remote. */
export function commitSteps(tag: string): readonly string[] {
  return [
    '',
    '  - id: commit',
    '    name: Commit Changes',
    '    handler: git.commit',
    '    config:',
    '      message_template: "{version} - {summary}"',
    '    dependencies: [validate]',
    '',
    '  - id: tag',
    '    name: Create Git Tag',
    '    handler: git.create_tag',
    '    config:',
    ...steps.tagConfig(tag),
    '      message_template: "Release {tag}: {summary}"',
    '    dependencies: [commit]',
    '',
    '  - id: push',
    '    name: Push to Remote',
    '    handler: git.push',
    '    dependencies: [tag]',
  ];
}
