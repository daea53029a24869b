import { PluginFailure } from '../../src/plugin-api/index.ts';

/**
 * A moment in UTC by a pattern of YYYY, YY, MM, DD, HH, mm and ss; anything else stands for itself. Rejects a pattern
 * with other groups of these letters (`MMM`, a single `D`), which would come out as half a date.
 */
export function formatDate(epochMs: number, pattern: string): string {
  const iso = new Date(epochMs).toISOString();
  const fields: { readonly [token: string]: string } = {
    YYYY: iso.slice(0, 4),
    YY: iso.slice(2, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return pattern.replace(/Y+|M+|D+|H+|mm+|ss+/g, (token) => {
    const value = fields[token];
    if (value !== undefined) return value;
    if (/^[ms]/.test(token)) return token;
    throw new PluginFailure(
      'handler',
      `\`${token}\` in \`date_format: ${pattern}\` is no part of a date: write YYYY, YY, MM, DD, HH, mm or ss`,
      { retryable: false },
    );
  });
}

/** `YYYY-MM-DD HH:MM:SS UTC` */
export function fullTimestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
