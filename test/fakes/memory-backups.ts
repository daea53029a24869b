import { createHash } from 'node:crypto';
import type { FileChange } from '../../src/core/model/file-change.ts';
import type { RunId } from '../../src/core/model/ids.ts';
import type { FileBackups, VisitPlace } from '../../src/core/ports/file-backups.ts';

/** Backups of a workspace that is a map of paths to texts. Folders are there as long as a file is in them. */
export class MemoryBackups implements FileBackups {
  /** By the name of the content: what a test damages or loses. */
  readonly copies = new Map<string, string>();
  readonly #files: { [path: string]: string };
  readonly #kept = new Map<string, Map<string, string | null>>();

  constructor(files: { [path: string]: string } = {}) {
    this.#files = files;
  }

  async keep(place: VisitPlace, path: string): Promise<void> {
    const kept = this.#of(place);
    if (kept.has(path)) return;
    const text = this.#files[path];
    const before = text === undefined ? null : nameOf(text);
    if (text !== undefined && before !== null && !this.copies.has(before)) this.copies.set(before, text);
    kept.set(path, before);
  }

  async changes(place: VisitPlace): Promise<readonly FileChange[]> {
    return [...this.#of(place)].flatMap(([path, before]) => {
      const text = this.#files[path];
      return text === undefined ? [] : [{ path, before, after: nameOf(text) }];
    });
  }

  async restore(_runId: RunId, { path, before, after }: FileChange): Promise<'restored' | 'changed'> {
    const text = this.#files[path];
    const now = text === undefined ? null : nameOf(text);
    if (now === before) return 'restored';
    if (now !== after) return 'changed';
    if (before === null) delete this.#files[path];
    else this.#files[path] = this.#copy(path, before);
    return 'restored';
  }

  #copy(path: string, name: string): string {
    const copy = this.copies.get(name);
    if (copy === undefined) throw failing('not-found', `The copy of "${path}" is gone.`);
    if (nameOf(copy) !== name) throw failing('handler', `The copy of "${path}" is damaged.`);
    return copy;
  }

  #of({ runId, address, visit }: VisitPlace): Map<string, string | null> {
    const key = `${runId} ${visit} ${address}`;
    const kept = this.#kept.get(key) ?? new Map<string, string | null>();
    this.#kept.set(key, kept);
    return kept;
  }
}

function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function failing(kind: 'not-found' | 'handler', message: string): Error {
  return Object.assign(new Error(message), { failure: { kind, message } });
}
