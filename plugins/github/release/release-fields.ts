import type { JsonSchema } from '../../../src/plugin-api/index.ts';

/** Configuration that the handlers of a release share. */
export const tagField: JsonSchema = {
  type: ['string', 'null'],
  default: 'v{version}',
  template: true,
  description: 'Tag of the release. Of several packages each step names its own, and does nothing where that is null.',
};

export const targetField: JsonSchema = {
  type: ['string', 'null'],
  default: null,
  template: true,
  description:
    'The commit that the tag stands on, or is made at where GitHub has no such tag; null: the commit of the release, else the newest one.',
};

export const contentFields: { readonly [name: string]: JsonSchema } = {
  tag_template: tagField,
  name_template: {
    type: 'string',
    default: '{tag}',
    template: ['tag'],
    description: 'Title of the release; `{tag}` is its tag.',
  },
  body: {
    type: 'string',
    default: '{notes}',
    template: ['notes', 'tag'],
    description: 'The notes, Markdown. `{notes}` is what a step before gives under that name, else empty.',
  },
  body_file: {
    type: ['string', 'null'],
    default: null,
    minLength: 1,
    path: true,
    description: 'A file that holds the notes; where it is set, `body` is not used.',
  },
  target: targetField,
  prerelease: {
    type: ['boolean', 'string'],
    enum: [true, false, 'auto'],
    default: 'auto',
    description: 'Whether it is a pre-release; auto: where the version in the tag is one.',
  },
  assets: {
    type: 'array',
    default: [],
    items: {
      anyOf: [
        { type: 'string', minLength: 1 },
        {
          type: 'object',
          additionalProperties: false,
          required: ['path'],
          properties: {
            path: { type: 'string', minLength: 1, description: 'Path or pattern, relative to the workspace.' },
            name: { type: 'string', minLength: 1, description: 'Name on GitHub; where not set, the name of the file.' },
            label: { type: 'string', description: 'What people see instead of the name.' },
            content_type: { type: 'string', minLength: 1, description: 'Media type; where not set, by the file name.' },
          },
        },
      ],
    },
    description: 'Files to put to the release: paths or patterns relative to the workspace; `**` crosses folders.',
  },
  replace_assets: {
    type: 'boolean',
    default: true,
    description: 'Whether an asset of the same name and another content gives way; one that is half there always does.',
  },
};

/** Of the handlers that make a release, or complete the one that is there. */
export const updatePublishedField: JsonSchema = {
  type: 'boolean',
  default: false,
  description: 'Whether title, notes and kind of a release change too where it is published already.',
};

export const publishFields: { readonly [name: string]: JsonSchema } = {
  make_latest: {
    type: ['string', 'boolean'],
    enum: ['auto', 'true', 'false', 'legacy', true, false],
    default: 'auto',
    description:
      'Whether it becomes the latest release; auto: unless it is a pre-release or a higher version is published; legacy: by date and version, as GitHub decides.',
  },
  discussion_category: {
    type: ['string', 'null'],
    default: null,
    description: 'Category of a discussion that is opened about the release; it must exist.',
  },
};

export const githubOutputs: { readonly [name: string]: JsonSchema } = {
  release_id: { type: 'integer', description: 'Number of the release on GitHub.' },
  url: { type: 'string', description: 'Where people see the release.' },
  upload_url: { type: 'string', description: 'Where the API takes further assets.' },
  tag: { type: 'string', description: 'Tag of the release.' },
  draft: { type: 'boolean', description: 'True while it is not published.' },
  created: { type: 'boolean', description: 'True where this step made the release, in an earlier attempt perhaps.' },
  updated: { type: 'boolean', description: 'True where this step changed a release that was there.' },
  changed: { type: 'boolean', description: 'False where everything was as it should be before this step.' },
  assets: {
    type: 'array',
    description: 'Assets of the release.',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        size: { type: 'integer' },
        digest: { type: ['string', 'null'] },
        id: { type: 'integer' },
        state: { type: 'string' },
      },
    },
  },
};
