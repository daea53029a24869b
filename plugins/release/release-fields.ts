import {
  filledText,
  type HandlerContext,
  inertComments,
  type JsonSchema,
  optionalText,
  PluginFailure,
  type ReleaseState,
  releasesOf,
  showTemplate,
  templateValue,
} from '../../src/plugin-api/index.ts';

/** Configuration that several handlers of a release share. */
export const versionField: JsonSchema = {
  type: 'string',
  default: '{version}',
  template: true,
  description: 'The version that is released; the one that `release.version_bump` gave where it is not set.',
};

export const summaryField: JsonSchema = {
  type: 'string',
  parameter: 'summary',
  description: 'What the release is about, in one sentence.',
};

/** The version without a leading `v`. Rejects where the step before gave none. */
export function versionOf(context: HandlerContext): string {
  const version = filledText(context.config, 'version').replace(/^[vV](?=\d)/, '');
  if (version !== '') return version;
  throw new PluginFailure(
    'handler',
    'there is no version to write about: let a step `release.version_bump` come before this one, or set `version`',
    { retryable: false },
  );
}

/** The release of this run that a version belongs to: of several packages each has its own. */
export async function releaseFor(context: HandlerContext, version: string): Promise<ReleaseState | null> {
  return (await releasesOf(context)).find((release) => release.version === version) ?? null;
}

/** The version as far as it is known before the run. */
export function previewVersion(context: HandlerContext): string {
  const template = templateValue(context.config, 'version');
  return (template === null ? '{version}' : showTemplate(template)).trim().replace(/^[vV](?=\d)/, '') || '{version}';
}

/** The summary for a Markdown page; empty where there is none. */
export function summaryOf(context: HandlerContext): string {
  return inertComments((optionalText(context.config, 'summary') ?? '').replaceAll('\r\n', '\n').trim());
}
