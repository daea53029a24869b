import type { Finding } from '../../../src/plugin-api/index.ts';
import { isWanted, type OnlyChanged } from './change/mark-findings.ts';
import type { ValidatorRun, ValidatorStatus } from './validator-run.ts';

export interface ValidatorResult {
  readonly run: ValidatorRun;
  readonly status: ValidatorStatus;
  /** Why it did not pass, or was skipped; empty where it passed and there is nothing to say. */
  readonly reason: string;
  readonly exitCode: number | null;
  readonly findings: readonly Finding[];
  /** Findings outside of the change, which are in no report. */
  readonly leftOut: number;
}

export interface Judgement {
  /** Warnings fail too. */
  readonly strict: boolean;
  readonly only: OnlyChanged;
}

/** What a validator's end and its findings come to. */
export function judge(run: ValidatorRun, { strict, only }: Judgement): ValidatorResult {
  // Rules speak of the change as a whole, wherever their findings point.
  const findings =
    run.validator?.kind === 'script' ? run.findings.filter((each) => isWanted(each, only)) : run.findings;
  const leftOut = run.findings.length - findings.length;
  const base = { run, findings, leftOut };
  const { end, unread } = run;
  switch (end.kind) {
    case 'skipped':
      return { ...base, status: 'skipped', reason: end.reason, exitCode: null };
    case 'done':
      if (unread !== null) return { ...base, status: 'failed', reason: unread, exitCode: end.exitCode };
      return { ...base, exitCode: end.exitCode, ...byFindings(findings, strict) };
    case 'broken': {
      const { status, reason, exitCode } = end;
      const verdict = byFindings(findings, strict);
      // 1 is how linters say that they found something; when none of it stands in the change, they found nothing here.
      if (exitCode === 1 && leftOut > 0 && verdict.status === 'passed' && unread === null) {
        return { ...base, status: 'passed', reason: 'what it found stands outside of the change', exitCode };
      }
      return { ...base, status, reason: unread === null ? reason : `${reason}; ${unread}`, exitCode };
    }
  }
}

export function countOf(findings: readonly Finding[], level: Finding['level']): number {
  return findings.filter((finding) => finding.level === level).length;
}

function byFindings(
  findings: readonly Finding[],
  strict: boolean,
): Pick<ValidatorResult, 'reason'> & {
  readonly status: 'passed' | 'failed';
} {
  const errors = countOf(findings, 'error');
  const warnings = countOf(findings, 'warning');
  if (errors > 0) return { status: 'failed', reason: counted(errors, 'error') };
  if (strict && warnings > 0) {
    return { status: 'failed', reason: `${counted(warnings, 'warning')}, and \`strict_mode\` lets none pass` };
  }
  return { status: 'passed', reason: '' };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
