import type { WorkspaceFiles } from '../../core/ports/plugin.ts';
import { CallFailure } from './call-failure.ts';

/** `run`: everything; `look`: nothing may change; `over`: the call has ended, nothing is left to it. */
export type AccessKind = 'run' | 'look' | 'over';

/** What a handler call may do at the moment. A handler that goes on after its end changes nothing any more. */
export class HandlerAccess {
  #kind: AccessKind;

  constructor(kind: Exclude<AccessKind, 'over'>) {
    this.#kind = kind;
  }

  end(): void {
    this.#kind = 'over';
  }

  /** Throws where not even looking is allowed any more. */
  checkUse(): void {
    if (this.#kind === 'over')
      throw new CallFailure('cancelled', 'The step has ended: its handler may do nothing more.');
  }

  checkChange(): void {
    this.checkUse();
    if (this.#kind === 'look')
      throw new CallFailure('permission', 'A preview or probe only looks: it may change nothing.');
  }
}

async function isText(files: WorkspaceFiles, path: string, text: string): Promise<boolean> {
  return Buffer.from(text).equals(await files.readBytes(path));
}

/** The files as far as the access goes. */
export function accessedFiles(
  files: WorkspaceFiles,
  access: HandlerAccess,
  /** Hears of each write before it happens, and is waited for. */
  beforeWrite: (path: string) => Promise<void>,
): WorkspaceFiles {
  return {
    root: files.root,
    async read(path) {
      access.checkUse();
      return files.read(path);
    },
    async write(path, text) {
      access.checkChange();
      await beforeWrite(path);
      if ((await files.exists(path)) && (await isText(files, path, text))) return;
      // All this took a moment: the step may have ended meanwhile.
      access.checkChange();
      return files.write(path, text);
    },
    async readBytes(path) {
      access.checkUse();
      return files.readBytes(path);
    },
    async glob(patterns) {
      access.checkUse();
      return files.glob(patterns);
    },
    async exists(path) {
      access.checkUse();
      return files.exists(path);
    },
    async stat(path) {
      access.checkUse();
      return files.stat(path);
    },
    async list(path) {
      access.checkUse();
      return files.list(path);
    },
  };
}
