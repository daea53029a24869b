import type { Finding, GitSurvey } from '../../src/plugin-api/index.ts';
import { named } from './name-paths.ts';
import { noRemoteText } from './no-remote-text.ts';
import { otherText } from './push-plan.ts';
import { showCommand } from './show-command.ts';

/** Something that would make a later step fail. */
export interface Problem {
  readonly check: 'identity' | 'commit' | 'branch' | 'remote' | 'tag' | 'relation';
  readonly message: string;
  /** True where it may pass by itself. */
  readonly retryable: boolean;
}

/** What is looked at: the repository, and what the release means to do with it. */
export interface Preflight {
  readonly survey: GitSurvey;
  /** The remote for people. */
  readonly remote: string;
  /** The tag that is going to be made; `null` where that is not known yet. */
  readonly tag: string | null;
  /** A branch of the remote that the own one follows under another name; `null` where nobody could mix them up. */
  readonly followed: string | null;
  /** What git says on a missing identity; `null` where it knows one. */
  readonly identityFault: string | null;
}

/** All that would fail later, each with the way on. Empty where nothing would. */
export function problemsOf(preflight: Preflight): readonly Problem[] {
  return [
    ...identityProblems(preflight),
    ...branchProblems(preflight),
    ...remoteProblems(preflight),
    ...tagProblems(preflight),
    ...relationProblems(preflight),
  ];
}

function identityProblems({ identityFault }: Preflight): readonly Problem[] {
  return identityFault === null ? [] : [{ check: 'identity', message: identityFault, retryable: false }];
}

function branchProblems({ survey, remote, followed }: Preflight): readonly Problem[] {
  if (survey.branch !== null && followed !== null) {
    return [{ check: 'branch', message: otherText(remote, followed, survey.branch), retryable: false }];
  }
  if (survey.pushBranch !== null) return [];
  const message =
    'the head is detached, so that no branch can be pushed: check out a branch first (in a job: `ref` of actions/checkout), or set `branch`';
  return [{ check: 'branch', message, retryable: false }];
}

function remoteProblems({ survey, remote }: Preflight): readonly Problem[] {
  if (survey.remote === null) {
    return [{ check: 'remote', message: noRemoteText(remote), retryable: false }];
  }
  if (survey.remote.reachable) return [];
  const message = `${remote} cannot be reached: ${survey.remote.cause ?? 'it gave no answer'}`;
  return [{ check: 'remote', message, retryable: true }];
}

/** Here and there are told apart: a tag on the remote alone is what a push that went half way leaves. */
function tagProblems({ survey, remote, tag }: Preflight): readonly Problem[] {
  if (tag === null) return [];
  const here = survey.tags[tag];
  const there = survey.remote?.tags[tag];
  const problems: Problem[] = [];
  const add = (message: string) => problems.push({ check: 'tag', message, retryable: false });
  const at = survey.head ?? 'no commit yet';
  const advice = 'release another version, or, if it was made by mistake, delete it';
  if (here !== undefined && here.commit !== survey.head) {
    const command = showCommand(['tag', '--delete', tag]);
    add(
      `the tag \`${tag}\` exists already in this clone, on ${here.commit}, and head is at ${at}: ${advice} (${command})`,
    );
  }
  if (there !== undefined && there.commit !== survey.head) {
    const command = showCommand(['push', remote, '--delete', `refs/tags/${tag}`]);
    add(
      `the tag \`${tag}\` exists already on ${remote}, on ${there.commit}, and head is at ${at}: ${advice} (${command})`,
    );
  } else if (here !== undefined && there !== undefined && here.object !== there.object) {
    const command = showCommand(['fetch', '--force', remote, `refs/tags/${tag}:refs/tags/${tag}`]);
    add(
      `the tag \`${tag}\` of this clone is another one than that of ${remote}, on the same commit: take theirs (${command})`,
    );
  }
  return problems;
}

function relationProblems({ survey, remote }: Preflight): readonly Problem[] {
  const { relation, pushBranch } = survey;
  if (pushBranch === null || survey.remote?.reachable !== true) return [];
  const command = showCommand(['pull', '--rebase', remote, pushBranch]);
  const there = `${pushBranch} of ${remote} is at ${survey.remote.branch ?? 'no commit'}`;
  switch (relation) {
    case 'same':
    case 'ahead':
    case 'no-remote-branch':
      return [];
    case 'behind':
      return [{ check: 'relation', message: `behind: ${there}, which head has not yet: ${command}`, retryable: false }];
    case 'diverged':
      return [{ check: 'relation', message: `${there}, and head has gone another way: ${command}`, retryable: false }];
    case 'unknown': {
      const message = `behind: ${there}, which this clone has not: fetch it (set \`fetch: true\`, or ${command})`;
      return [{ check: 'relation', message, retryable: false }];
    }
  }
}

/** Tags that the remote has and this clone has not, sorted. */
export function missingTags(survey: GitSurvey): readonly string[] {
  return Object.keys(survey.remote?.tags ?? {})
    .filter((tag) => survey.tags[tag] === undefined)
    .sort();
}

/** What stops nothing, but may surprise. */
export function remarksOf(survey: GitSurvey, remote: string): readonly Finding[] {
  const remarks: Finding[] = [];
  const add = (level: Finding['level'], rule: string, message: string) => remarks.push({ level, rule, message });
  const changed = [...new Set(survey.changes.map(({ path }) => path))];
  if (changed.length > 0) add('warning', 'tree-not-clean', `changed before the release began: ${named(changed)}`);
  if (survey.shallow) add('warning', 'shallow-clone', 'this clone is shallow: older commits and tags are not seen');
  const missing = missingTags(survey);
  if (missing.length > 0) {
    add('warning', 'missing-tags', `this clone lacks tags that ${remote} has: ${named(missing)}`);
  }
  return remarks;
}
