import type { Failure } from '../../../src/plugin-api/index.ts';

/** What was refused is refused again; what was lost or limited may pass. Every handler looks before it writes. */
export function retryableHere(failure: Failure): boolean | null {
  if (failure.retryable !== undefined) return failure.retryable;
  switch (failure.kind) {
    case 'permission':
    case 'not-found':
    case 'configuration':
    case 'cancelled':
      return false;
    case 'timeout':
    case 'lost':
    case 'crashed':
      return true;
    default:
      return null;
  }
}
