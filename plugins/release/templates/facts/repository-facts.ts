import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import type { CalendarDay } from '../../scheme/scheme.ts';
import { type ChangelogFacts, changelogFacts, type UnwrittenChangelog, unwrittenChangelog } from './changelog-facts.ts';
import { type CheckCommand, checkCommand } from './check-command.ts';
import { type OtherForm, otherForms } from './further-places.ts';
import { type GitFacts, gitFacts } from './git-facts.ts';
import { nameOf, type PackagesFacts, packagesFacts } from './package-facts.ts';
import { type ReadmeFacts, readmeFacts } from './readme-facts.ts';
import { folderTags, type ReleaseTags, releaseTags } from './release-tags.ts';
import { dayOf } from './scheme-facts.ts';
import {
  doubtfulCandidates,
  isStaleLock,
  type VersionCandidate,
  versionCandidates,
  versionsBelow,
} from './version-candidates.ts';

/** What a repository says about how it is released. */
export interface RepositoryFacts {
  readonly git: GitFacts;
  readonly releases: ReleaseTags;
  readonly versions: readonly VersionCandidate[];
  /** Entries of lock files that lag behind one of these. */
  readonly staleLocks: readonly VersionCandidate[];
  /** Places in these files that nothing writes. */
  readonly otherForms: readonly OtherForm[];
  /** Files that hold a version which nothing speaks for. */
  readonly doubtful: readonly VersionCandidate[];
  /** Files in folders that hold a version, where none at the top does. */
  readonly below: readonly VersionCandidate[];
  readonly changelog: ChangelogFacts | null;
  /** What stands in its place where there is none that can be written to. */
  readonly unwritten: UnwrittenChangelog | null;
  readonly readme: ReadmeFacts | null;
  readonly check: CheckCommand | null;
  readonly packages: PackagesFacts;
  readonly today: CalendarDay;
  /** Whether commits say by their messages what they release. */
  readonly conventional: 'yes' | 'partly' | 'no';
}

export async function repositoryFacts(context: TemplateContext): Promise<RepositoryFacts> {
  const git = await gitFacts(context);
  const packages = await packagesFacts(context);
  const today = dayOf(await context.now());
  const candidates = await versionCandidates(context);
  const lagging = candidates.filter((each) => isStaleLock(each, candidates));
  const current = candidates.filter((each) => !lagging.includes(each));
  const usual = withPackages(current, packages);
  const names = await folderNames(context, git, usual);
  const evidence = (versions: readonly VersionCandidate[]) => {
    const tags = { ...git, files: versions.map(({ version }) => version), parts: partsOf(packages), today };
    return names.length === 0 ? releaseTags(tags) : folderTags(tags, names);
  };
  const others = await doubtfulCandidates(context);
  const tagged = evidence(usual);
  const version = usual[0]?.version ?? tagged.styles[0]?.newest ?? '';
  const changelog = await changelogFacts(context, { version });
  const versions = [...usual, ...others.filter((each) => isPlausible(each, usual, tagged))];
  return {
    git,
    releases: evidence(versions),
    versions,
    staleLocks: onceEach([...lagging, ...packages.packages.flatMap(({ staleLocks }) => staleLocks)]).filter((each) =>
      isStaleLock(each, versions),
    ),
    otherForms: await otherForms(
      context,
      versions.map(({ target }) => target),
    ),
    doubtful: others.filter((each) => !versions.includes(each)),
    below: versions.length === 0 ? await versionsBelow(context) : [],
    changelog,
    unwritten: changelog === null ? await unwrittenChangelog(context) : null,
    readme: await readmeFacts(context),
    check: await checkCommand(context),
    packages,
    today,
    conventional: habitOf(git.commits),
  };
}

/** What tags may call a workspace that is a folder of its repository; empty where it is the whole. */
async function folderNames(
  context: TemplateContext,
  { folder }: GitFacts,
  [first]: readonly VersionCandidate[],
): Promise<readonly string[]> {
  if (folder === '') return [];
  const named = first === undefined ? null : await nameOf(context, first);
  return [folder, posix.basename(folder), ...(named === null ? [] : namesOf(named))];
}

/** With its scope and without. */
function namesOf(name: string): readonly string[] {
  return [name, name.replace(/^@[^/]*\//, '')];
}

/** A file of a name that says little counts where its version is that of a release, or of another file, or all there is. */
function isPlausible(
  { version }: VersionCandidate,
  usual: readonly VersionCandidate[],
  { styles }: ReleaseTags,
): boolean {
  if (usual.length === 0 && styles.length === 0) return true;
  return styles.some(({ newest }) => newest === version) || usual.some((other) => other.version === version);
}

/** Packages that share one version with the top, or with each other where the top has none, are raised with it. */
function withPackages(versions: readonly VersionCandidate[], { packages }: PackagesFacts): readonly VersionCandidate[] {
  const inside = packages.flatMap((each) => each.versions);
  const [first] = [...versions, ...inside];
  if (packages.length < 2 || inside.some(({ version }) => version !== first?.version)) return versions;
  return onceEach([...versions, ...inside, ...packages.flatMap(({ dependents }) => dependents)]);
}

/** What tags may call the packages of a repository that has several. */
function partsOf({ packages }: PackagesFacts): readonly string[] {
  return packages.length < 2 ? [] : packages.flatMap(({ name }) => namesOf(name));
}

function onceEach(candidates: readonly VersionCandidate[]): readonly VersionCandidate[] {
  const targets = candidates.map(({ target }) => JSON.stringify(target));
  return candidates.filter((_, at) => targets.indexOf(targets[at] ?? '') === at);
}

function habitOf({ looked, conventional }: GitFacts['commits']): RepositoryFacts['conventional'] {
  if (looked === 0 || conventional / looked < 0.2) return 'no';
  return conventional / looked >= 0.6 ? 'yes' : 'partly';
}

/** What was counted, for people. */
export function habitText({ looked, conventional }: GitFacts['commits']): string {
  if (looked === 0) return 'there are no commits to tell';
  if (looked === 1) return `the one commit ${conventional === 1 ? 'follows' : 'does not follow'} Conventional Commits`;
  return `${conventional} of the ${looked} newest commits follow Conventional Commits`;
}
