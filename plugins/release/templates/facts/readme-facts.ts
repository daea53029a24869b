import { parseText, type TemplateContext, visibleLines } from '../../../../src/plugin-api/index.ts';
import { findLatestRelease } from '../../readme/latest-release.ts';
import { updateBadges } from '../../readme/version-badge.ts';
import { textOf } from './file-text.ts';

/** Where the README speaks of the version. */
export interface ReadmeFacts {
  readonly path: string;
  readonly badge: boolean;
  readonly latestRelease: boolean;
}

/** `null` where there is no README that speaks of a version. */
export async function readmeFacts(context: TemplateContext): Promise<ReadmeFacts | null> {
  const [path] = (await context.files.list('.')).filter((name) => /^readme\.(?:md|markdown)$/i.test(name));
  const content = path === undefined ? null : await textOf(context, path);
  if (path === undefined || content === null) return null;
  const document = parseText(content);
  const visible = visibleLines(document);
  const lines = document.lines.map(({ text }) => text);
  const badge = lines.some((line, at) => visible[at] === true && updateBadges(line, '0.0.0').kind !== 'missing');
  const latestRelease = findLatestRelease(lines, visible, { version: '0.0.0', old: null }) !== null;
  return badge || latestRelease ? { path, badge, latestRelease } : null;
}
