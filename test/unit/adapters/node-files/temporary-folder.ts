import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for one test, by real path. */
export class TemporaryFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'vwmp-files-')));

  at(path: string): string {
    return join(this.path, path);
  }

  put(path: string, text: string | Uint8Array = ''): string {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
    return this.at(path);
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
