import {
  isJsonMap,
  type Json,
  type JsonMap,
  PluginFailure,
  type WorkspaceFiles,
} from '../../../src/plugin-api/index.ts';
import { durationMs } from './duration.ts';

/** One script as the step writes it. */
export interface Validator {
  /** Path relative to the workspace, with `/`. */
  readonly script: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
}

/** Programs to try in this order; the first that can be started runs the script. */
export interface Launch {
  readonly commands: readonly { readonly command: string; readonly args: readonly string[] }[];
}

/** Reads one item of the list `validators`. */
export function parseValidator(item: Json, defaultTimeoutMs: number): Validator {
  if (typeof item === 'string') {
    return { script: normalized(item), name: item, args: [], timeoutMs: defaultTimeoutMs };
  }
  if (!isJsonMap(item) || typeof item.script !== 'string') {
    throw new PluginFailure('configuration', 'each of `validators` is a path or a map with `script`', {
      retryable: false,
    });
  }
  return {
    script: normalized(item.script),
    name: typeof item.name === 'string' ? item.name : item.script,
    args: argumentsOf(item),
    timeoutMs: item.timeout === undefined || item.timeout === null ? defaultTimeoutMs : durationMs(item.timeout),
  };
}

/** How to start a script: by its ending, else by its run bit; `null` where neither says how. */
export function launchOf(validator: Validator, executable: boolean, root: string): Launch | null {
  const path = `./${validator.script}`;
  const by = (command: string, ...before: string[]) => ({ command, args: [...before, path, ...validator.args] });
  switch (/\.([A-Za-z0-9]+)$/.exec(validator.script)?.[1]?.toLowerCase()) {
    case 'py':
      return { commands: [by('python3'), by('python')] };
    case 'sh':
      return { commands: [by('bash'), by('sh')] };
    case 'js':
    case 'mjs':
    case 'cjs':
    case 'ts':
    case 'mts':
      return { commands: [by('node')] };
    case 'rb':
      return { commands: [by('ruby')] };
    case 'ps1':
      return { commands: [by('pwsh', '-NoProfile', '-NonInteractive', '-File')] };
    default:
      if (!executable) return null;
      return { commands: [{ command: `${root}/${validator.script}`, args: validator.args }] };
  }
}

export type ScriptFile =
  | { readonly kind: 'file'; readonly executable: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' };

/** What stands at the path of a script. */
export async function inspectScript(files: WorkspaceFiles, script: string): Promise<ScriptFile> {
  const found = await files.stat(script);
  if (found === null) return { kind: 'missing' };
  return found.kind === 'folder' ? { kind: 'folder' } : { kind: 'file', executable: found.executable };
}

function argumentsOf(item: JsonMap): readonly string[] {
  const { args } = item;
  return Array.isArray(args) ? args.map((argument) => String(argument)) : [];
}

function normalized(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '');
}
