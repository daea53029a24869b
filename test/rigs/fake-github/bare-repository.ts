import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeState } from './fake-state.ts';

/** The git repository behind a fake GitHub: what is pushed there is what the API tells of branches, tags and commits. */
export class BareRepository {
  readonly #path: string;
  /** How the refs looked when the state was brought to them. */
  #read = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Brings the state to what git has. */
  read(state: FakeState): void {
    const refs = this.#refs();
    if (refs === this.#read) return;
    for (const known of [state.branches, state.tags, state.commits]) known.clear();
    const format = '--format=%(refname) %(objecttype) %(objectname) %(*objectname)';
    for (const line of this.#lines('for-each-ref', format)) {
      const [name = '', type = '', object = '', peeled = ''] = line.split(' ');
      if (name.startsWith('refs/heads/')) state.branches.set(name.slice('refs/heads/'.length), object);
      if (!name.startsWith('refs/tags/')) continue;
      const annotated = type === 'tag';
      state.tags.set(name.slice('refs/tags/'.length), { commit: annotated ? peeled : object, annotated });
    }
    for (const commit of this.#lines('rev-list', '--all')) state.commits.add(commit);
    this.#read = refs;
  }

  /** Makes a tag that a publication made. */
  writeTag(name: string, commit: string): void {
    this.#lines('update-ref', `refs/tags/${name}`, commit);
  }

  /** The state was replaced by another one. */
  forget(): void {
    this.#read = '';
  }

  /** As they lie on the disk: asking git at each request would take most of the time. */
  #refs(): string {
    const packed = join(this.#path, 'packed-refs');
    const loose = readdirSync(join(this.#path, 'refs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = existsSync(packed) ? [packed, ...loose] : loose;
    return files.map((file) => `${file}\n${readFileSync(file, 'utf8')}`).join('\n');
  }

  #lines(...args: readonly string[]): readonly string[] {
    const text = execFileSync('git', [...args], { cwd: this.#path, stdio: 'pipe' }).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  }
}
