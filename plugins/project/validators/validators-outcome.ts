import type { Failure, Finding, HandlerContext, JsonMap, Outcome } from '../../../src/plugin-api/index.ts';
import { byWorth } from './change/mark-findings.ts';
import { countOf, type ValidatorResult } from './judge-run.ts';

/** More findings of one step than this are only counted, by level. */
const mostFindings = 1_000;
/** Names in the first line of the failure. */
const mostNamed = 5;
/** How many of the last lines of a validator stand in the failure. */
const tailLines = 10;
/** Findings of one validator in the log. */
const mostLogged = 100;

/** What all validators together come to. */
export function outcomeOf(context: HandlerContext, results: readonly ValidatorResult[]): Outcome {
  const findings = results.flatMap((result) => result.findings);
  const outputs = outputsOf(results, findings);
  if (findings.length > mostFindings) {
    context.log('warning', `${findings.length - mostFindings} further findings are left out of the report`);
  }
  const kept = withinReport(findings);
  const broken = results.filter(isBroken);
  if (broken.length === 0) return { kind: 'success', outputs, findings: kept };
  return { kind: 'failed', failure: failureOf(broken, results.length), outputs, findings: kept };
}

function withinReport(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostFindings) return findings;
  const sorted = byWorth(findings);
  const others = sorted.slice(mostFindings);
  const counts = (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const count = countOf(others, level);
    const message = `${count} further findings of level ${level} are left out of the report`;
    return count === 0 ? [] : [{ level, message, rule: 'left-out', count }];
  });
  return [...sorted.slice(0, mostFindings), ...counts];
}

/** Says in the log how each validator ended, and what it found where its own output has not. */
export function logResults(log: HandlerContext['log'], results: readonly ValidatorResult[]): void {
  for (const result of results) {
    log(isBroken(result) ? 'error' : 'info', lineFor(result));
    if (result.run.isPrinted) continue;
    for (const line of toldLines(result.findings, mostLogged)) log('info', `  ${line}`);
  }
}

function lineFor({ run, status, reason }: ValidatorResult): string {
  const { validator, name, durationMs } = run;
  const script = validator?.kind === 'script' ? validator.script : name;
  const called = name === script ? script : `${name} (${script})`;
  return `${called} ${status}${reason === '' ? '' : `: ${reason}`} (${durationMs} ms)`;
}

function isBroken({ status }: ValidatorResult): boolean {
  return status !== 'passed' && status !== 'skipped';
}

/** A script that is missing says more than one that failed, so its kind goes first. */
function failureOf(broken: readonly ValidatorResult[], total: number): Failure {
  const missing = broken.filter((result) => result.status === 'not-found');
  const cancelled = broken.some((result) => result.status === 'cancelled');
  const timeouts = broken.filter((result) => result.status === 'timeout');
  const exits = broken.flatMap((result) =>
    result.exitCode === null || result.exitCode === 0 ? [] : [result.exitCode],
  );
  const names = broken.slice(0, mostNamed).map(({ run }) => run.name);
  const head = `${broken.length} of ${total} validators did not pass: ${names.join(', ')}${broken.length > mostNamed ? ' …' : ''}`;
  const message = [head, ...broken.map(failureLine)].join('\n');
  const place = placeOf(broken.length === 1 ? broken[0] : missing[0]);
  if (cancelled) return { kind: 'cancelled', message };
  if (missing.length > 0) return { kind: 'not-found', message, ...place, retryable: false };
  if (timeouts.length === broken.length) return { kind: 'timeout', message, ...place };
  const [code] = exits;
  if (code !== undefined) return { kind: 'exit', message, exitCode: code, ...place };
  return { kind: 'handler', message, ...place, retryable: false };
}

function placeOf(result: ValidatorResult | undefined): { readonly file?: string } {
  const validator = result?.run.validator;
  return validator?.kind === 'script' ? { file: validator.script } : {};
}

function failureLine(result: ValidatorResult): string {
  const told = result.findings.filter((finding) => finding.level !== 'notice');
  const said = told.length > 0 ? toldLines(told, tailLines) : result.run.tail.split('\n').slice(-tailLines);
  const lines = said.filter((line) => line.trim() !== '').map((line) => `    ${line.trimEnd()}`);
  return [`  ${lineFor(result)}`, ...lines].join('\n');
}

function toldLines(findings: readonly Finding[], most: number): readonly string[] {
  const lines = byWorth(findings).slice(0, most).flatMap(findingLines);
  return findings.length > most ? [...lines, `${findings.length - most} more`] : lines;
}

function findingLines({ level, message, file, line, hint }: Finding): readonly string[] {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  return [`${level}: ${place}${message}`, ...(hint === undefined ? [] : [`  ${hint}`])];
}

function outputsOf(results: readonly ValidatorResult[], findings: readonly Finding[]): JsonMap {
  return {
    results: results.map(rowOf),
    passed: results.filter(({ status }) => status === 'passed').length,
    failed: results.filter(isBroken).length,
    skipped: results.filter(({ status }) => status === 'skipped').length,
    error_count: countOf(findings, 'error'),
    warning_count: countOf(findings, 'warning'),
    left_out: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}

function rowOf({ run, status, reason, exitCode, findings }: ValidatorResult): JsonMap {
  const { validator } = run;
  return {
    name: run.name,
    script: validator?.kind === 'script' ? validator.script : null,
    rule: validator?.kind === 'rule' ? validator.ruleName : null,
    status,
    reason,
    exit_code: exitCode,
    duration_ms: run.durationMs,
    errors: countOf(findings, 'error'),
    warnings: countOf(findings, 'warning'),
  };
}
