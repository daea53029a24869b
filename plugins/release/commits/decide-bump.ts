import type { ChangeGroup, CollectedCommits } from './commit-collector.ts';
import type { Change, Increment } from './commit-model.ts';

export interface BumpQuestion {
  /** What the range begins after, for people: `v1.49.0`; `null` where it begins at the first commit. */
  readonly since: string | null;
  /** True where the version before is `0.x`, which promises nothing. */
  readonly initialDevelopment: boolean;
  /** What a breaking change raises while the version is `0.x`. */
  readonly zeroMajor: 'minor' | 'major';
  /** Commits that touch none of these paths were not asked for; empty: all were. */
  readonly paths?: readonly string[];
}

export interface BumpDecision {
  /** `null`: nothing to release, unless `releaseAs` is given. */
  readonly increment: Increment | null;
  /** The version that a footer `Release-As` asks for, and its commit. Not checked: the scheme reads it. */
  readonly releaseAs: CollectedCommits['releaseAs'];
  /** Why that increment: one sentence for people, without a full stop. */
  readonly why: string;
  /** The change that decided; the newest of equals. */
  readonly decisive: Change | null;
  readonly counts: {
    readonly total: number;
    readonly byType: { readonly [type: string]: number };
    /** Commits that had no say. */
    readonly ignored: number;
  };
}

/** What the collected commits release, and why. */
export function decideBump(collected: CollectedCommits, question: BumpQuestion): BumpDecision {
  const decisive = collected.decisive;
  const increment = decisive === null ? null : levelFor(decisive.increment, question);
  return {
    increment,
    releaseAs: collected.releaseAs,
    why: sentence(collected, increment, question),
    decisive: decisive?.change ?? null,
    counts: {
      total: collected.total,
      byType: Object.fromEntries(collected.groups.map((group) => [group.type, group.total])),
      ignored: Object.values(collected.ignored).reduce((sum, count) => sum + count, 0),
    },
  };
}

function levelFor(increment: Increment, question: BumpQuestion): Increment {
  return increment === 'major' && question.initialDevelopment ? question.zeroMajor : increment;
}

function sentence(collected: CollectedCommits, increment: Increment | null, question: BumpQuestion): string {
  const since = question.since === null ? '' : ` since ${question.since}`;
  if (collected.total === 0) return `${noneSentence(question, since)}, so there is nothing to release`;
  if (increment === null || collected.decisive === null) return nothingSentence(collected, since);
  const counted = countedKinds(collected);
  const early =
    collected.decisive.increment !== increment ? ', because a breaking change raises that before 1.0.0' : '';
  return `${counted}${since}: ${quoted(collected.decisive.change)} makes it a ${increment} release${early}`;
}

function noneSentence({ paths = [] }: BumpQuestion, since: string): string {
  if (paths.length === 0) return `there are no commits${since}`;
  const some = paths.length > 3 ? `${paths.slice(0, 3).join(', ')} or another of its paths` : paths.join(' or ');
  return `no commit${since} touches ${some}`;
}

function nothingSentence(collected: CollectedCommits, since: string): string {
  const { total, ignored } = collected;
  const commits = plural(total, 'commit', 'commits');
  if (ignored.unconventional === total) {
    const none = total === 1 ? 'the one commit' : `none of the ${commits}`;
    const verb = total === 1 ? 'does not follow' : 'follows';
    return `${none}${since} ${verb} Conventional Commits (\`type: subject\`), so nothing says what to release; a rule for \`*\` would count them`;
  }
  return `${commits}${since}, but none that releases anything: ${reasons(collected).join(', ')}`;
}

function reasons(collected: CollectedCommits): readonly string[] {
  const { ignored } = collected;
  const types = collected.groups.filter((group) => group.type !== '*').map(kindOf);
  const others: readonly (readonly [number, string, string])[] = [
    [ignored.unconventional, 'not conventional', 'not conventional'],
    [ignored.merges, 'merge', 'merges'],
    [ignored.reverted, 'reverted or reverting', 'reverted or reverting'],
    [ignored.releases, 'of an earlier release', 'of an earlier release'],
    [ignored.skipped, 'that asks for no release', 'that ask for no release'],
  ];
  return [...types, ...others.flatMap(([count, one, many]) => (count === 0 ? [] : [plural(count, one, many)]))];
}

function countedKinds(collected: CollectedCommits): string {
  const kinds = collected.groups.filter((group) => group.type !== '*' || collected.ignored.unconventional === 0);
  const breaking = collected.breaking.total;
  const listed = [
    ...(breaking === 0 ? [] : [plural(breaking, 'breaking change', 'breaking changes')]),
    ...kinds.toSorted((one, other) => rank(one) - rank(other)).map(kindOf),
  ];
  if (listed.length <= 1) return listed.join('');
  return `${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}`;
}

/** How people call the common types. */
const kindNames: readonly (readonly [string, string, string])[] = [
  ['feat', 'feature', 'features'],
  ['fix', 'fix', 'fixes'],
  ['perf', 'performance change', 'performance changes'],
  ['revert', 'revert', 'reverts'],
  ['*', 'other change', 'other changes'],
];

function kindOf(group: ChangeGroup): string {
  const named = kindNames.find(([type]) => type === group.type);
  return named ? plural(group.total, named[1], named[2]) : `${group.total} ${group.type}`;
}

function rank(group: ChangeGroup): number {
  const at = kindNames.findIndex(([type]) => type === group.type);
  return at === -1 ? kindNames.length : at;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A subject in a sentence: short, and without backticks that would end the code it stands in. */
function quoted(change: Change): string {
  const scope = change.scope === null ? '' : `(${change.scope})`;
  const head = change.type === '*' ? '' : `${change.type}${scope}${change.breaking ? '!' : ''}: `;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const text = [...`${head}${change.subject}`.replace(/[`\u0000-\u001f\u007f-\u009f]/g, '')];
  const short = text.length > 72 ? `${text.slice(0, 71).join('')}…` : text.join('');
  return `\`${short}\` (${change.hash.slice(0, 7)})`;
}
