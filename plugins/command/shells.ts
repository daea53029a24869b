import { Buffer } from 'node:buffer';
import type { ProcessRequest } from '../../src/plugin-api/index.ts';

export const shellNames = ['bash', 'sh', 'pwsh', 'python', 'node'] as const;
export type ShellName = (typeof shellNames)[number];

/** How a script is handed to a program: as an argument, by its standard input, or as a file. */
export type ScriptStart = Pick<ProcessRequest, 'args' | 'stdin' | 'script'>;

export interface Shell {
  /** Programs to try, in this order: the first that the machine has is used. */
  readonly programs: readonly string[];
  readonly start: (script: string) => ScriptStart;
  /** What to do where none of the programs is there. */
  readonly advice: string;
}

/**
 * Linux takes at most 128 KiB in one argument. Up to here a script is an argument, which spares a file, and with bash
 * and sh a process: they become the last command of such a script instead of starting it.
 */
const longestArgument = 120 * 1024;

const bashOptions = ['--noprofile', '--norc', '-eo', 'pipefail'];
const pwshOptions = ['-NoLogo', '-NoProfile', '-NonInteractive'];

export const shells: Readonly<Record<ShellName, Shell>> = {
  bash: {
    programs: ['bash'],
    start: (script) =>
      fitsArgument(script)
        ? { args: [...bashOptions, '-c', '--', script] }
        : { args: bashOptions, script: { text: script, extension: '.sh' } },
    advice: 'Install bash, or write `shell: sh`.',
  },
  sh: {
    programs: ['sh'],
    start: (script) =>
      fitsArgument(script)
        ? { args: ['-e', '-c', '--', script] }
        : { args: ['-e'], script: { text: script, extension: '.sh' } },
    advice: 'Check that PATH holds the folder of sh, which is /bin on most machines.',
  },
  pwsh: {
    programs: ['pwsh'],
    start: (script) => {
      const text = stoppingAtErrors(script);
      return fitsArgument(text)
        ? { args: [...pwshOptions, '-Command', text] }
        : { args: [...pwshOptions, '-File'], script: { text, extension: '.ps1' } };
    },
    advice: 'Install PowerShell 7, or use another shell.',
  },
  // Both find modules from the working directory when the script is an argument or the standard input, not a file.
  python: {
    programs: ['python3', 'python'],
    start: (script) => (fitsArgument(script) ? { args: ['-c', script] } : { args: ['-'], stdin: script }),
    advice: 'Install Python 3, or set it up in an earlier step of the job.',
  },
  node: {
    programs: ['node'],
    start: (script) => (fitsArgument(script) ? { args: [`--eval=${script}`] } : { args: ['-'], stdin: script }),
    advice: 'Install Node, or set it up in an earlier step of the job.',
  },
};

function fitsArgument(script: string): boolean {
  return Buffer.byteLength(script) <= longestArgument;
}

/** PowerShell goes on after an error and forgets a program's exit code unless it is told otherwise. */
function stoppingAtErrors(script: string): string {
  const exit = 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
  return `$ErrorActionPreference = 'stop'\n${script}\n${exit}`;
}
