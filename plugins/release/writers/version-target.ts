import { isJsonMap, type Json, type JsonMap, type JsonSchema } from '../../../src/plugin-api/index.ts';

/** How a file that keeps a version is read. */
export const targetFormats = [
  'json',
  'toml',
  'yaml',
  'xml',
  'ini',
  'python',
  'gradle',
  'npm-lock',
  'cargo-lock',
  'badge',
  'pattern',
  'plain',
] as const;

export type TargetFormat = (typeof targetFormats)[number];

/** One file that keeps the version, and where in it. */
export interface VersionTarget {
  /** Relative to the workspace. */
  readonly path: string;
  /** By the name of the file where it is not set: `formatOfFile`. */
  readonly format?: TargetFormat;
  /**
   * The value's place: `project.version`, `a.b[0].c`, `a."b.c".d`; in XML `project/version`, `//Version` or
   * `/Project/Sdk/@Version`; in Python the name that is assigned. By the name of the file where it is not set.
   */
  readonly key?: string;
  /** A regular expression with the group `version`, or a text with `{version}` in it. Implies the format `pattern`. */
  readonly pattern?: string;
  /** Lock files: the package whose entry is meant, by name; in npm's also by its folder. */
  readonly package?: string;
  /**
   * How many places must be found. Without it: one; in npm's lock file two where it describes the root package
   * twice; one or more badges.
   */
  readonly count?: number;
  /** The place holds a range of versions with one version in it (`^1.2.0`), as another package asks for this one. */
  readonly range?: boolean;
}

/** Most places that a target may ask for. */
export const mostPlaces = 100;

/** What one item of a list of version files must look like. */
export const versionTargetSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['path'],
  properties: {
    path: { type: 'string', minLength: 1, path: true, description: 'The file, relative to the workspace.' },
    format: {
      type: 'string',
      enum: targetFormats,
      description: 'How the file is read; by its name where this is not set.',
    },
    key: {
      type: 'string',
      minLength: 1,
      description:
        'The place of the version: `project.version`, `a.b[0].c`, `a."b.c".d`; `project/version` in XML; the assigned name in Python. By the name of the file where this is not set.',
    },
    pattern: {
      type: 'string',
      minLength: 1,
      description:
        'Finds the version by a regular expression with the group `version` (`(?<version>…)`), or by a text with `{version}` in it.',
    },
    package: {
      type: 'string',
      minLength: 1,
      description: 'In lock files: the name of the package whose entry is meant.',
    },
    count: {
      type: 'integer',
      minimum: 1,
      maximum: mostPlaces,
      description: 'How many places the version must have in the file; 1 where this is not set.',
    },
    range: {
      type: 'boolean',
      default: false,
      description:
        'The place holds a range with one version in it, such as `^1.2.0`; what stands before the version stays.',
    },
  },
};

/** Reads an item that keeps to `versionTargetSchema`; anything else in it is left out. */
export function versionTargetOf(item: Json): VersionTarget {
  const map: JsonMap = isJsonMap(item) ? item : {};
  const format = targetFormats.find((name) => name === map['format']);
  const key = textIn(map, 'key');
  const pattern = textIn(map, 'pattern');
  const named = textIn(map, 'package');
  const count = map['count'];
  return {
    path: textIn(map, 'path') ?? '',
    ...(format !== undefined && { format }),
    ...(key !== undefined && { key }),
    ...(pattern !== undefined && { pattern }),
    ...(named !== undefined && { package: named }),
    ...(typeof count === 'number' && { count }),
    ...(map['range'] === true && { range: true }),
  };
}

function textIn(map: JsonMap, key: string): string | undefined {
  const value = map[key];
  return typeof value === 'string' ? value : undefined;
}
