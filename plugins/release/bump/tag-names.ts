import { PluginFailure, showTemplate, type TemplateText } from '../../../src/plugin-api/index.ts';

/** How the tags of a release are named: a text with one `{version}` in it. */
export interface TagNames {
  tagFor(version: string): string;
  /** The version that a tag is named after; `null` for a tag of another kind. */
  versionIn(tag: string): string | null;
  /** True where the template has a word of its own (`pkg-a@`): the tags beside it are those of other packages. */
  readonly isNamed: boolean;
}

/** Rejects a template without exactly one `{version}`: tags could not be told apart by it. */
export function tagNames(template: TemplateText): TagNames {
  const mark = '\u0000';
  const [before, after, ...more] = showTemplate(template, { version: mark }).split(mark);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new PluginFailure(
      'configuration',
      '`tag_template` must hold `{version}` once, or the tags of releases cannot be found again',
      { retryable: false },
    );
  }
  // Repositories that write `1.2.0` and those that write `v1.2.0` are told apart by nobody but their owners.
  const optionalPrefix = before === 'v' || before === '';
  return {
    isNamed: !/^v?$/i.test(before),
    tagFor: (version) => `${before}${version}${after}`,
    versionIn: (tag) => {
      if (!tag.endsWith(after)) return null;
      if (optionalPrefix && /^v?\d/.test(tag)) return tag.slice(tag.startsWith('v') ? 1 : 0, tag.length - after.length);
      return tag.startsWith(before) && tag.length > before.length + after.length
        ? tag.slice(before.length, tag.length - after.length)
        : null;
    },
  };
}
