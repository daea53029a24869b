import { PluginFailure } from '../../../src/plugin-api/index.ts';

/**
 * The pathspec for a pattern of a definition. `*` matches across folders, as git means it; with `**` the pattern
 * follows the stricter rules of ignore files. Patterns that leave the workspace, and git's own magic, are refused.
 */
export function pathspecOf(pattern: string): string {
  const parts = pattern.split(/[/\\]/);
  if (pattern === '' || pattern.startsWith('/') || /^[A-Za-z]:/.test(pattern) || parts.includes('..')) {
    throw refused(pattern, 'it must lead to something inside the workspace');
  }
  if (pattern.startsWith(':')) throw refused(pattern, 'a leading `:` is not taken; write the path itself');
  return pattern.includes('**') ? `:(glob)${pattern}` : pattern;
}

/** Everything that the patterns match but the state folder of the engine. */
export function pathspecs(patterns: readonly string[]): readonly string[] {
  return [...patterns.map(pathspecOf), ':(exclude).vwmp'];
}

function refused(pattern: string, reason: string): PluginFailure {
  return new PluginFailure('permission', `the path \`${pattern}\` cannot be staged: ${reason}`, { retryable: false });
}
