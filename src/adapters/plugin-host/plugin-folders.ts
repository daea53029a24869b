import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Something in a plugin folder that may be a plugin: not looked into yet. */
export interface PluginCandidate {
  /** The folder's name, or the file's stem. */
  readonly name: string;
  /** Absolute; the file itself where the plugin is one file. */
  readonly place: string;
  readonly code: string | null;
  /** `plugin.yml`. */
  readonly declaration: string | null;
  /** `config.yaml` beside the code. */
  readonly configuration: string | null;
  /** The folder that it was found in, absolute: what plugins beside it share is read from there. */
  readonly root: string;
}

const codeNames = ['index.ts', 'index.js', 'index.mjs'];
const declarationNames = ['plugin.yml', 'plugin.yaml'];
const configurationNames = ['config.yaml', 'config.yml'];
const filePattern = /^(?!.*\.(?:d|test|spec)\.)(.+)\.(?:ts|js|mjs)$/;

/** What may be a plugin in a folder, by name; empty where the folder does not exist. */
export function candidatesIn(root: string): readonly PluginCandidate[] {
  return entriesOf(root).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const place = join(root, entry.name);
    return isFolder(place) ? candidateInFolder(entry.name, place, root) : candidateInFile(entry.name, place, root);
  });
}

function candidateInFolder(name: string, place: string, root: string): readonly PluginCandidate[] {
  const code = firstIn(place, codeNames);
  const declaration = firstIn(place, declarationNames);
  const configuration = firstIn(place, configurationNames);
  const isNothing = code === null && declaration === null && configuration === null;
  return isNothing ? [] : [{ name, place, code, declaration, configuration, root }];
}

function candidateInFile(file: string, place: string, root: string): readonly PluginCandidate[] {
  const name = filePattern.exec(file)?.[1];
  return name === undefined ? [] : [{ name, place, code: place, declaration: null, configuration: null, root }];
}

/** Packages that the workspace's package.json names and whose own has a field `vwmp`: the path of the plugin's code. */
export function candidatesAmongPackages(workspace: string): readonly PluginCandidate[] {
  const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(mapAt(readManifest(join(workspace, 'package.json')), kind)),
  );
  return [...new Set(names)].sort().flatMap((name) => {
    const place = join(workspace, 'node_modules', name);
    const entry = readManifest(join(place, 'package.json')).vwmp;
    if (typeof entry !== 'string') return [];
    const short = name.slice(name.indexOf('/') + 1);
    const code = resolve(place, entry);
    return [
      { name: short, place, code, declaration: null, configuration: firstIn(place, configurationNames), root: place },
    ];
  });
}

/** A package.json that cannot be read is npm's to complain about: no plugin is found by it. */
function readManifest(path: string): { readonly [key: string]: unknown } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isMap(manifest) ? manifest : {};
  } catch {
    return {};
  }
}

function mapAt(map: { readonly [key: string]: unknown }, key: string): { readonly [key: string]: unknown } {
  const value = map[key];
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Code of a module: the first that exists of `modules/NAME/index.js`, `.mjs`, `.ts`. */
const moduleCodeNames = ['index.js', 'index.mjs', 'index.ts'];

export interface ModuleCandidate {
  readonly name: string;
  readonly place: string;
  readonly root: string;
  readonly code: string | null;
  /** YAML files beside the code, and `modules/NAME.yml`; some may speak of other things. */
  readonly yaml: readonly string[];
}

/** `null` where the workspace has nothing of that name. */
export function moduleCandidate(workspace: string, name: string): ModuleCandidate | null {
  const root = join(workspace, 'modules');
  const place = join(root, name);
  const inside = entriesOf(place)
    .map((entry) => join(place, entry.name))
    .filter((path) => /\.ya?ml$/.test(path));
  const beside = [`${place}.yml`, `${place}.yaml`].filter((path) => existsSync(path));
  const code = firstIn(place, moduleCodeNames);
  if (code === null && inside.length + beside.length === 0) return null;
  return { name, place, root, code, yaml: [...inside, ...beside] };
}

/** Names of all modules of the workspace. */
export function moduleNames(workspace: string): readonly string[] {
  const root = join(workspace, 'modules');
  return entriesOf(root)
    .filter((entry) => !entry.name.startsWith('.') && isFolder(join(root, entry.name)))
    .map((entry) => entry.name);
}

/** The path with all links resolved; `null` where it leads nowhere. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // No such folder, or one that is no folder: nothing is in it.
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function firstIn(folder: string, names: readonly string[]): string | null {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  return found ?? null;
}
