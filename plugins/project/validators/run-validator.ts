import type { Finding, HandlerContext, ProcessResult } from '../../../src/plugin-api/index.ts';
import { readFindings } from './read-findings.ts';
import { inspectScript, type Launch, launchOf, type Validator } from './validator.ts';

export type ValidatorStatus = 'passed' | 'failed' | 'timeout' | 'not-found' | 'cancelled';

export interface ValidatorResult {
  readonly validator: Validator;
  readonly status: ValidatorStatus;
  /** Why it did not pass; empty where it did. */
  readonly reason: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  /** Last lines of its output, for the failure's message. */
  readonly tail: string;
}

/** Runs one script to its end. What goes wrong is a result, so that the others still run. */
export async function runValidator(
  context: HandlerContext,
  validator: Validator,
  strict: boolean,
): Promise<ValidatorResult> {
  const nothing = { validator, exitCode: null, durationMs: 0, findings: [], tail: '' };
  const script = await inspectScript(context.files, validator.script);
  if (script.kind === 'missing') return { ...nothing, status: 'not-found', reason: 'there is no such file' };
  if (script.kind === 'folder') return { ...nothing, status: 'not-found', reason: 'it is a folder, not a script' };
  const launch = launchOf(validator, script.executable, context.files.root);
  if (launch === null) {
    const reason = 'neither its ending (.py .sh .js .mjs .ts .rb .ps1) nor a run bit says how to start it';
    return { ...nothing, status: 'failed', reason };
  }
  if (context.signal.cancelled) return { ...nothing, status: 'cancelled', reason: 'the run was cancelled' };
  const startedAt = await context.now();
  const result = await start(context, validator, launch);
  const durationMs = Math.max(0, (await context.now()) - startedAt);
  return { ...judged(context, validator, result, strict), durationMs };
}

/** The first program that is installed runs the script. */
async function start(context: HandlerContext, validator: Validator, launch: Launch): Promise<ProcessResult> {
  const [first, ...others] = launch.commands;
  let result = await attempt(context, validator, first ?? { command: validator.script, args: validator.args });
  for (const other of others) {
    if (result.end.kind !== 'not-started') break;
    result = await attempt(context, validator, other);
  }
  return result;
}

function attempt(
  context: HandlerContext,
  validator: Validator,
  program: Launch['commands'][number],
): Promise<ProcessResult> {
  return context.processes.run({
    command: program.command,
    args: program.args,
    timeoutMs: validator.timeoutMs,
    output: 'both',
    title: validator.name,
  });
}

function judged(
  context: HandlerContext,
  validator: Validator,
  result: ProcessResult,
  strict: boolean,
): Omit<ValidatorResult, 'durationMs'> {
  const output = `${result.stdout}\n${result.stderr}`;
  const findings = readFindings(output, validator.name, context.files.root);
  const base = { validator, findings, tail: result.tail, exitCode: null };
  const { end } = result;
  switch (end.kind) {
    case 'exit':
      if (end.code !== 0) return { ...base, status: 'failed', exitCode: end.code, reason: `exit code ${end.code}` };
      return { ...base, exitCode: 0, ...byFindings(findings, strict) };
    case 'signal':
      return { ...base, status: 'failed', exitCode: end.code, reason: `ended by ${end.signal}` };
    case 'timeout':
      return { ...base, status: 'timeout', reason: `not done after ${validator.timeoutMs / 1_000} s` };
    case 'cancelled':
      return { ...base, status: 'cancelled', reason: 'the run was cancelled' };
    case 'not-started':
      return { ...base, status: 'failed', reason: `it cannot be started: ${end.failure.message}` };
    case 'too-much-output':
      return { ...base, status: 'failed', reason: end.failure.message };
  }
}

function byFindings(
  findings: readonly Finding[],
  strict: boolean,
): { readonly status: ValidatorStatus; readonly reason: string } {
  const errors = findings.filter((finding) => finding.level === 'error').length;
  const warnings = findings.filter((finding) => finding.level === 'warning').length;
  if (errors > 0) return { status: 'failed', reason: counted(errors, 'error') };
  if (strict && warnings > 0) {
    return { status: 'failed', reason: `${counted(warnings, 'warning')}, and \`strict_mode\` lets none pass` };
  }
  return { status: 'passed', reason: '' };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
