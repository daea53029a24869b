import type { Version } from '../scheme/scheme.ts';
import type { ReleaseFacts, ReleaseTag } from './release-facts.ts';

/** What a version comes after: the same before it is made and ever after, whoever asks. */
export interface Predecessor {
  readonly previous: string | null;
  readonly previousTag: string | null;
}

/** A stable release does not build on its pre-releases: its notes hold what these brought. */
export function releaseBefore(
  { tags, scheme }: Pick<ReleaseFacts, 'tags' | 'scheme'>,
  version: Version,
): ReleaseTag | null {
  const isStable = !scheme.isPrerelease(version);
  const isBefore = (one: ReleaseTag) => scheme.compare(one.version, version) < 0;
  return tags.merged.find((one) => isBefore(one) && !(isStable && scheme.isPrerelease(one.version))) ?? null;
}

/** `old`: the version that was raised, which tells what came before where no tag does. */
export function predecessorOf(
  facts: Pick<ReleaseFacts, 'tags' | 'scheme'>,
  version: Version,
  old: string | null,
): Predecessor {
  const before = releaseBefore(facts, version);
  return { previous: before?.version.text ?? old, previousTag: before?.name ?? null };
}
