import {
  booleanValue,
  failed,
  fillTemplate,
  type GitAdapter,
  type GitFetchAnswer,
  type GitSurvey,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  logFindings,
  optionalText,
  type StepHandler,
  success,
  templateValue,
  unfilledPlaceholders,
} from '../../src/plugin-api/index.ts';
import { missingTags, type Preflight, type Problem, problemsOf, remarksOf } from './preflight-checks.ts';
import { otherUpstream } from './push-plan.ts';
import { withoutCredentials } from './repository/git-process.ts';
import { identityFields, signingOptions } from './signing-fields.ts';

export const preflight: StepHandler = {
  title: 'Check before a release',
  description:
    'Finds out, before the first file is written, what would make a commit, tag or push fail later. Reads only; at most it fetches.',
  icon: '🔎',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      tag_template: {
        type: 'string',
        template: true,
        description: 'Name of the tag that is going to be made; not checked while a placeholder has no value yet.',
      },
      remote: {
        type: 'string',
        minLength: 1,
        description: 'Name or URL of the remote; where it is not set, `remote` of the adapter `git` (origin).',
      },
      branch: {
        type: 'string',
        minLength: 1,
        description: 'The branch that is going to be pushed; default: the one that `git.push` takes.',
      },
      fetch: {
        type: 'boolean',
        default: true,
        description: 'Fetch what is missing: older commits of a shallow clone, tags, the newest commits of the branch.',
      },
      ...identityFields,
    },
  },
  outputs: {
    head: { type: ['string', 'null'], description: 'The commit that is checked out.' },
    branch: { type: ['string', 'null'], description: 'The branch that is going to be pushed.' },
    remote: { type: 'string', description: 'The remote.' },
    remote_url: { type: ['string', 'null'], description: 'Where a push goes, without credentials.' },
    relation: {
      type: 'string',
      enum: ['same', 'ahead', 'behind', 'diverged', 'unknown', 'no-remote-branch'],
      description: 'How head stands to the branch of the remote.',
    },
    tag: { type: ['string', 'null'], description: 'The tag that was checked; null where it was not known yet.' },
    shallow: { type: 'boolean', description: 'Whether the clone lacks older commits.' },
    fetched: { type: 'boolean', description: 'Whether something was fetched.' },
  },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['processes', 'network'],
  rollback: 'none',

  async execute(context) {
    const git = await context.adapter<GitAdapter>('git');
    const remote = optionalText(context.config, 'remote') ?? (await git.settings()).remote;
    const first = await surveyFor(context, git, remote);
    const answer = await fetchMissing(context, git, remote, first);
    const survey = answer === null ? first : await surveyFor(context, git, remote);
    const found: Preflight = {
      survey,
      remote: withoutCredentials(remote),
      tag: tagOf(context),
      followed: await followedBranch(context, git, remote),
      identityFault: await git.identityFault(signingOptions(context.config)),
    };
    const remarks = logFindings(context.log, [...remarksOf(survey, found.remote), ...clashRemarks(answer)]);
    const problems = problemsOf(found);
    if (problems.length > 0) return failed(problemFailure(problems), remarks);
    return success(await outputsOf(git, remote, found, answer !== null), remarks);
  },

  async preview(context) {
    const git = await context.adapter<GitAdapter>('git');
    const remote = withoutCredentials(optionalText(context.config, 'remote') ?? (await git.settings()).remote);
    return { summary: `checks the repository and ${remote} for what would stop a release`, diffs: [], commands: [] };
  },

  retryable: (failure) => failure.retryable ?? null,
};

function surveyFor(context: HandlerContext, git: GitAdapter, remote: string): Promise<GitSurvey> {
  const branch = optionalText(context.config, 'branch');
  return git.survey({ remote, ...(branch !== null && { branch }), among: () => null });
}

/** Where somebody names the branch, what the own one follows says nothing. */
async function followedBranch(context: HandlerContext, git: GitAdapter, remote: string): Promise<string | null> {
  const named = optionalText(context.config, 'branch') ?? (await git.settings()).branch;
  return named === null ? otherUpstream(git, remote, await git.checkedOutBranch()) : null;
}

/** Without all commits and tags nobody can tell what was released. `null`: there was nothing to fetch. */
async function fetchMissing(
  context: HandlerContext,
  git: GitAdapter,
  remote: string,
  survey: GitSurvey,
): Promise<GitFetchAnswer | null> {
  const isWanted = booleanValue(context.config, 'fetch', true);
  if (!isWanted || survey.remote?.reachable !== true) return null;
  const isMissing = survey.shallow || survey.relation === 'unknown' || missingTags(survey).length > 0;
  if (!isMissing) return null;
  const branches = survey.pushBranch !== null && survey.remote.branch !== null ? [survey.pushBranch] : [];
  context.log('info', `fetches what this clone lacks from ${withoutCredentials(remote)}`);
  return git.fetch(remote, { branches, tags: true, unshallow: survey.shallow });
}

/** `null` where the version is not known yet. */
function tagOf(context: HandlerContext): string | null {
  const template = templateValue(context.config, 'tag_template');
  if (template === null || unfilledPlaceholders(template).length > 0) return null;
  return fillTemplate(template).trim() || null;
}

function clashRemarks(answer: GitFetchAnswer | null): ReturnType<typeof remarksOf> {
  if (answer?.kind !== 'clash') return [];
  const message = `tags of this clone stand on something else than those of the remote: ${answer.tags.join(', ')}`;
  return [{ level: 'warning', rule: 'tag-clash', message }];
}

function problemFailure(problems: readonly Problem[]) {
  const [only] = problems;
  const list = problems.map(({ message }) => message).join('; ');
  const message =
    only && problems.length === 1 ? only.message : `${problems.length} things would stop the release: ${list}`;
  return handlerFailure(message, {
    retryable: problems.every(({ retryable }) => retryable),
    details: { problems: problems.map(({ check, message }) => ({ check, message })) },
  });
}

async function outputsOf(git: GitAdapter, remote: string, found: Preflight, fetched: boolean): Promise<JsonMap> {
  const { head, pushBranch, relation, shallow } = found.survey;
  const url = await git.remoteUrl(remote);
  return {
    head,
    branch: pushBranch,
    remote: found.remote,
    remote_url: url,
    relation,
    tag: found.tag,
    shallow,
    fetched,
  };
}
