import type { HandlerContext } from '../core/ports/plugin.ts';
import { templateValue, textList } from './config-values.ts';
import { fillTemplate } from './fill-template.ts';
import { type ReleaseState, releaseNamed } from './release-state.ts';

/**
 * The release that a step is about which names a version in its fields `version` and, where it has that, `paths`: of several
 * packages each has its own. See `releaseNamed`.
 */
export function releaseOfVersion(context: HandlerContext): Promise<ReleaseState | null> {
  const template = templateValue(context.config, 'version');
  const version = template === null ? null : withoutV(fillTemplate(template).trim());
  return releaseNamed(context, { version, paths: textList(context.config, 'paths') });
}

/** The same of a step that names a tag in its field `tag_template`. */
export function releaseOfTag(context: HandlerContext): Promise<ReleaseState | null> {
  const template = templateValue(context.config, 'tag_template');
  return releaseNamed(context, { tag: template === null ? null : fillTemplate(template).trim() });
}

/** A version without the `v` that people write before it. */
export function withoutV(version: string): string {
  return version.replace(/^[vV](?=\d)/, '');
}
