import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { type DocumentNode, entryText, type MapNode } from '../../writers/document-node.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { textOf } from './file-text.ts';
import { tomlTable } from './toml-table.ts';

/**
 * Where the settings of a Python project in a folder (with a `/` at its end; `''`: the top) say that its version stands,
 * if that is not in the settings themselves. Not all of these files need to be there.
 */
export async function pythonSources(context: TemplateContext, folder: string): Promise<readonly VersionTarget[]> {
  const pyproject = (await textOf(context, `${folder}pyproject.toml`)) ?? '';
  const setup = (await textOf(context, `${folder}setup.cfg`)) ?? '';
  return [...inPyproject(pyproject), ...inSetup(setup)].map((target) => ({ ...target, path: folder + target.path }));
}

function inPyproject(content: string): readonly VersionTarget[] {
  const project = tomlTable(content, 'project');
  if (project !== null && entryText(project, 'version', content) !== null) return [];
  const tool = tomlTable(content, 'tool');
  const named = ['hatch', 'pdm'].flatMap((name) => {
    const settings = mapAt(tool, [name, 'version']);
    const path = settings === null ? null : entryText(settings, 'path', content);
    // With a pattern of its own a file is read otherwise than by its name.
    return path === null || settings?.entries.has('pattern') ? [] : [{ path }];
  });
  const dynamic = mapAt(tool, ['setuptools', 'dynamic', 'version']);
  if (dynamic === null) return named;
  const attribute = entryText(dynamic, 'attr', content);
  return [
    ...named,
    ...(attribute === null ? [] : ofAttribute(attribute)),
    ...textsOf(dynamic.entries.get('file'), content).map((path) => ({ path })),
  ];
}

/** `version = attr: pkg.__version__` and `version = file: VERSION`. */
function inSetup(content: string): readonly VersionTarget[] {
  const [, kind, value = ''] = /^version[ \t]*=[ \t]*(attr|file):[ \t]*([^\s,]+)/m.exec(content) ?? [];
  if (kind === undefined) return [];
  return kind === 'attr' ? ofAttribute(value) : [{ path: value }];
}

/** `pkg.about.__version__` stands in a module or in the root of a package, beside the settings or in `src`. */
function ofAttribute(attribute: string): readonly VersionTarget[] {
  const names = attribute.split('.');
  const key = names.pop() ?? '';
  const module = names.join('/');
  if (module === '') return [];
  const paths = ['', 'src/'].flatMap((root) => [`${root}${module}.py`, `${root}${module}/__init__.py`]);
  return paths.map((path) => ({ path, ...(key !== '__version__' && { key }) }));
}

function mapAt(table: MapNode | null, names: readonly string[]): MapNode | null {
  let at = table;
  for (const name of names) {
    const next: DocumentNode | undefined = at?.entries.get(name);
    at = next?.kind === 'map' ? next : null;
  }
  return at;
}

function textsOf(node: DocumentNode | undefined, content: string): readonly string[] {
  const nodes = node?.kind === 'list' ? node.items : [node];
  return nodes.flatMap((each) => (each?.kind === 'text' ? [content.slice(each.start, each.end)] : []));
}
