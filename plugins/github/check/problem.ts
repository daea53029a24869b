import type { Finding } from '../../../src/plugin-api/index.ts';

/** What a check of the preconditions found. `failure`: the release fails for it later, for sure. */
export interface Problem {
  readonly level: 'failure' | 'warning' | 'notice';
  /** Short name for machines. */
  readonly rule: string;
  readonly message: string;
  /** For failures: that a right is missing, not that something is wrong. */
  readonly permission?: boolean;
}

export function findingOf({ level, rule, message }: Problem): Finding {
  return { level: level === 'failure' ? 'error' : level, rule, message };
}
