import type { Failure, FailureKind } from '../../core/model/failure.ts';

/** Thrown by file services: what went wrong, as a step's failure that whoever called may pass on. */
export class FileFailure extends Error {
  readonly failure: Failure;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = { kind, message, ...(cause instanceof Error && { cause: cause.message }) };
  }
}

const causes: { readonly [code: string]: readonly [kind: FailureKind, what: string] } = {
  ENOENT: ['not-found', 'does not exist in the workspace'],
  ENOTDIR: ['not-found', 'does not exist in the workspace: a part of the path is a file, not a folder'],
  EEXIST: ['handler', 'cannot be made: a part of the path is a file, not a folder'],
  EISDIR: ['handler', 'is a folder, not a file'],
  EACCES: ['permission', 'cannot be used: permission denied'],
  EPERM: ['permission', 'cannot be used: permission denied'],
  EROFS: ['permission', 'cannot be written: the file system is read-only'],
  ENOSPC: ['budget', 'cannot be written: the disk is full'],
  EDQUOT: ['budget', 'cannot be written: the disk quota is used up'],
  ENAMETOOLONG: ['handler', 'cannot be used: the name is too long'],
};

/** The failure for what the file system said of `path`, which is written as the user wrote it. */
export function fileFailure(error: unknown, path: string): FileFailure {
  if (error instanceof FileFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [kind, what] = causes[code] ?? ['handler', `cannot be used: ${error instanceof Error ? error.message : error}`];
  return new FileFailure(kind, `"${path}" ${what}.`, error);
}
