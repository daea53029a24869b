import type { CallerNeeds, JsonMap } from '../../../src/plugin-api/index.ts';

/** What the workflow of GitHub gives to a release that somebody starts by hand; `null` where none is wanted. */
export function releaseCaller(answers: JsonMap, { pushes }: { readonly pushes: boolean }): CallerNeeds | null {
  if (answers.caller !== true) return null;
  const release = answers.github_release === true ? ', and to make the release on GitHub' : '';
  return {
    start: { kind: 'dispatch' },
    permissions: [{ name: 'contents', level: 'write', why: `to push the commit and the tag${release}` }],
    pushes,
  };
}

/** The same for one that begins with a tag. Git pushes nothing there. */
export function tagCaller(answers: JsonMap, tag: string): CallerNeeds | null {
  if (answers.caller !== true) return null;
  return {
    start: { kind: 'tags', patterns: [tagFilter(tag)] },
    permissions: [{ name: 'contents', level: 'write', why: 'to make the release on GitHub' }],
    pushes: false,
  };
}

/** GitHub's pattern for the tags of a template; a version begins with a digit. */
export function tagFilter(tag: string): string {
  const [before = '', after = ''] = tag.split('{version}');
  const literal = (text: string) => text.replace(/[\\*?+[\]!]/g, '\\$&');
  // `*` does not cross a slash, which no version holds.
  return `${literal(before)}[0-9]*${literal(after)}`;
}
