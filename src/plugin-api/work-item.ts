import { compilePattern } from './patterns.ts';

/** The epic and story that a branch names, as the branch writes them (`01` stays `01`). */
export interface WorkItem {
  readonly epic: string | null;
  readonly story: string | null;
}

/** Finds `epic/21-story-3`, `E01S02` or `feature/e21-s4-login`, and nothing in `release2`. */
export const defaultBranchPattern = '(?i)(?:^|[^a-z])e(?:pic)?[-_/ ]?(\\d+)(?:(?:.*?[^a-z])?s(?:tory)?[-_/ ]?(\\d+))?';

/**
 * Reads epic and story from a branch's name. The pattern's groups named `epic` and `story` count, else its first and
 * second group. Rejects with a `configuration` failure where the pattern cannot be read.
 */
export async function workItemOf(branch: string | null, pattern: string): Promise<WorkItem> {
  const compiled = await compilePattern(pattern);
  const match = branch === null ? null : compiled.firstMatch(branch);
  if (match === null) return { epic: null, story: null };
  return {
    epic: (match.named.epic ?? match.groups[0]) || null,
    story: (match.named.story ?? match.groups[1]) || null,
  };
}
