import type { JsonMap } from '../../../src/plugin-api/index.ts';
import { defaultSections } from '../notes/notes-sections.ts';
import type { ChangelogStyle } from './facts/changelog-facts.ts';
import type { ReadmeFacts } from './facts/readme-facts.ts';
import type { ChangelogAnswers } from './release-answers.ts';
import type { VersionAnswers } from './version-answers.ts';
import { expression, scriptLines, yamlText } from './yaml-text.ts';

/** The key `steps`: parts begin with a blank line, but the first one stands right below the key. */
export function stepLines(lines: readonly string[]): readonly string[] {
  return ['', 'steps:', ...(lines[0] === '' ? lines.slice(1) : lines)];
}

/** Takes the part that the parameter names. */
export const askedIncrement: readonly string[] = [`      increment_type: ${expression('parameters.increment')}`];

/** Stops on any other branch; nothing where the answer is empty. */
export function branchGuard(branch: string): readonly string[] {
  if (branch === '') return [];
  return [
    '',
    '  - id: branch',
    '    name: The right branch is checked out',
    '    run: |',
    '      current=$(git branch --show-current)',
    '      if [ "$current" != "$BRANCH" ]; then',
    '        echo "Only $BRANCH is released; this is ${current:-a commit without a branch}." >&2',
    '        exit 1',
    '      fi',
    '    env:',
    `      BRANCH: ${yamlText(branch)}`,
  ];
}

/** The project's own check; nothing where the answer is empty. */
export function checkStep(command: string): readonly string[] {
  if (command === '') return [];
  return ['', '  - id: check', '    name: Check', ...scriptLines('run', command, '    '), '    timeout: 20m'];
}

export interface BumpPart {
  readonly version: VersionAnswers;
  /** Lines of `config` that say what is raised. */
  readonly increment: readonly string[];
  /** Whether commits without a type count too. */
  readonly anyCommit: boolean;
  /** Only commits that touch these count; empty: all. */
  readonly paths: readonly string[];
}

/** The step `bump`, which every later one asks what is released. */
export function bumpStep({ version, increment, anyCommit, paths }: BumpPart): readonly string[] {
  return [
    '',
    '  # Finds out what is released: a new version, one that an earlier run began, or nothing. The steps after it do',
    '  # nothing where there is nothing to release.',
    '  - id: bump',
    '    name: Raise the version',
    '    handler: release.version_bump',
    '    config:',
    ...versionConfig(version),
    ...pathsConfig(paths),
    ...increment,
    ...(anyCommit ? anyCommitConfig : []),
  ];
}

const anyCommitRules = '      rules: { "*": patch }';

export const anyCommitConfig: readonly string[] = [
  '      # With `auto` a commit without a type such as `feat:` releases a patch. Those with one do as it says.',
  anyCommitRules,
];

/** Lines of `config` that say which commits count; none where all do. */
export function pathsConfig(paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`      paths: ${yamlText(paths)}`];
}

/** Where the version stands and how it is written. */
export function versionConfig({ targets, scheme, tag }: Omit<VersionAnswers, 'agreeing'>): readonly string[] {
  return [...targetConfig(targets), ...schemeConfig(scheme.scheme), ...tagConfig(tag)];
}

function targetConfig(targets: VersionAnswers['targets']): readonly string[] {
  const [only, ...others] = targets;
  if (only === undefined) return ['      version_file: "" # no file: tags alone say which version there is'];
  if (others.length === 0 && Object.keys(only).length === 1) return [`      version_file: ${yamlText(only.path)}`];
  const items = targets.map((target) =>
    Object.keys(target).length === 1 ? yamlText(target.path) : yamlText(mapOf(target)),
  );
  const line = `      version_files: [${items.join(', ')}]`;
  if (line.length <= 110) return [line];
  return ['      version_files:', ...items.map((item) => `        - ${item}`)];
}

function mapOf(target: VersionAnswers['targets'][number]): JsonMap {
  return { ...target };
}

function schemeConfig(scheme: VersionAnswers['scheme']['scheme']): readonly string[] {
  return scheme === 'auto' ? [] : [`      scheme: ${yamlText(scheme)}`];
}

/** Nothing where it is the default of the handlers. */
export function tagConfig(tag: string): readonly string[] {
  return tag === 'v{version}' ? [] : [`      tag_template: ${yamlText(tag)}`];
}

/** Lines of `config` that say which changelog, and how it looks. */
export function changelogConfig({ path, style, anyCommit, paths }: ChangelogAnswers): readonly string[] {
  return [
    `      main_changelog: ${yamlText(path)}`,
    `      style: ${yamlText(style)}`,
    ...(style === 'entry' ? ['      link_template: ""'] : []),
    ...(anyCommit ? sectionsConfig(style) : []),
    ...pathsConfig(paths),
  ];
}

/** The usual sections, and one for all else that releases something by `anyCommitConfig`. An entry has none. */
export function sectionsConfig(style: ChangelogStyle): readonly string[] {
  if (style === 'entry') return [];
  const typed = defaultSections(style).filter(({ type }) => type !== 'breaking');
  const other = { type: '*', title: style === 'conventional' ? 'Other Changes' : 'Changed' };
  // Sections of one title stand together, where the first of them is.
  return [
    anyCommitRules,
    '      sections:',
    ...[...typed, other].map(({ type, title }) => `        - ${yamlText({ type, title })}`),
  ];
}

/** The step `changelog`, whose output `notes` a release on GitHub takes. */
export function changelogStep(changelog: ChangelogAnswers): readonly string[] {
  return [
    '',
    '  - id: changelog',
    '    name: Enter it into the changelog',
    '    handler: release.changelog_update',
    '    config:',
    ...changelogConfig(changelog),
  ];
}

/** Nothing where the README does not speak of the version. */
export function readmeStep(readme: ReadmeFacts | null): readonly string[] {
  if (readme === null) return [];
  return [
    '',
    '  - id: readme',
    '    name: Write it into the README',
    '    handler: release.readme_update',
    '    required: false',
    '    config:',
    `      readme_file: ${yamlText(readme.path)}`,
    ...(readme.badge ? [] : ['      update_badge: false']),
    ...(readme.latestRelease ? [] : ['      update_latest_release: false']),
  ];
}

/** From the files that the run wrote to a tagged commit. */
export function commitSteps(message: string, tag: string): readonly string[] {
  return [
    '',
    '  # Only what this run wrote; whatever else is changed in the checkout stays out.',
    '  - id: stage',
    '    name: Stage',
    '    handler: git.stage',
    '',
    '  - id: commit',
    '    name: Commit',
    '    handler: git.commit',
    '    config:',
    `      message_template: ${yamlText(message)}`,
    ...tagStep(tag),
  ];
}

/** The same in a step less: nothing has to look at the index before the commit. */
export function shortCommitSteps(message: string, tag: string): readonly string[] {
  return [
    '',
    '  # Only what this run wrote; whatever else is changed or staged in the checkout stays out.',
    '  - id: commit',
    '    name: Commit',
    '    handler: git.commit',
    '    config:',
    `      message_template: ${yamlText(message)}`,
    '      written: true',
    ...tagStep(tag),
  ];
}

function tagStep(tag: string): readonly string[] {
  return [
    '',
    '  - id: tag',
    '    name: Tag',
    '    handler: git.create_tag',
    ...(tagConfig(tag).length === 0 ? [] : ['    config:', ...tagConfig(tag)]),
  ];
}

/** The last step, unless something is published. */
export const pushStep: readonly string[] = [
  '',
  '  # Branch and tag in one push that is all or nothing.',
  '  - id: push',
  '    name: Push',
  '    handler: git.push',
];

/** Message of the release's commit, in the manner of the others. */
export function commitMessage(conventional: boolean, what = '{version}'): string {
  return conventional ? `chore(release): ${what}` : `Release ${what}`;
}
