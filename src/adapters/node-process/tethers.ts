import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openFileOf } from './process-table.ts';

/** A file that a step's processes inherit from each other and that nobody else can open. */
export interface Tether {
  /** At which this process holds it. */
  readonly descriptor: number;
  /** How the kernel names it. */
  readonly openFile: string;
}

/**
 * The tethers of a run: by it a process is known again that cleared its environment, left its session, sent its output
 * elsewhere and lost its parent. An empty file without a name: nothing can be kept waiting by it, and nobody but by
 * birth gets hold of it. One whose processes are gone serves the next step. Linux only: elsewhere nothing tells what a
 * process holds open.
 */
export class Tethers {
  readonly #folder: () => string;
  readonly #unused: Tether[] = [];
  readonly #all: Tether[] = [];

  /** `folder`: where files can be made that no step looks at; asked for only where none can be made in memory. */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  get openFiles(): readonly string[] {
    return this.#all.map(({ openFile }) => openFile);
  }

  /** Null where none can be had: whatever is short, the start of the process suffers from it as well, and says so. */
  take(): Tether | null {
    if (process.platform !== 'linux') return null;
    return this.#unused.pop() ?? this.#make();
  }

  /** Nothing holds it any more but we. */
  giveBack(tether: Tether): void {
    this.#unused.push(tether);
  }

  close(): void {
    for (const { descriptor } of this.#all.splice(0)) closeSync(descriptor);
    this.#unused.length = 0;
  }

  #make(): Tether | null {
    const tether = madeIn(() => memoryFolder) ?? madeIn(this.#folder);
    if (tether !== null) this.#all.push(tether);
    return tether;
  }
}

/** A file made here never reaches a disk. Some containers have no such folder, or let nobody write to it. */
const memoryFolder = '/dev/shm';

function madeIn(folder: () => string): Tether | null {
  try {
    // By its name alone it is told from those of other engines.
    const path = join(folder(), `vwmp-${randomBytes(8).toString('hex')}${tetherEnding}`);
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_CREAT | constants.O_EXCL, 0o400);
    unlinkSync(path);
    return { descriptor, openFile: openFileOf('self', descriptor) ?? path };
  } catch {
    return null;
  }
}

const tetherEnding = '.tether';
/** Beyond what scripts name in redirections, and within what every process may open. */
const firstDescriptor = 30;

/** Where processes find their tether. An engine inside a step leaves that step's own in place, for all that it starts. */
export const tetherDescriptor = descriptorBeyondOuter();

type Stdio = readonly ('pipe' | 'ignore' | number)[];

/** Between its other files and the tether, nothing is open. `descriptor`: of this process. */
export function withTether(stdio: Stdio, descriptor: number | null): Stdio {
  if (descriptor === null) return stdio;
  return [...stdio, ...Array.from({ length: tetherDescriptor - stdio.length }, () => 'ignore' as const), descriptor];
}

function descriptorBeyondOuter(): number {
  let descriptor = firstDescriptor;
  while (openFileOf('self', descriptor)?.endsWith(`${tetherEnding} (deleted)`)) descriptor++;
  return descriptor;
}
