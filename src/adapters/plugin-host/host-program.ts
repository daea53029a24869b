import { isAbsolute, join } from 'node:path';

/** How a plugin's process is started. */
export interface HostProgram {
  /** Path of Node. */
  readonly node: string;
  /** Path of the host's own code. */
  readonly script: string;
  /** Folders that the host's own code is read from. */
  readonly folders: readonly string[];
}

/** What Node lets the process do by itself, beside what it asks of its context. The network is not covered. */
export interface HostGrants {
  /** Absolute folders or files. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly processes: boolean;
}

/** Remarks of Node about its own flags and about package.json, which nobody who runs a workflow can act on. */
const silenced = ['SecurityWarning', 'ExperimentalWarning', 'MODULE_TYPELESS_PACKAGE_JSON'];

/** Variables that would change how Node itself runs. */
export const hostEnvironment: { readonly [name: string]: null } = {
  NODE_OPTIONS: null,
  NODE_V8_COVERAGE: null,
  NODE_COMPILE_CACHE: null,
  NODE_CHANNEL_FD: null,
};

export function hostArguments(program: HostProgram, grants: HostGrants): readonly string[] {
  return [
    '--permission',
    ...[...program.folders, ...grants.read, ...grants.write].flatMap((path) => flagsFor('--allow-fs-read', path)),
    ...grants.write.flatMap((path) => flagsFor('--allow-fs-write', path)),
    ...(grants.processes ? ['--allow-child-process', '--allow-worker'] : []),
    ...silenced.map((warning) => `--disable-warning=${warning}`),
    program.script,
  ];
}

/** The folder itself and all that lies in it. */
function flagsFor(flag: string, path: string): readonly string[] {
  if (!isAbsolute(path)) throw new Error(`a permission needs an absolute path, not ${path}`);
  return [`${flag}=${path}`, `${flag}=${join(path, '*')}`];
}
