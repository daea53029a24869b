import {
  booleanValue,
  isJsonList,
  type JsonMap,
  type JsonSchema,
  PluginFailure,
  templateValue,
} from '../../../src/plugin-api/index.ts';
import { type HostKind, hostKinds } from './host-links.ts';
import { itemPlaceholders, type NotesOptions, type NotesStyle, notesPlaceholders } from './notes-model.ts';
import { defaultSections, readSections } from './notes-sections.ts';

/** Keys that say how notes look; shared by the handlers that write them. */
export const notesFields: { readonly [key: string]: JsonSchema } = {
  sections: {
    type: 'array',
    default: [],
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['type'],
      properties: {
        type: {
          type: 'string',
          minLength: 1,
          description: 'A type of commit; `breaking`: breaking changes; `*`: all that are not conventional.',
        },
        title: { type: 'string', description: 'The heading; types with the same one share the section.' },
        hidden: { type: 'boolean', default: false, description: 'Leave these changes out.' },
      },
    },
    description:
      'Which types of commits are listed, under which headings, in this order; empty: as the style has them. A type that is not here is listed where `rules` let it release something, with those of `*` or as the style has it; `hidden: true` leaves it out.',
  },
  authors: {
    type: 'string',
    enum: ['none', 'items', 'section'],
    default: 'none',
    description: 'Who made a change: nowhere, behind each item, or in a section at the end.',
  },
  compare: {
    type: 'boolean',
    default: true,
    description:
      'A line that links to the comparison with the release before; Keep a Changelog has the link in its heading.',
  },
  links: {
    type: 'string',
    enum: ['auto', 'off', ...hostKinds],
    default: 'auto',
    description:
      'Link commits, issues and versions to the pages of the host of the remote; auto: where its name tells what it is.',
  },
  item_template: {
    type: 'string',
    template: itemPlaceholders,
    description: `Own text of an item, of ${itemPlaceholders.map((name) => `{${name}}`).join(' ')}.`,
  },
  notes_template: {
    type: 'string',
    template: notesPlaceholders,
    description: `Own text of the whole, of ${notesPlaceholders.map((name) => `{${name}}`).join(' ')}.`,
  },
};

/** How the notes look, without the links, which need the remote. */
export function notesOptionsOf(config: JsonMap, style: NotesStyle): Omit<NotesOptions, 'links'> {
  const { sections: written } = config;
  const sections = isJsonList(written) && written.length > 0 ? readSections(written) : null;
  if (sections?.kind === 'wrong') {
    throw new PluginFailure('configuration', sections.problems.join('; '), { retryable: false });
  }
  return {
    style,
    sections: sections?.sections ?? defaultSections(style),
    authors: config.authors === 'items' || config.authors === 'section' ? config.authors : 'none',
    compare: booleanValue(config, 'compare', true) && style !== 'keep-a-changelog',
    item: templateValue(config, 'item_template'),
    template: templateValue(config, 'notes_template'),
  };
}

/** `off`, a kind of host, or `auto`. */
export function linkSetting(config: JsonMap): 'auto' | 'off' | HostKind {
  const { links } = config;
  if (links === 'off') return 'off';
  return hostKinds.find((kind) => kind === links) ?? 'auto';
}
