import type { WorkspaceFiles } from '../../../src/plugin-api/index.ts';
import type { ScriptValidator } from './validator.ts';

/** Programs to try in this order; the first that can be started runs the script. */
export interface Launch {
  readonly commands: readonly { readonly command: string; readonly args: readonly string[] }[];
}

/** How to start a script: by its ending, else by its run bit; `null` where neither says how. */
export function launchOf(validator: ScriptValidator, executable: boolean, root: string): Launch | null {
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
