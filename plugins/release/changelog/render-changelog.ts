import type { GitCommit } from '../../../src/plugin-api/index.ts';
import { inertStart } from '../notes/inline-text.ts';
import { bodyUnder } from './section-body.ts';

/** What the detailed changelog of one version says. */
export interface ChangelogFacts {
  readonly version: string;
  readonly timestamp: string;
  readonly type: string | null;
  readonly epic: string | null;
  readonly story: string | null;
  readonly summary: string;
  readonly details: string;
  readonly commits: CommitList;
}

export interface CommitList {
  readonly since: string | null;
  /** Newest first. */
  readonly shown: readonly GitCommit[];
  readonly more: boolean;
}

/** The whole text of the file, ending with a line end. */
export function renderChangelog(facts: ChangelogFacts): string {
  const sections = [
    `# Changelog v${facts.version}`,
    headLines(facts).join('\n'),
    section('Summary', facts.summary),
    section('Detailed Changes', facts.details),
    section('Commits', commitLines(facts.commits)),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** A list, so that the lines stay apart when Markdown is shown. */
function headLines(facts: ChangelogFacts): readonly string[] {
  const line = (label: string, value: string | null) => (value === null ? [] : [`- **${label}:** ${value}`]);
  return [
    ...line('Version', facts.version),
    ...line('Release Date', facts.timestamp),
    ...line('Release Type', facts.type),
    ...line('Epic', facts.epic),
    ...line('Story', facts.story),
  ];
}

function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${bodyUnder(text, 2)}`;
}

function commitLines(commits: CommitList): string {
  if (commits.shown.length === 0) return '';
  const since = commits.since === null ? [] : [`Since ${commits.since}:`, ''];
  const lines = commits.shown.map((commit) => `- ${inert(commit.subject)} (${commit.hash.slice(0, 7)})`);
  const rest = commits.more ? ['', `Older commits are left out: the newest ${commits.shown.length} are listed.`] : [];
  return [...since, ...lines, ...rest].join('\n');
}

/** A subject such as `fix <Menu>` or `<!-- x` must not swallow the rest of the page, and `# x` is no heading. */
function inert(subject: string): string {
  return inertStart(subject.replace(/<(?=[A-Za-z/!?])/g, '\\<'));
}
