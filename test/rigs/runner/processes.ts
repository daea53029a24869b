import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that is alive, as Linux lists it. */
export interface LiveProcess {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** Those whose command line, environment or current folder holds one of the texts, the process that asks aside. */
export function processesNaming(...texts: readonly string[]): readonly LiveProcess[] {
  return liveProcesses().filter(({ id, command }) => {
    if (id === process.pid) return false;
    const said = `${command}\n${textOf(id, 'environ')}\n${folderOf(id)}`;
    return texts.some((text) => said.includes(text));
  });
}

/** Kills a process and all that descend from it, as the runner does when its patience is over. */
export function killTree(root: number): void {
  const all = liveProcesses();
  const doomed = [root];
  for (const parent of doomed) doomed.push(...all.filter((child) => child.parent === parent).map(({ id }) => id));
  for (const id of doomed) kill(id);
}

export function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    // It may have ended since it was listed.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function liveProcesses(): readonly LiveProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const id = Number(name);
      // The name of the program stands in brackets and may hold anything.
      const state = /.*\) (\S) (\d+)/s.exec(textOf(id, 'stat'));
      const command = textOf(id, 'cmdline').replaceAll('\0', ' ').trim();
      return state === null || state[1] === 'Z' ? [] : [{ id, parent: Number(state[2]), command }];
    });
}

/** Empty where the process has ended, or belongs to somebody else. */
function textOf(id: number, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function folderOf(id: number): string {
  try {
    return readlinkSync(`/proc/${id}/cwd`);
  } catch {
    return '';
  }
}
