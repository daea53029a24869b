import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { suggest } from '../core/expression/suggest.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { WorkflowTemplate } from '../core/ports/plugin.ts';
import { findAllPlugins } from './find-plugins.ts';
import type { Platform } from './platform.ts';

/** A template that can be named. */
export interface OfferedTemplate {
  /** The workflow type that has it. */
  readonly type: string;
  /** What it is called by: its name in lower case with hyphens. */
  readonly slug: string;
  readonly template: WorkflowTemplate;
}

/** The templates of every workflow type, those of the workspace's own plugins too. */
export async function findTemplates(
  platform: Platform,
): Promise<{ readonly templates: readonly OfferedTemplate[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { host, diagnostics } = await findAllPlugins(platform);
  const templates = host.workflowTypes.flatMap(({ name: type, templates: own }) =>
    own.map((template) => ({ type, slug: slugOf(template.name), template })),
  );
  return { templates, diagnostics };
}

/** The one that a text names: its name, the beginning of it up to a hyphen (`quick`), or both after its type (`ci/node`). */
export function pickTemplate(
  templates: readonly OfferedTemplate[],
  text: string,
): Result<OfferedTemplate, readonly Diagnostic[]> {
  const slash = text.indexOf('/');
  const [type, name] = slash === -1 ? [null, slugOf(text)] : [text.slice(0, slash), slugOf(text.slice(slash + 1))];
  const offered = templates.filter((each) => type === null || each.type === type);
  const exact = offered.filter(({ slug }) => slug === name);
  const found = exact.length > 0 ? exact : offered.filter(({ slug }) => name !== '' && slug.startsWith(`${name}-`));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return ok(only);
  if (only !== undefined) {
    const names = found.map((each) => `${each.type}/${each.slug}`);
    return err([refusal(`"${text}" names ${found.length} templates.`, `Say which: ${names.join(', ')}.`)]);
  }
  const slugs = templates.map(({ slug }) => slug);
  const near = suggest(name, [...slugs, ...slugs.map((slug) => slug.replace(/-release$/, ''))]);
  const hint = near === null ? `There are: ${slugs.join(', ') || 'none'}.` : `Did you mean "${near}"?`;
  return err([refusal(`There is no template "${text}".`, hint)]);
}

/** `Standard Release` → `standard-release`. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function refusal(message: string, hint: string): Diagnostic {
  return { code: 'command', severity: 'error', message, hint };
}
