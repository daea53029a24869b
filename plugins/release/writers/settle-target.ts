import { formatOfFile, keysOfFile, patternOfFile } from './format-of-file.ts';
import { type Refusal, refused } from './search.ts';
import type { TargetFormat, VersionTarget } from './version-target.ts';

/** A target with everything that the name of its file says. */
export interface SettledTarget {
  readonly path: string;
  readonly format: TargetFormat;
  /** Where the version may stand, in this order; empty in formats without keys. */
  readonly keys: readonly string[];
  readonly pattern: string | null;
  readonly package: string | null;
  readonly count: number | null;
  readonly range: boolean;
}

const keyed: readonly TargetFormat[] = ['json', 'toml', 'yaml', 'xml', 'ini', 'python', 'gradle'];
const locks: readonly TargetFormat[] = ['npm-lock', 'cargo-lock'];

/** Fills in what the target leaves to the name of its file; refuses settings that would mean nothing. */
export function settleTarget(
  target: VersionTarget,
): { readonly kind: 'settled'; readonly target: SettledTarget } | Refusal {
  const { path } = target;
  const format = target.format ?? (target.pattern === undefined ? formatOfFile(path) : 'pattern');
  const idle = idleSetting(target, format);
  if (idle !== null)
    return refused(`\`${idle}\` means nothing for ${path}, which is read as ${format}: ${advice(idle)}`);
  const keys = target.key === undefined ? keysOfFile(path, format) : [target.key];
  if (keyed.includes(format) && keys.length === 0) {
    return refused(`nothing is known of where ${path} keeps its version: name the place with \`key\``);
  }
  const pattern = target.pattern ?? patternOfFile(path);
  if (format === 'pattern' && pattern === null) return refused(`${path} is read by a pattern: set \`pattern\``);
  if (format === 'cargo-lock' && target.package === undefined) {
    return refused(`${path} has an entry for each package: say with \`package\` which one is meant`);
  }
  return {
    kind: 'settled',
    target: {
      path,
      format,
      keys,
      pattern,
      package: target.package ?? null,
      count: target.count ?? null,
      range: target.range === true,
    },
  };
}

type Setting = 'key' | 'pattern' | 'package' | 'range';

function idleSetting(target: VersionTarget, format: TargetFormat): Setting | null {
  if (target.key !== undefined && !keyed.includes(format)) return 'key';
  if (target.pattern !== undefined && format !== 'pattern') return 'pattern';
  if (target.package !== undefined && !locks.includes(format)) return 'package';
  if (target.range === true && format !== 'pattern' && !keyed.includes(format)) return 'range';
  return null;
}

function advice(setting: Setting): string {
  switch (setting) {
    case 'key':
      return 'leave it out or set `format`';
    case 'pattern':
      return 'leave one of `format` and `pattern` out';
    case 'package':
      return 'it belongs to lock files';
    case 'range':
      return 'a range stands at a key, or a pattern finds it';
  }
}
