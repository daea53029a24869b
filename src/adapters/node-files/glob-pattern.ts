import { relative, sep } from 'node:path';
import { err, ok, type Result } from '../../core/model/result.ts';
import { GlobSegment } from './glob-segment.ts';

type Segment = GlobSegment | 'globstar';

/** A pattern over paths relative to one root, split into its names. */
export interface GlobPattern {
  readonly negated: boolean;
  readonly segments: readonly Segment[];
  /** Names before the first one that may match several: where looking begins. */
  readonly start: readonly string[];
}

/**
 * Reads patterns as `@actions/glob` does: one a line, `#` begins a comment, `!` takes matches of the patterns before
 * it away, a pattern that matches a folder matches all below it. Patterns that can match nothing under `root` are
 * left out. The error is one sentence for people.
 */
export function parseGlobs(root: string, sources: readonly string[]): Result<readonly GlobPattern[], string> {
  const patterns: GlobPattern[] = [];
  for (const line of sources.flatMap((source) => source.split('\n'))) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const bangs = /^(?:!\s*)*/.exec(text)?.[0] ?? '';
    const negated = (bangs.match(/!/g)?.length ?? 0) % 2 === 1;
    const body = text.slice(bangs.length);
    const names = namesOf(root, body);
    if (names === null) continue;
    if (body === '' || names.some((name, index) => name === '..' || (name === '.' && index > 0))) {
      return err(`the pattern "${text}" is empty or holds "." or "..", which are not allowed inside a pattern`);
    }
    patterns.push(patternOf(names, negated));
  }
  return ok(patterns);
}

/** Null for a pattern that points outside of the root. */
function namesOf(root: string, text: string): readonly string[] | null {
  if (text === '~' || text.startsWith('~/')) return null;
  const names = text.split('/').filter((name) => name !== '');
  if (!text.startsWith('/')) return names[0] === '.' ? names.slice(1) : names;
  const rootNames = relative(sep, root)
    .split(sep)
    .filter((name) => name !== '');
  const isInside = rootNames.every(
    (name, index) => names[index] !== undefined && new GlobSegment(names[index]).literal === name,
  );
  return isInside ? names.slice(rootNames.length) : null;
}

function patternOf(names: readonly string[], negated: boolean): GlobPattern {
  const segments = names.map((name): Segment => (name === '**' ? 'globstar' : new GlobSegment(name)));
  const start: string[] = [];
  for (const segment of segments) {
    if (segment === 'globstar' || segment.literal === null) break;
    start.push(segment.literal);
  }
  return { negated, segments, start };
}

/** Whether the pattern matches the path or a folder that holds it. */
export function matchesPath({ segments }: GlobPattern, path: readonly string[]): boolean {
  return reachable(segments, path).some((index) => index === segments.length);
}

/** Whether something below the folder may match. */
export function mayMatchBelow({ segments }: GlobPattern, folder: readonly string[]): boolean {
  return reachable(segments, folder).length > 0;
}

/**
 * How far into the pattern one can be after the path, every way tried at once. The end of the pattern stays reached:
 * what lies below a match matches.
 */
function reachable(segments: readonly Segment[], path: readonly string[]): readonly number[] {
  let indices = closure(segments, [0]);
  for (const name of path) {
    const next = indices.flatMap((index) => {
      const segment = segments[index];
      if (segment === undefined || segment === 'globstar') return [index];
      return segment.matches(name) ? [index + 1] : [];
    });
    indices = closure(segments, next);
  }
  return indices;
}

/** A globstar stands for no name as well. */
function closure(segments: readonly Segment[], indices: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let index of indices) {
    all.add(index);
    while (segments[index] === 'globstar') all.add(++index);
  }
  return [...all];
}
