import { posix } from 'node:path';
import {
  defaultBranchPattern,
  type Finding,
  type GitAdapter,
  type GitCommit,
  type HandlerContext,
  type JsonMap,
  logFindings,
  optionalText,
  PluginFailure,
  type ReleaseState,
  releaseOfVersion,
  requiredText,
  type StepHandler,
  skipped,
  success,
  textList,
  unifiedDiff,
  type WorkItem,
  workItemOf,
} from '../../src/plugin-api/index.ts';
import { type ChangelogFacts, type CommitList, renderChangelog } from './changelog/render-changelog.ts';
import { someOf } from './changelog/update-findings.ts';
import { fullTimestamp } from './format-date.ts';
import { previewVersion, summaryField, summaryOf, versionField, versionOf } from './release-fields.ts';
import { standingOf } from './release-standing.ts';

/** More commits than this are left out of the file, with a line that says so. */
const mostCommits = 500;

export const changelogCreate: StepHandler = {
  title: 'Create detailed changelog',
  description: 'Writes one file for the version: when, what kind, epic and story, summary, details and commits.',
  icon: '📝',
  category: 'release',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      changelog_dir: {
        type: 'string',
        default: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
        minLength: 1,
        path: true,
        description:
          'Folder for the file `CHANGELOG_v{version}.md`, relative to the workspace; made where it is missing.',
      },
      format: {
        type: 'string',
        enum: ['full_timestamp'],
        default: 'full_timestamp',
        description: 'How the date is written: YYYY-MM-DD HH:MM:SS UTC.',
      },
      epic_detection: {
        type: ['string', 'integer'],
        default: 'auto',
        description: 'auto: the epic that the branch names; off: none; anything else is the epic itself.',
      },
      story_detection: {
        type: ['string', 'integer'],
        default: 'auto',
        description: 'auto: the story that the branch names; off: none; anything else is the story itself.',
      },
      branch_pattern: {
        type: 'string',
        default: defaultBranchPattern,
        minLength: 1,
        description:
          'How a branch names its epic (first group, or the group `epic`) and its story (second, or `story`).',
      },
      version: versionField,
      summary: summaryField,
      paths: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description: 'Only commits that touch these paths are listed: for repositories of several packages.',
      },
      change_type: {
        type: 'string',
        parameter: 'change_type',
        parameterLabel: true,
        description: 'The kind of release as people read it.',
      },
      details: {
        type: 'string',
        parameter: 'detailed_changes',
        description: 'More than the summary; Markdown.',
      },
    },
  },
  // No output is called `version`: two steps that give it would make the placeholder `{version}` ambiguous.
  outputs: {
    path: { type: 'string', description: 'The file, relative to the workspace.' },
    created: { type: 'boolean', description: 'False where the file was there already and was left as it is.' },
    timestamp: { type: 'string', description: 'Date and time that the file bears, UTC.' },
    epic: { type: ['string', 'null'], description: 'The epic, null where none was found.' },
    story: { type: ['string', 'null'], description: 'The story, null where none was found.' },
    commit_count: { type: 'integer', description: 'Number of commits that are listed.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const standing = await standingOf(context);
    if (standing.kind !== 'write') return skipped(standing.reason);
    const path = pathFor(context, versionOf(context));
    if (await context.files.exists(path)) return keptAsItIs(context, path, standing.release);
    const findings: Finding[] = [];
    const facts = await factsOf(context, versionOf(context), findings);
    await context.files.write(path, renderChangelog(facts));
    return success(outputsOf(path, true, facts), logFindings(context.log, findings));
  },

  async preview(context) {
    const standing = await standingOf(context);
    if (standing.kind !== 'write') return { summary: standing.reason, diffs: [], commands: [] };
    const path = pathFor(context, previewVersion(context));
    const facts = await factsOf(context, previewVersion(context), []);
    if (await context.files.exists(path)) {
      const outputs = outputsOf(path, false, facts);
      return { summary: `leaves ${path} as it is: it exists already`, diffs: [], commands: [], outputs };
    }
    return {
      summary: `writes ${path}`,
      diffs: [{ file: path, diff: unifiedDiff(path, null, renderChangelog(facts)) }],
      commands: [],
      outputs: outputsOf(path, true, facts),
    };
  },
};

function pathFor(context: HandlerContext, version: string): string {
  if (/[/\\]/.test(version)) {
    throw new PluginFailure('handler', `the version \`${version}\` cannot be part of a file name`, {
      retryable: false,
    });
  }
  return posix.join(requiredText(context.config, 'changelog_dir').replaceAll('\\', '/'), `CHANGELOG_v${version}.md`);
}

/** A file that somebody wrote for this version by hand, or that this step wrote before, is worth more than ours. */
async function keptAsItIs(context: HandlerContext, path: string, release: ReleaseState | null) {
  // It belongs to the release that goes on, whoever wrote it.
  const content = await context.files.read(path);
  await context.files.write(path, content);
  const facts = await factsOf(context, versionOf(context), []);
  const outputs = outputsOf(path, false, facts);
  const lacking = commitsMissing(content, renderChangelog(facts));
  // The file of a release that goes on is as the run before left it, unless commits came since.
  if (release?.outcome === 'continued' && lacking.length === 0) return success(outputs);
  const more = lacking.length === 0 ? '' : `, without ${someOf(lacking)}`;
  const message = `${path} exists already and was left as it is${more}; delete it to have it written anew`;
  const findings: readonly Finding[] = [{ level: 'warning', message, file: path, rule: 'changelog-exists' }];
  return success(outputs, logFindings(context.log, findings));
}

/** Commits that would be listed now and are not. */
function commitsMissing(content: string, anew: string): readonly string[] {
  const there = new Set(content.split(/\r?\n/));
  const isCommit = (line: string) => /^- .* \([0-9a-f]{7}\)$/.test(line);
  return anew.split('\n').flatMap((line) => (isCommit(line) && !there.has(line) ? [line.slice(2)] : []));
}

async function factsOf(context: HandlerContext, version: string, findings: Finding[]): Promise<ChangelogFacts> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const item = await detectedItem(context, git);
  return {
    version,
    timestamp: fullTimestamp(await context.now()),
    type: optionalText(context.config, 'change_type'),
    epic: item.epic,
    story: item.story,
    summary: summaryOf(context),
    details: (optionalText(context.config, 'details') ?? '').replaceAll('\r\n', '\n').trim(),
    commits: await commitsSinceTag(context, git, findings),
  };
}

async function detectedItem(context: HandlerContext, git: GitAdapter | null): Promise<WorkItem> {
  const epic = optionalText(context.config, 'epic_detection') ?? 'auto';
  const story = optionalText(context.config, 'story_detection') ?? 'auto';
  const automatic = epic === 'auto' || story === 'auto';
  const branch = automatic && git !== null ? await git.branch().catch(() => null) : null;
  const found = automatic
    ? await workItemOf(branch, requiredText(context.config, 'branch_pattern'))
    : { epic: null, story: null };
  return { epic: chosen(epic, found.epic), story: chosen(story, found.story) };
}

function chosen(setting: string, found: string | null): string | null {
  if (setting === 'auto') return found;
  return setting === 'off' || setting === '' ? null : setting;
}

async function commitsSinceTag(
  context: HandlerContext,
  git: GitAdapter | null,
  findings: Finding[],
): Promise<CommitList> {
  const none = { since: null, shown: [], more: false };
  if (git === null) return none;
  try {
    const release = await releaseOfVersion(context);
    const since = release === null ? await git.lastTag() : release.previousTag;
    const paths = textList(context.config, 'paths');
    const commits: GitCommit[] = [];
    await git.eachCommit({ since, paths, limit: mostCommits + 1 }, (commit) => commits.push(commit));
    if (since === null && (await git.isShallow())) findings.push(shallowFinding);
    return { since, shown: commits.slice(0, mostCommits), more: commits.length > mostCommits };
  } catch (error) {
    // The changelog is worth having without its list of commits, in a folder that is no repository too.
    if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
    context.log('warning', `the list of commits is left out: ${error.message}`);
    return none;
  }
}

const shallowFinding: Finding = {
  level: 'warning',
  message:
    'this clone is shallow and has no tag, so commits may be missing from the changelog: fetch everything (`fetch-depth: 0` of actions/checkout)',
  rule: 'shallow-clone',
};

function outputsOf(path: string, created: boolean, facts: ChangelogFacts): JsonMap {
  return {
    path,
    created,
    timestamp: facts.timestamp,
    epic: facts.epic,
    story: facts.story,
    commit_count: facts.commits.shown.length,
  };
}
