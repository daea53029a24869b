import { type GitAdapter, type HandlerContext, PluginFailure } from '../../../src/plugin-api/index.ts';
import { releaseOfStep } from '../release-fields.ts';
import type { Outline } from './outline.ts';

interface ChangelogOfRelease {
  readonly file: string;
  readonly outline: Outline;
  /** The version that is released. */
  readonly version: string;
}

/** Entries of several packages cannot be told apart by their versions, and a new one is named like the newest. */
export async function refuseOtherPackage(
  context: HandlerContext,
  { file, outline, version }: ChangelogOfRelease,
): Promise<void> {
  const release = await releaseOfStep(context);
  const tag = release?.version === version ? release.tag : null;
  const other = tag === null ? null : otherPackage(outline, tag, version);
  const git = other === null ? null : await context.adapter<GitAdapter>('git').catch(() => null);
  // A heading may hold any word, or the name that a package had.
  const isOfOther = ({ name }: { readonly name: string }) => /(?:^|\/)([\w.-]+)@v?\d/.exec(name)?.[1] === other;
  if (git === null || !(await git.tags()).some(isOfOther)) return;
  throw new PluginFailure(
    'handler',
    `${file} has entries of the package ${other}, and this step enters ${tag}: give each package a changelog of its own with \`main_changelog\``,
    { file, retryable: false },
  );
}

/** The package, other than that of a tag (`core@1.2.0`), that the newest entry names (`## cli@0.4.0`); `null`: none. */
function otherPackage({ versions, oldestFirst }: Outline, tag: string, version: string): string | null {
  const own = packageBefore(tag.slice(0, Math.max(tag.lastIndexOf(version), 0)));
  const newest = oldestFirst ? versions.at(-1) : versions[0];
  if (own === null || newest === undefined) return null;
  const named = packageBefore(newest.heading.text.slice(0, newest.version.start));
  return named === null || named.toLowerCase() === own.toLowerCase() ? null : named;
}

/** Without the scope, which some leave out. */
function packageBefore(text: string): string | null {
  return /([\w.-]+)@v?$/.exec(text)?.[1] ?? null;
}
