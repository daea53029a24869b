import type { EnvironmentChanges } from '../invocation.ts';
import type { ProcessStream } from '../started-process.ts';

/** What the engine asks of the spawner: one line of JSON each. */
export type SpawnerRequest =
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly command: string;
      readonly args: readonly string[];
      readonly cwd: string;
      /** Of the spawner's own environment, which is what all steps share. */
      readonly changes: EnvironmentChanges;
      /** The engine's descriptor of the process's tether. */
      readonly tether: number | null;
    }
  | { readonly kind: StreamRequest; readonly id: number; readonly stream: StreamName };

export type StreamRequest = Exclude<keyof ProcessStream, 'onData'>;
export type StreamName = 'stdout' | 'stderr';

/** What the spawner tells of a process. Its output comes between `started` and `closed`, as bytes. */
export type SpawnerNews =
  /** The spawner itself can take requests; `id` is 0. */
  | { readonly kind: 'ready'; readonly id: 0 }
  | { readonly kind: 'started'; readonly id: number; readonly pid: number; readonly outputs: readonly string[] }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string; readonly message: string }
  | {
      readonly kind: 'exited';
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** Nothing follows for this id. */
  | { readonly kind: 'closed'; readonly id: number };

/** The descriptor at which the spawner finds its end of the pipe to the engine. */
export const spawnerDescriptor = 3;

/** Both ends come with one build and are started together, so what one says is what the other means. */
export function readRequest(line: string): SpawnerRequest {
  return JSON.parse(line) as SpawnerRequest;
}

export function readNews(text: string): SpawnerNews {
  return JSON.parse(text) as SpawnerNews;
}
