import * as steps from './definition-steps.ts';
import type { ChangelogStyle } from './facts/changelog-facts.ts';
import type { PackageFacts } from './facts/package-facts.ts';
import type { SchemeFacts } from './facts/scheme-facts.ts';
import { misfit } from './release-answers.ts';
import { yamlText } from './yaml-text.ts';

/** A package as its steps need it. */
export interface PackagePart {
  readonly id: string;
  readonly facts: PackageFacts;
  readonly tag: string;
  readonly scheme: SchemeFacts | null;
}

/** What stands above the first of them. */
export const bumpsAbout: readonly string[] = [
  '',
  '  # For each package: the commits that touch its folder decide whether it is released, and how. One without changes',
  '  # is left alone.',
];

/** `after`: ids of the steps that come before the first version is raised. */
export function bumpStep(
  { id, facts, tag, scheme }: PackagePart,
  { after, anyCommit }: { readonly after: readonly string[]; readonly anyCommit: boolean },
): readonly string[] {
  if (scheme === null) {
    throw misfit(
      'packages',
      `${facts.name} has the version ${facts.versions[0]?.version}, which no scheme reads for sure`,
    );
  }
  const targets = [...facts.versions, ...facts.staleLocks, ...facts.dependents].map(({ target }) => target);
  return [
    '',
    `  - id: bump-${id}`,
    `    name: ${yamlText(`Version of ${facts.name}`)}`,
    '    handler: release.version_bump',
    '    config:',
    ...steps.versionConfig({ targets, scheme, tag }),
    ...steps.pathsConfig([facts.folder]),
    '      increment_type: auto',
    ...(anyCommit ? steps.anyCommitConfig : []),
    `    dependencies: ${yamlText(after)}`,
  ];
}

/** The package's own changelog, with the changes that touch its folder. */
export function changelogStep(
  { id, facts }: PackagePart,
  { style, anyCommit }: { readonly style: ChangelogStyle; readonly anyCommit: boolean },
): readonly string[] {
  const path = facts.changelog?.path ?? `${facts.folder}/CHANGELOG.md`;
  return [
    '',
    `  - id: changelog-${id}`,
    `    name: ${yamlText(`Changelog of ${facts.name}`)}`,
    '    handler: release.changelog_update',
    '    config:',
    ...steps.changelogConfig({ path, style, anyCommit, paths: [facts.folder] }),
    `    dependencies: [bump-${id}]`,
  ];
}

/** `{version}` would be ambiguous here: every package has one. The tags name them all. */
export function commitSteps(packages: readonly PackagePart[], conventional: boolean): readonly string[] {
  const all = packages.map(({ id }) => `steps.bump-${id}.outputs`);
  const released = `[${all.join(', ')}].filter(p => p.outcome == 'new' || p.outcome == 'continued').map(p => p.tag_name).join(', ')`;
  return [
    '',
    '  # One commit for all of them. Only what this run wrote; whatever else is changed stays out.',
    '  - id: stage',
    '    name: Stage',
    '    handler: git.stage',
    `    dependencies: ${yamlText(packages.map(({ id }) => `changelog-${id}`))}`,
    '',
    '  - id: commit',
    '    name: Commit',
    '    handler: git.commit',
    '    config:',
    '      # The tags of what is released, such as core@1.2.0, cli@0.4.1: {version} alone would not say whose it is.',
    '      message_template: >-',
    `        ${steps.commitMessage(conventional, `\${{ ${released} }}`)}`,
    '    dependencies: [stage]',
  ];
}

/** Only for a package that is released: a tag of an earlier release stays where it is. */
export function tagStep({ id, facts }: PackagePart): readonly string[] {
  const { outcome, tag } = { outcome: `steps.bump-${id}.outputs.outcome`, tag: `steps.bump-${id}.outputs.tag_name` };
  return [
    '',
    `  - id: tag-${id}`,
    `    name: ${yamlText(`Tag of ${facts.name}`)}`,
    '    handler: git.create_tag',
    `    condition: ${outcome} == 'new' || ${outcome} == 'continued'`,
    '    config:',
    `      tag_template: \${{ ${tag} }}`,
    '    dependencies: [commit]',
  ];
}

/** All packages at once. */
export function pushStep(packages: readonly PackagePart[]): readonly string[] {
  return [
    '',
    '  # Branch and all tags in one push that is all or nothing.',
    '  - id: push',
    '    name: Push',
    '    handler: git.push',
    `    dependencies: ${yamlText(packages.map(({ id }) => `tag-${id}`))}`,
  ];
}

/** After the push, so that each can be made again by itself: a second start completes what is missing. */
export function releaseStep({ id, facts }: PackagePart): readonly string[] {
  return [
    '',
    `  - id: release-${id}`,
    `    name: ${yamlText(`${facts.name} on GitHub`)}`,
    '    handler: github.release',
    '    enabled: github',
    `    condition: steps.bump-${id}.outputs.outcome != 'nothing'`,
    '    config:',
    `      tag_template: \${{ steps.bump-${id}.outputs.tag_name }}`,
    `      body: \${{ steps.changelog-${id}.outputs.notes ?? '' }}`,
    '    dependencies: [push]',
  ];
}
