import type { Finding } from '../core/model/outcome.ts';
import type { HandlerLog } from '../core/ports/plugin.ts';

/** Says each finding in the log too, for who follows the run and sees no report. Gives the findings back. */
export function logFindings(log: HandlerLog, findings: readonly Finding[]): readonly Finding[] {
  for (const { level, message } of findings) log(level === 'notice' ? 'info' : level, message);
  return findings;
}
