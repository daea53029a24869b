import type { TargetFormat } from './version-target.ts';

/** How files of some name are read where the target does not say. */
interface FileKind {
  /** Of the path in lower case. */
  readonly name: RegExp;
  readonly format: TargetFormat;
  /** Where the version may stand; the first that the file has is taken. */
  readonly keys?: readonly string[];
  readonly pattern?: string;
  /** The scheme that the tools of such files demand. */
  readonly scheme?: 'semver' | 'pep440';
}

/** Lines may end with a lone carriage return, which `(?m)^` does not know. */
const lineStart = '(?:\\A|[\\r\\n])[ \\t]*';
const versionWord = '(?<version>[^"\'\\s]+)';

const kinds: readonly FileKind[] = [
  { name: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, format: 'npm-lock', scheme: 'semver' },
  { name: /(?:^|\/)package\.json$/, format: 'json', scheme: 'semver' },
  { name: /(?:^|\/)(?:openapi|swagger)\.json$/, format: 'json', keys: ['info.version'] },
  { name: /\.jsonc?$/, format: 'json' },
  { name: /(?:^|\/)cargo\.lock$/, format: 'cargo-lock', scheme: 'semver' },
  { name: /(?:^|\/)uv\.lock$/, format: 'cargo-lock', scheme: 'pep440' },
  {
    name: /(?:^|\/)cargo\.toml$/,
    format: 'toml',
    keys: ['package.version', 'workspace.package.version'],
    scheme: 'semver',
  },
  {
    name: /(?:^|\/)pyproject\.toml$/,
    format: 'toml',
    keys: ['project.version', 'tool.poetry.version'],
    scheme: 'pep440',
  },
  { name: /\.toml$/, format: 'toml' },
  { name: /(?:^|\/)(?:openapi|swagger)\.ya?ml$/, format: 'yaml', keys: ['info.version'] },
  { name: /(?:^|\/)pubspec\.ya?ml$/, format: 'yaml', scheme: 'semver' },
  { name: /\.ya?ml$/, format: 'yaml' },
  { name: /(?:^|\/)pom\.xml$/, format: 'xml', keys: ['/project/version'] },
  {
    name: /\.(?:cs|fs|vb)proj$|(?:^|\/)directory\.build\.(?:props|targets)$/,
    format: 'xml',
    keys: ['/Project/PropertyGroup/Version', '/Project/PropertyGroup/VersionPrefix'],
  },
  { name: /\.nuspec$/, format: 'xml', keys: ['/package/metadata/version'] },
  { name: /(?:^|\/)package\.xml$/, format: 'xml', keys: ['/package/version'] },
  { name: /\.xml$/, format: 'xml', keys: [] },
  { name: /(?:^|\/)setup\.cfg$/, format: 'ini', keys: ['metadata.version'], scheme: 'pep440' },
  { name: /\.(?:cfg|ini|properties)$/, format: 'ini' },
  { name: /\.pyi?$/, format: 'python', keys: ['__version__', 'VERSION', 'version'], scheme: 'pep440' },
  { name: /\.gradle(?:\.kts)?$/, format: 'gradle' },
  { name: /(?:^|\/)readme(?:\.[\w-]+)?\.(?:md|markdown)$/, format: 'badge' },
  {
    name: /(?:^|\/)version\.rb$/,
    format: 'pattern',
    pattern: `${lineStart}VERSION[ \\t]*=[ \\t]*["']${versionWord}["']`,
  },
  {
    name: /\.(?:gemspec|podspec)$/,
    format: 'pattern',
    pattern: `${lineStart}[A-Za-z_]+\\.version[ \\t]*=[ \\t]*["']${versionWord}["']`,
  },
  {
    name: /(?:^|\/)cmakelists\.txt$/,
    format: 'pattern',
    // Of a project's version alone: `cmake_minimum_required` has one too.
    pattern: `${lineStart}(?i:project)[ \\t]*\\([^()]*?[ \\t\\r\\n]VERSION[ \\t\\r\\n]+(?<version>[0-9][0-9.]*)`,
  },
  {
    name: /(?:^|\/)description$/,
    format: 'pattern',
    pattern: `(?:\\A|[\\r\\n])Version:[ \\t]*${versionWord}`,
  },
  {
    name: /(?:^|\/)mix\.exs$/,
    format: 'pattern',
    scheme: 'semver',
    pattern: `${lineStart}(?:@version[ \\t]+|version:[ \\t]*)"${versionWord}"`,
  },
];

const plain: FileKind = { name: /$/, format: 'plain' };

/** How a file of this name is read: by its whole name, then by its ending; `plain` where neither says anything. */
export function formatOfFile(path: string): TargetFormat {
  return kindOf(path).format;
}

/**
 * Where a file of this name keeps its version when it is read in this format; the first that the file has is meant.
 * Empty where the format has no keys, or where the key must be named.
 */
export function keysOfFile(path: string, format: TargetFormat): readonly string[] {
  const kind = kindOf(path);
  if (kind.format === format && kind.keys !== undefined) return kind.keys;
  return usualKeys[format];
}

/** The pattern that finds the version in a file of this name; `null` where there is none. */
export function patternOfFile(path: string): string | null {
  return kindOf(path).pattern ?? null;
}

/** The scheme that versions in a file of this name have to be of; `null` where it says nothing. */
export function schemeOfFile(path: string): 'semver' | 'pep440' | null {
  return kindOf(path).scheme ?? null;
}

const usualKeys: { readonly [format in TargetFormat]: readonly string[] } = {
  json: ['version'],
  toml: ['version'],
  yaml: ['version'],
  xml: [],
  ini: ['version'],
  python: ['__version__', 'VERSION', 'version'],
  gradle: ['version'],
  'npm-lock': [],
  'cargo-lock': [],
  badge: [],
  pattern: [],
  plain: [],
};

function kindOf(path: string): FileKind {
  const name = path.replaceAll('\\', '/').toLowerCase();
  return kinds.find((kind) => kind.name.test(name)) ?? plain;
}
