import { channel } from 'node:diagnostics_channel';

/**
 * Says which parts of the program run in this process, such as `release.version_bump`. Whoever keeps compiled code for
 * the next start hears by it that there is more to keep.
 */
export const usedParts = channel('vwmp:part');
