import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietEnvironment } from './plugin-context.ts';

/** A folder of its own for one test, with shortcuts for files and git in it. */
export class TempFolder {
  readonly path: string;

  constructor(files: { readonly [path: string]: string } = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'temp-folder-')));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string, mode?: number): void {
    const full = join(this.path, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    if (mode !== undefined) chmodSync(full, mode);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.path, path));
  }

  git(...args: readonly string[]): string {
    const result = execFileSync('git', [...args], { cwd: this.path, env: quietEnvironment(), stdio: 'pipe' });
    return result.toString('utf8').trimEnd();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
