import {
  filledText,
  type HandlerContext,
  inertComments,
  type JsonSchema,
  optionalText,
  PluginFailure,
  showTemplate,
  templateValue,
  withoutV,
} from '../../src/plugin-api/index.ts';

/** Configuration that several handlers of a release share. */
export const versionField: JsonSchema = {
  type: ['string', 'null'],
  default: '{version}',
  template: true,
  description:
    'The version that is released; the one that `release.version_bump` gave where it is not set. Of several packages each step names its own, and does nothing where that is null.',
};

export const summaryField: JsonSchema = {
  type: 'string',
  parameter: 'summary',
  description: 'What the release is about, in one sentence.',
};

/** The version without a leading `v`. Rejects where the step before gave none. */
export function versionOf(context: HandlerContext): string {
  const version = withoutV(filledText(context.config, 'version'));
  if (version !== '') return version;
  throw new PluginFailure(
    'handler',
    'there is no version to write about: let a step `release.version_bump` come before this one, or set `version`',
    { retryable: false },
  );
}

/** The version as far as it is known before the run. */
export function previewVersion(context: HandlerContext): string {
  const template = templateValue(context.config, 'version');
  return withoutV(template === null ? '' : showTemplate(template).trim()) || '{version}';
}

/** The summary for a Markdown page; empty where there is none. */
export function summaryOf(context: HandlerContext): string {
  return inertComments((optionalText(context.config, 'summary') ?? '').replaceAll('\r\n', '\n').trim());
}
