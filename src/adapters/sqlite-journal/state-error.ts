import type { StateRefusal } from '../../core/ports/run-store.ts';

/** The recorded state cannot be read or written: for doors, exit 5 with this message. Not a bug of ours. */
export class StateError extends Error {
  readonly refusal: StateRefusal;

  constructor(refusal: StateRefusal, cause?: unknown) {
    super(refusal.message, { cause });
    this.refusal = refusal;
  }
}

/** The refusal for what SQLite or the file system threw while it did `doing` ("read", "write") with `file`. */
export function refusalOf(error: unknown, file: string, doing: 'read' | 'write'): StateRefusal {
  if (error instanceof StateError) return error.refusal;
  const { reason, isDamage } = reasonOf(error);
  if (isDamage) {
    const message = `${file} is damaged (${reason}). Start the run anew with "vwmp run", with another --state-dir or after moving that folder away.`;
    return { kind: 'corrupt', message };
  }
  return { kind: 'unreadable', message: `Cannot ${doing} ${file}: ${reason}` };
}

interface Reason {
  /** What is wrong and, where we know, what to do about it. */
  readonly reason: string;
  readonly isDamage: boolean;
}

const fullDisk: Reason = {
  reason: 'the disk is full. Free some space or name another folder with --state-dir.',
  isDamage: false,
};

/** SQLite's result codes that have a cure of their own: primary ones, and the extended one for a full shared memory. */
const sqliteReasons: { readonly [code: number]: Reason } = {
  5: { reason: 'another process keeps it locked. Try again when that has ended.', isDamage: false },
  8: { reason: 'it is read-only. Give write access or name another folder with --state-dir.', isDamage: false },
  10: { reason: 'the disk reports an error. Check the disk or name another folder with --state-dir.', isDamage: false },
  11: { reason: 'its structure is broken', isDamage: true },
  13: fullDisk,
  14: { reason: 'it cannot be opened. Check its permissions.', isDamage: false },
  26: { reason: 'it is not a SQLite file', isDamage: true },
  4874: fullDisk,
};

const systemReasons: { readonly [code: string]: string } = {
  ENOSPC: 'the disk is full. Free some space or name another folder with --state-dir.',
  EDQUOT: 'the disk quota is used up. Free some space or name another folder with --state-dir.',
  EROFS: 'the file system is read-only. Name another folder with --state-dir.',
  EACCES: 'permission denied. Give access or name another folder with --state-dir.',
  EPERM: 'permission denied. Give access or name another folder with --state-dir.',
  ENOTDIR: 'a file stands where a folder is needed. Name another folder with --state-dir.',
  EEXIST: 'a file stands where a folder is needed. Name another folder with --state-dir.',
};

function reasonOf(error: unknown): Reason {
  if (!(error instanceof Error)) return { reason: String(error), isDamage: false };
  const code = extendedCode(error);
  const known = sqliteReasons[code] ?? sqliteReasons[code & 0xff];
  if (known !== undefined) return known.isDamage ? { ...known, reason: `${known.reason}: ${error.message}` } : known;
  const name = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { reason: systemReasons[name] ?? error.message, isDamage: false };
}

/** SQLite's result code; 0 for any other error. */
function extendedCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
}

/** True where SQLite gave up because another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  const code = extendedCode(error) & 0xff;
  return code === 5 || code === 6;
}
