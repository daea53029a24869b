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

/**
 * Everything that the patterns match but the state folder of the engine. That is named only where one of them could
 * match it: git looks no further than the folder that all patterns begin with, and there an exclusion from outside of it
 * hides every file that is new (seen in 2.39).
 */
export function pathspecs(patterns: readonly string[]): readonly string[] {
  const own = patterns.map(pathspecOf);
  return patterns.some(mayMatchState) ? [...own, ':(exclude).vwmp'] : own;
}

function mayMatchState(pattern: string): boolean {
  const [first = ''] = pattern.replace(/^(?:\.\/+)+/, '').split('/');
  return first === '' || first === '.' || first === '.vwmp' || /[*?[\\]/.test(first);
}

function refused(pattern: string, reason: string): PluginFailure {
  return new PluginFailure('permission', `the path \`${pattern}\` cannot be staged: ${reason}`, { retryable: false });
}
