import type { Decision, ReleaseFacts, ReleaseTag } from './release-facts.ts';

/** The release that a tag names: that of the event, else the greatest on the newest commit. Nothing is raised. */
export function releaseFromTag(facts: ReleaseFacts, env: { readonly [name: string]: string }): Decision {
  const { names, scheme, survey, tags } = facts;
  const pushed = /^refs\/tags\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null;
  if (survey === null || survey.head === null) return stop('there is no commit, so there is no tag to release from');
  const tag = pushed ?? tags.merged.find(({ commit }) => commit === survey.head)?.name ?? null;
  if (tag === null) {
    const unread = tags.unread.find((name) => survey.tags[name]?.commit === survey.head);
    const seen =
      unread === undefined
        ? 'no tag of a release'
        : `the tag \`${unread}\`, which is no version of the scheme ${scheme.title}`;
    return stop(
      `the newest commit ${survey.head.slice(0, 7)} has ${seen}: tag it first, or check \`tag_template\` and \`scheme\``,
    );
  }
  const text = names.versionIn(tag);
  const version = text === null ? null : scheme.parse(text);
  if (version === null) {
    return stop(
      `the tag \`${tag}\` names no version of the scheme ${scheme.title}: check \`tag_template\` and \`scheme\``,
    );
  }
  const before = tags.merged.find((one): one is ReleaseTag => scheme.compare(one.version, version) < 0) ?? null;
  return {
    kind: 'release',
    outcome: 'released',
    version: version.text,
    tag,
    commit: survey.head,
    previous: before?.version.text ?? null,
    previousTag: before?.name ?? null,
    why: pushed === null ? `the tag \`${tag}\` stands on the newest commit` : `the tag \`${tag}\` was pushed`,
  };
}

function stop(message: string): Decision {
  return { kind: 'stop', reason: 'no-tag', message };
}
