import type { ProcessRequest } from '../../core/ports/plugin.ts';

export const shellNames = ['bash', 'sh', 'pwsh', 'python', 'node'] as const;
export type ShellName = (typeof shellNames)[number];

/** How a declared handler's script is started: as a file, whatever its length. */
export function scriptStart(shell: ShellName, script: string): Pick<ProcessRequest, 'command' | 'args' | 'script'> {
  const text = script.replaceAll('\r\n', '\n');
  switch (shell) {
    case 'bash':
      return {
        command: 'bash',
        args: ['--noprofile', '--norc', '-eo', 'pipefail'],
        script: { text, extension: '.sh' },
      };
    case 'sh':
      return { command: 'sh', args: ['-e'], script: { text, extension: '.sh' } };
    case 'pwsh':
      return {
        command: 'pwsh',
        args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-File'],
        script: { text: `$ErrorActionPreference = 'stop'\n${text}`, extension: '.ps1' },
      };
    case 'python':
      return { command: 'python3', args: [], script: { text, extension: '.py' } };
    case 'node':
      return { command: 'node', args: [], script: { text, extension: '.mjs' } };
  }
}
