import type { FileChange } from '../../src/core/model/file-change.ts';
import type { FileBackups, VisitPlace } from '../../src/core/ports/file-backups.ts';

/** Backups of a workspace that is a map of paths to texts; a content's name is the content itself. */
export class MemoryBackups implements FileBackups {
  readonly #files: { [path: string]: string };
  readonly #kept = new Map<string, Map<string, string | null>>();

  constructor(files: { [path: string]: string } = {}) {
    this.#files = files;
  }

  async keep(place: VisitPlace, path: string): Promise<void> {
    const kept = this.#of(place);
    if (!kept.has(path)) kept.set(path, this.#files[path] ?? null);
  }

  async changes(place: VisitPlace): Promise<readonly FileChange[]> {
    return [...this.#of(place)].flatMap(([path, before]) => {
      const after = this.#files[path];
      return after === undefined ? [] : [{ path, before, after }];
    });
  }

  async restore(_runId: string, { path, before, after }: FileChange): Promise<'restored' | 'changed'> {
    const now = this.#files[path] ?? null;
    if (now === before) return 'restored';
    if (now !== after) return 'changed';
    if (before === null) delete this.#files[path];
    else this.#files[path] = before;
    return 'restored';
  }

  #of({ runId, address, visit }: VisitPlace): Map<string, string | null> {
    const key = `${runId} ${visit} ${address}`;
    const kept = this.#kept.get(key) ?? new Map<string, string | null>();
    this.#kept.set(key, kept);
    return kept;
  }
}
