import { compilePattern, isJsonMap, withoutV } from '../../../../src/plugin-api/index.ts';

export interface VersionPlace {
  readonly version: string;
  /** From 1; `null` where it is not known. */
  readonly line: number | null;
}

/** Tables of TOML files that name the version of the project itself. */
const versionTables = new Set(['project', 'package', 'tool.poetry', 'workspace.package']);

/**
 * The version that a file names: by a pattern (its group `version`, else its first), else by its ending: the key
 * `version` of JSON, of the project's table in TOML, or a text of one line. `null` where there is none.
 */
export async function versionIn(file: string, text: string, pattern: string | null): Promise<VersionPlace | null> {
  if (pattern !== null) return byPattern(text, pattern);
  if (/\.json$/i.test(file)) return inJson(text);
  if (/\.toml$/i.test(file)) return inToml(text);
  const line = text.replace(/^\uFEFF/, '').trim();
  return /^\S+$/.test(line) ? { version: withoutV(line), line: 1 } : null;
}

async function byPattern(text: string, pattern: string): Promise<VersionPlace | null> {
  const match = (await compilePattern(pattern)).firstMatch(text);
  const version = match?.named.version ?? match?.groups[0] ?? match?.text;
  return version ? { version, line: null } : null;
}

function inJson(text: string): VersionPlace | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const version = isJsonMap(value) ? value.version : null;
    return typeof version === 'string' ? { version, line: null } : null;
  } catch {
    // A file that is no JSON names no version; the finding names the file.
    return null;
  }
}

function inToml(text: string): VersionPlace | null {
  let table = '';
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const header = /^\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) table = header;
    else if (/^\s*\[/.test(line)) table = '';
    else if (versionTables.has(table)) {
      const version = /^\s*version\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(line);
      if (version) return { version: version[1] ?? version[2] ?? '', line: at + 1 };
    }
  }
  return null;
}
