import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../src/plugin-api/index.ts';
import type { ReleasePlace } from '../release/release-work.ts';
import type { Problem } from './problem.ts';

/** What stands between a push and the branch, from rulesets and from the older branch protection together. */
export interface BranchRules {
  readonly pullRequests: boolean;
  readonly mergeQueue: boolean;
  readonly signatures: boolean;
  /** Names of checks that must pass. */
  readonly checks: readonly string[];
  /** Only those who are named may push. */
  readonly restricted: boolean;
  /** Further rules that a push of ordinary commits and tags may break, each with what it demands. */
  readonly others: readonly string[];
  /** False where the token may not read all of it. */
  readonly complete: boolean;
}

export async function readBranchRules({ github, store }: ReleasePlace, branch: string): Promise<BranchRules> {
  const read = (path: string) =>
    github.request({ method: 'GET', path, purpose: `read the rules of ${branch}`, accept: [403, 404] });
  const rules = await read(store.refPath(['rules', 'branches'], branch));
  const inRulesets = isJsonList(rules.data) ? rules.data : [];
  const protection = await read(`${store.refPath(['branches'], branch)}/protection`);
  const older =
    protection.status < 400 ? mapOf(protection.data) : readable(await read(store.refPath(['branches'], branch)));
  return {
    pullRequests: hasRule(inRulesets, 'pull_request') || isSet(older.required_pull_request_reviews),
    mergeQueue: hasRule(inRulesets, 'merge_queue'),
    signatures: hasRule(inRulesets, 'required_signatures') || isEnabled(older.required_signatures),
    checks: [...new Set([...checksOf(inRulesets), ...namesOf(older.required_status_checks)])].toSorted(),
    restricted: hasRule(inRulesets, 'update') || isSet(older.restrictions) || isEnabled(older.lock_branch),
    others: inRulesets.flatMap(otherRule),
    // 404 with these words is GitHub's way to say that there is no protection to read.
    complete:
      isJsonList(rules.data) && (protection.status < 400 || isUnprotected(protection.data) || older.open === true),
  };
}

/** @param options `mayBypass`: the token is exempt from the rules, as the user says. */
export function branchProblems(
  branch: string,
  rules: BranchRules,
  options: { readonly mayBypass: boolean; readonly appToken: boolean },
): readonly Problem[] {
  const problems: Problem[] = [];
  const level = options.mayBypass ? 'warning' : 'failure';
  const way = options.mayBypass
    ? '`may_bypass` says that the token is exempt'
    : 'push to a branch that a pull request brings in, or use a token that is exempt from the rules and set `may_bypass: true`';
  if (rules.pullRequests) {
    const message = `protected: ${branch} takes changes by pull request only: ${way}`;
    problems.push({ level, rule: 'protected', message, permission: true });
  }
  if (rules.mergeQueue) {
    const message = `protected: ${branch} takes changes through its merge queue only: ${way}`;
    problems.push({ level, rule: 'protected', message, permission: true });
  }
  if (rules.restricted) {
    const message = `protected: only those whom the rules of ${branch} name may push to it: ${way}`;
    problems.push({ level: 'warning', rule: 'protected', message });
  }
  if (rules.signatures) {
    const message = `${branch} takes signed commits only: let git sign them (commit.gpgsign), or the push is refused`;
    problems.push({ level: 'warning', rule: 'signed-commits', message });
  }
  if (rules.checks.length > 0) {
    const names = rules.checks.join(', ');
    const message = options.appToken
      ? `${branch} requires the checks ${names}: they never start for commits that are pushed with the job's own GITHUB_TOKEN, and a push without them is refused: use the token of an app or a person`
      : `${branch} requires the checks ${names}: a commit that is pushed directly has not passed them`;
    problems.push({ level: 'warning', rule: 'required-checks', message });
  }
  if (rules.others.length > 0) {
    const message = `${branch} has further rules, and a push that breaks one is refused: ${rules.others.join(', ')}`;
    problems.push({ level: 'warning', rule: 'other-rules', message });
  }
  if (!rules.complete) {
    const message = `the token may not read all rules of ${branch}: whether a push is allowed shows only then`;
    problems.push({ level: 'notice', rule: 'rules-unreadable', message });
  }
  return problems;
}

/** What everybody who reads the branch may know of its protection: required checks. `open`: it has none. */
function readable({ status, data }: { readonly status: number; readonly data: Json }): JsonMap {
  // A branch that is not there yet has no protection of its own.
  if (status === 404) return { open: true };
  const branch = mapOf(data);
  return branch.protected === false ? { open: true } : mapOf(branch.protection);
}

/** Those that are told apart here, and those that a push of new commits to a branch that is there cannot break. */
const knownRules: ReadonlySet<Json | undefined> = new Set([
  'pull_request',
  'merge_queue',
  'required_signatures',
  'required_status_checks',
  'update',
  'creation',
  'deletion',
  'non_fast_forward',
  'required_linear_history',
  'branch_name_pattern',
  'tag_name_pattern',
  'copilot_code_review',
]);

/** GitHub gets new kinds of rules: one that nobody knows here is told all the same. */
function otherRule(rule: Json): readonly string[] {
  const { type, parameters } = mapOf(rule);
  if (typeof type !== 'string' || knownRules.has(type)) return [];
  const { operator, pattern, negate } = mapOf(parameters);
  if (typeof pattern !== 'string') return [type];
  return [`${type} (${negate === true ? 'not ' : ''}${textIn(operator).join('')} \`${pattern}\`)`];
}

function checksOf(rules: readonly Json[]): readonly string[] {
  return rules
    .filter((rule) => mapOf(rule).type === 'required_status_checks')
    .flatMap((rule) => {
      const wanted = mapOf(mapOf(rule).parameters).required_status_checks;
      return isJsonList(wanted) ? wanted.flatMap((check) => textIn(mapOf(check).context)) : [];
    });
}

function namesOf(checks: Json | undefined): readonly string[] {
  const { contexts } = mapOf(checks);
  return isJsonList(contexts) ? contexts.flatMap(textIn) : [];
}

function textIn(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

function hasRule(rules: readonly Json[], type: string): boolean {
  return rules.some((rule) => mapOf(rule).type === type);
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && isJsonMap(value);
}

function isEnabled(value: Json | undefined): boolean {
  return mapOf(value).enabled === true;
}

function isUnprotected(data: Json): boolean {
  return /not protected/i.test(String(mapOf(data).message ?? ''));
}

function mapOf(value: Json | undefined): JsonMap {
  return value !== undefined && isJsonMap(value) ? value : {};
}
