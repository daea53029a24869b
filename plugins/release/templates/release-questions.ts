import type { Json, TemplateContext, TemplateQuestion } from '../../../src/plugin-api/index.ts';
import type { ReleaseTags } from './facts/release-tags.ts';
import { habitText, type RepositoryFacts } from './facts/repository-facts.ts';
import { offeredIncrements } from './facts/scheme-facts.ts';
import type { TagStyle } from './facts/tag-style.ts';
import type { VersionCandidate } from './facts/version-candidates.ts';
import { incrementFault } from './release-answers.ts';
import { tagFault } from './tag-template.ts';
import { answeredIncrements, schemeFault, schemeOfVersions, versionFileFault } from './version-answers.ts';

/** What is asked about a repository that has one version. */
export async function versionQuestions(
  context: TemplateContext,
  facts: RepositoryFacts,
): Promise<readonly TemplateQuestion[]> {
  return [
    {
      ...versionFileQuestion(facts),
      check: (answer, before) => versionFileFault(context, facts, { ...before, version_file: answer }),
    },
    tagQuestion(facts),
    {
      ...(await schemeQuestion(facts)),
      check: (answer, before) => schemeFault(context, facts, { ...before, scheme: answer }),
    },
  ];
}

function versionFileQuestion(facts: RepositoryFacts): TemplateQuestion {
  const { versions, doubtful, below } = facts;
  const others = `${staleText(facts.staleLocks)}${unwrittenText(facts.otherForms)}`;
  const common = {
    name: 'version_file',
    title: 'File that says which version there is (empty: tags alone do)',
    type: 'text',
    options: onceEachPath([...versions, ...doubtful, ...below]).map(({ target, version }) => ({
      value: target.path,
      label: `${target.path} says ${version}`,
    })),
  } as const;
  const [first] = versions;
  if (first === undefined) {
    const tagged = facts.releases.styles.length > 0;
    const none = doubtful.length === 0 ? '' : ` that was released (${saying(doubtful)})`;
    const why = `no file of those that are known holds a version${none}${belowText(below)}${tagged ? ', and there are tags' : ' and no tag names one: the first is 0.1.0'}`;
    return { ...common, default: '', why, asked: !tagged || below.length > 0 };
  }
  if (versions.every(({ version }) => version === first.version)) {
    const says = onceEachPath(versions).length === 1 ? 'says' : 'say';
    return {
      ...common,
      default: first.target.path,
      why: `${pathsOf(versions)} ${says} ${first.version}${others}`,
      asked: false,
    };
  }
  const tagged = new Set(facts.releases.styles.flatMap((style) => style.versions));
  const released = versions.filter(({ version }) => tagged.has(version));
  const [likely] = released;
  const differ = `versions differ: ${saying(versions)}${others}`;
  const known = likely !== undefined && released.every(({ version }) => version === likely.version);
  return known
    ? { ...common, default: likely.target.path, why: `${differ}; there is a tag of ${likely.version}`, asked: true }
    : { ...common, why: differ, asked: true };
}

/** Whoever builds the project has to know that these stay as they are. */
function unwrittenText(forms: RepositoryFacts['otherForms']): string {
  const said = forms.map(({ path, name, text }) => `${name} ${text} in ${path}`);
  return said.length === 0 ? '' : `; not written: ${said.join(', ')}`;
}

/** An answer names a file; of several places in it the first counts. */
function onceEachPath(versions: readonly VersionCandidate[]): readonly VersionCandidate[] {
  return versions.filter(({ target }, at) => versions.findIndex((each) => each.target.path === target.path) === at);
}

/** What lags behind is no reason to ask which version counts, but nobody should wonder about it in the first release. */
export function staleText(locks: readonly VersionCandidate[]): string {
  const said = locks.map(({ target, version }) => {
    const entry = target.package === undefined ? '' : ` (${target.package})`;
    return `${target.path} ${version}${entry}`;
  });
  return said.length === 0
    ? ''
    : `; behind: ${said.join(', ')}, up to date with the next release that writes the version`;
}

/** Those in folders are not taken by themselves: each may have a version that is its own affair. */
function belowText(below: readonly VersionCandidate[]): string {
  const [first] = below;
  if (first === undefined) return '';
  const named = below.slice(0, 4);
  const more = below.length > named.length ? ` and ${below.length - named.length} more` : '';
  return ` at the top, but some in folders do (${saying(named)}${more}): take one with \`--answer version_file=${first.target.path}\``;
}

async function schemeQuestion(facts: RepositoryFacts): Promise<TemplateQuestion> {
  const common = {
    name: 'scheme',
    title: 'How versions are written: semver, pep440, calver FORMAT, parts COUNT',
    type: 'text',
  } as const;
  const [first] = facts.versions;
  const differ = facts.versions.some(({ version }) => version !== first?.version);
  if (differ) return { ...common, default: 'auto', why: 'the version of the chosen file tells', asked: false };
  if (first === undefined && facts.releases.styles.length > 1) {
    return { ...common, default: 'auto', why: 'the tags of the chosen shape tell', asked: false };
  }
  const found = await schemeOfVersions(facts, first ?? null);
  if (found === null)
    return { ...common, why: `${first?.version ?? 'the tags'} can be of several schemes`, asked: true };
  return { ...common, default: found.title, why: found.why, asked: !found.certain };
}

function tagQuestion({ git, releases }: RepositoryFacts): TemplateQuestion {
  const { styles, certain } = releases;
  const [style] = styles;
  const common = {
    name: 'tag',
    title: 'How the tags of releases are named, with {version} in it',
    type: 'text',
    ...(styles.length > 1 && { options: styles.map(({ template, example }) => ({ value: template, label: example })) }),
    check: async (answer: Json) => tagFault(String(answer), ['{version}']),
  } as const;
  return style === undefined
    ? { ...common, default: ownTag(git.folder), why: untaggedText(releases, git.folder), asked: true }
    : { ...common, default: style.template, why: `${taggedText(releases, style)}${lackingText(git)}`, asked: !certain };
}

/** A folder of a repository shares its tags with the others. */
function ownTag(folder: string): string {
  return folder === '' ? 'v{version}' : `${folder}/v{version}`;
}

function untaggedText({ ofPart, unread }: ReleaseTags, folder: string): string {
  if (folder !== '') return `no tag names ${folder} yet, and v{version} would be the tag of the whole repository`;
  if (ofPart !== null)
    return `${ofPart} names a package, and no tag names the whole; the template Monorepo Release releases each by itself`;
  return unread === null
    ? 'there is no tag of a version yet'
    : `there are tags like ${unread}, but they do not look like versions that are known: give the commit of the last release a tag named like this`;
}

function taggedText({ styles, why }: ReleaseTags, { versions, example }: TagStyle): string {
  const [, ...others] = styles;
  const named =
    versions.length === 1 ? `there is the tag ${example}` : `${versions.length} tags are named like ${example}`;
  return others.length === 0 ? named : `${named}, others like ${listed(others.map((each) => each.example))}; ${why}`;
}

function lackingText({ lacking, remote }: RepositoryFacts['git']): string {
  if (lacking === 0 || remote === null) return '';
  const tags = lacking === 1 ? 'a tag' : `${lacking} tags`;
  return `; this clone lacks ${tags} of ${remote.name}: \`git fetch --tags\` brings them`;
}

/** Which changelog, and how it looks. */
export function changelogQuestions({ changelog, unwritten }: RepositoryFacts): readonly TemplateQuestion[] {
  const unreadable = unwritten?.reason === 'unreadable' ? unwritten.path : null;
  return [
    {
      name: 'changelog',
      title: 'Changelog of all versions',
      type: 'text',
      default: changelog?.path ?? unreadable ?? 'CHANGELOG.md',
      why: changelog === null ? missingText(unwritten) : 'it is there',
      asked: unwritten !== null,
      check: async (answer) => (answer === '' ? 'must be a file, for every release is entered into one' : null),
    },
    styleQuestion(changelog, unwritten),
  ];
}

function missingText(unwritten: RepositoryFacts['unwritten']): string {
  if (unwritten === null) return 'there is none: it is made';
  const { path, reason } = unwritten;
  return reason === 'unreadable'
    ? 'it is there, but cannot be read as UTF-8, and a release would stop at it: save it as UTF-8 or name another'
    : `${path} is there, but is no Markdown: it stays as it is, and a second changelog is made`;
}

function styleQuestion(
  changelog: RepositoryFacts['changelog'],
  unwritten: RepositoryFacts['unwritten'],
): TemplateQuestion {
  return {
    name: 'changelog_style',
    title: 'What the changelog says of a version',
    type: 'choice',
    options: [
      { value: 'keep-a-changelog', label: 'Added, Changed, Fixed … from the commits' },
      { value: 'conventional', label: 'Features, Bug Fixes … from the commits' },
      { value: 'entry', label: 'the summary that whoever releases it gives' },
    ],
    default: changelog?.style ?? 'keep-a-changelog',
    why: changelog?.why ?? (unwritten === null ? 'nothing is written yet' : 'nothing that can be read tells it'),
    asked: changelog === null,
  };
}

/** The part of the version that is raised where nobody names one. */
export async function incrementQuestion(context: TemplateContext, facts: RepositoryFacts): Promise<TemplateQuestion> {
  const [first] = facts.versions;
  const differ = facts.versions.some(({ version }) => version !== first?.version);
  const scheme = differ ? null : await schemeOfVersions(facts, first ?? null);
  const offered = scheme === null ? [] : offeredIncrements(scheme);
  const usual = facts.conventional === 'no' && (scheme === null || offered.includes('patch')) ? 'patch' : 'auto';
  return {
    name: 'increment',
    title: 'Part of the version to raise where nobody names one (auto: the commits decide)',
    type: 'text',
    options: offered.map((value) => ({ value })),
    default: usual,
    why: habitText(facts.git.commits),
    asked: facts.conventional !== 'yes',
    // Which parts there are depends on the file and the scheme that are chosen.
    check: async (answer, before) => {
      const parts = await answeredIncrements(context, facts, before);
      return parts === null ? null : incrementFault(String(answer), parts);
    },
  };
}

/** Whether commits without a type count; those with one decide as they say. */
export function untypedQuestion({ git, conventional }: RepositoryFacts): TemplateQuestion {
  return {
    name: 'untyped_commits',
    title: 'Let a commit without a type such as `feat:` release a patch, and list it',
    type: 'boolean',
    default: conventional !== 'yes',
    why: habitText(git.commits),
    asked: conventional === 'partly',
  };
}

/** The project's own check, which comes before everything else. */
export function checkQuestion({ check }: RepositoryFacts): TemplateQuestion {
  return {
    name: 'check',
    title: 'Command that must pass before anything is written (empty: none)',
    type: 'text',
    default: check?.command ?? '',
    why: check?.why ?? 'no build file says how this is tested',
    asked: check === null,
  };
}

/** Whether the README is written to. */
export function readmeQuestion({ readme }: RepositoryFacts): TemplateQuestion {
  const places = [
    ...(readme?.badge ? ['a version badge'] : []),
    ...(readme?.latestRelease ? ['"Latest release"'] : []),
  ];
  return {
    name: 'readme',
    title: 'Write the version into the README',
    type: 'boolean',
    default: readme !== null,
    why: readme === null ? 'no README speaks of the version' : `${readme.path} has ${places.join(' and ')}`,
    asked: false,
  };
}

/** The branch that a run insists on. */
export function branchQuestion({ git }: RepositoryFacts): TemplateQuestion {
  return {
    name: 'branch',
    title: 'The only branch that is released (empty: any)',
    type: 'text',
    default: git.branch?.name ?? '',
    why: git.branch?.why ?? 'nothing tells which it is',
    asked: false,
  };
}

/** Whether there are steps for a release on GitHub. */
export function githubQuestion({ git }: RepositoryFacts): TemplateQuestion {
  return {
    name: 'github_release',
    title: 'Make a release on GitHub too',
    type: 'boolean',
    default: git.remote?.host === 'github',
    why: hostText(git.remote),
    asked: false,
  };
}

/** Whether a workflow of GitHub is written too; not where the remote is known to be elsewhere. */
export function callerQuestion({ git }: RepositoryFacts): TemplateQuestion {
  const elsewhere = git.remote?.host != null && git.remote.host !== 'github';
  return {
    name: 'caller',
    title: 'Write the workflow of GitHub that calls it',
    type: 'boolean',
    default: !elsewhere,
    why: hostText(git.remote),
    asked: false,
  };
}

function hostText(remote: RepositoryFacts['git']['remote']): string {
  if (remote === null) return 'there is no remote yet';
  return remote.host === null
    ? `the remote ${remote.url} is on no host that is known`
    : `the remote is on ${remote.host}`;
}

function saying(versions: readonly VersionCandidate[]): string {
  return versions
    .map(({ target: { path, key }, version }) => `${path}${key === undefined ? '' : ` (${key})`} ${version}`)
    .join(', ');
}

function pathsOf(versions: readonly VersionCandidate[]): string {
  return listed([...new Set(versions.map(({ target }) => target.path))]);
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
