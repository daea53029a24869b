import { isRefName } from '../../../src/plugin-api/index.ts';
import type { ReleaseWish } from '../release/release-wish.ts';
import { notesRemark } from '../release/release-wish.ts';
import type { ReleasePlace } from '../release/release-work.ts';
import type { Problem } from './problem.ts';

/** Whether tag and release are free, or are those of an earlier attempt. */
export async function tagProblems({ store }: ReleasePlace, wish: ReleaseWish): Promise<readonly Problem[]> {
  const { tag, target } = wish.fields;
  if (!isRefName(tag)) {
    const message = `\`${tag}\` is no name that git takes for a tag: check \`tag_template\``;
    return [{ level: 'failure', rule: 'tag-name', message }];
  }
  const problems: Problem[] = [];
  const tagged = await store.tagCommit(tag);
  if (tagged !== null && target !== null && tagged !== target) {
    const message = `the tag ${tag} on GitHub stands on commit ${tagged}, and this run is at ${target}`;
    // The commit of a release is often made after this check: then the tag is in the way all the same.
    problems.push({ level: 'failure', rule: 'tag-exists', message: `${message}: release another version` });
  }
  const { release, doubles } = await store.find(tag);
  if (release?.immutable) {
    const message = `the release ${tag} is published and immutable: its assets cannot change any more (${release.url})`;
    problems.push({ level: 'warning', rule: 'immutable-release', message });
  } else if (release !== null) {
    const state = release.draft ? 'a draft of' : 'a published release of';
    const message = `there is ${state} ${tag} already: what it lacks is added (${release.url})`;
    problems.push({ level: 'notice', rule: 'release-exists', message });
  }
  for (const double of doubles) {
    const message = `there is a further draft of ${tag}: delete it if nobody needs it (${double.url})`;
    problems.push({ level: 'warning', rule: 'double-draft', message });
  }
  return problems;
}

/** Whether GitHub takes the notes as they are, as far as they are known yet. */
export function notesProblems({ notes }: ReleaseWish): readonly Problem[] {
  const cut = notesRemark(notes);
  return cut === null ? [] : [{ level: 'warning', rule: 'notes-cut', message: cut }];
}
