import { predecessorOf, releaseBefore } from './release-before.ts';
import { type Decision, type ReleaseFacts, stop } from './release-facts.ts';

/** The release that a tag names: that of the event, else the greatest on the newest commit. Nothing is raised. */
export function releaseFromTag(facts: ReleaseFacts, env: { readonly [name: string]: string }): Decision {
  const { names, scheme, survey, tags } = facts;
  const pushed = /^refs\/tags\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null;
  if (survey === null || survey.head === null) {
    return stop('no-tag', 'there is no commit, so there is no tag to release from');
  }
  const tag = pushed ?? tags.merged.find(({ commit }) => commit === survey.head)?.name ?? null;
  if (tag === null) {
    const unread = tags.unread.find((name) => survey.tags[name]?.commit === survey.head);
    const seen =
      unread === undefined ? 'no tag of a release' : `the tag \`${unread}\`, which is no version of ${scheme.title}`;
    return stop(
      'no-tag',
      `the newest commit ${survey.head.slice(0, 7)} has ${seen}: tag it first, or check \`tag_template\` and \`scheme\``,
    );
  }
  const text = names.versionIn(tag);
  const version = text === null ? null : scheme.parse(text);
  if (version === null) {
    return stop(
      'no-tag',
      `the tag \`${tag}\` names no version of ${scheme.title}: check \`tag_template\` and \`scheme\``,
    );
  }
  const old = releaseBefore(facts, version)?.version.text ?? null;
  return (
    tagElsewhere(facts, tag, survey.head) ?? {
      kind: 'release',
      outcome: 'released',
      version: version.text,
      tag,
      commit: survey.head,
      ...predecessorOf(facts, version, old),
      old,
      why: pushed === null ? `the tag \`${tag}\` stands on the newest commit` : `the tag \`${tag}\` was pushed`,
    }
  );
}

/** What is checked out must be what the tag names: a tag may have been moved since the event. */
function tagElsewhere({ survey }: ReleaseFacts, tag: string, head: string): Decision | null {
  const here = survey?.tags[tag];
  const there = survey?.remote?.tags[tag];
  const odd = [here, there].find((one) => one !== undefined && one.commit !== head);
  if (odd === undefined) return null;
  const where = odd === there ? `on the remote ${survey?.remote?.name ?? ''}`.trimEnd() : 'in this clone';
  return stop(
    'tag-elsewhere',
    `the tag \`${tag}\` stands ${where} on commit ${odd.commit ?? 'unknown'}, but ${head} is checked out: check out the tag as it is now and start again`,
  );
}
