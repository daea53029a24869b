import { defaultRules } from './commit-rules.ts';

/** Type, scope, the sign of what breaks, and the subject. The key of a ticket (`ABC-123: …`) is no type. */
export const headerPattern = /^(?![A-Z][A-Z0-9]*-\d+[(!:])([A-Za-z][\w-]{0,49})(?:\(([^()]{0,100})\))?(!)?: (\S.*)$/;

/**
 * Whether somebody who writes such a subject follows Conventional Commits: other types than the common ones are as often
 * the part that was changed (`http: …`).
 */
export function isConventional(subject: string): boolean {
  const type = headerPattern.exec(subject)?.[1]?.toLowerCase();
  return type !== undefined && type !== 'breaking' && defaultRules.has(type);
}
