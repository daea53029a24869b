import type { Finding, HandlerContext, ProcessResult } from '../../../src/plugin-api/index.ts';
import { readFindings } from './read-findings.ts';
import { rules } from './rules/rules.ts';
import { mostSarifCharacters, readSarif, type SarifAnswer } from './sarif/read-sarif.ts';
import { inspectScript, type Launch, launchOf } from './script-file.ts';
import type { ScriptValidator } from './validator.ts';
import { broken, type ValidatorEnd, type ValidatorRun } from './validator-run.ts';

/** Runs one script to its end. What goes wrong is a result, so that the others still run. */
export async function runScript(context: HandlerContext, validator: ScriptValidator): Promise<ValidatorRun> {
  const nothing = {
    validator,
    name: validator.name,
    durationMs: 0,
    findings: [],
    unread: null,
    isPrinted: true,
    tail: '',
  };
  const script = await inspectScript(context.files, validator.script);
  if (script.kind === 'missing') return { ...nothing, end: broken('not-found', missing(validator.script)) };
  if (script.kind === 'folder') return { ...nothing, end: broken('not-found', 'it is a folder, not a script') };
  const launch = launchOf(validator, script.executable, context.files.root);
  if (launch === null) {
    const reason = 'neither its ending (.py .sh .js .mjs .ts .rb .ps1) nor a run bit says how to start it';
    return { ...nothing, end: broken('failed', reason) };
  }
  if (context.signal.cancelled) return { ...nothing, end: broken('cancelled', 'the run was cancelled') };
  const startedAt = await context.now();
  const result = await start(context, validator, launch);
  const durationMs = Math.max(0, (await context.now()) - startedAt);
  const { findings, isDocument, unread } = await findingsOf(context, validator, result);
  return {
    ...nothing,
    end: endOf(validator, result),
    durationMs,
    findings,
    unread,
    isPrinted: !isDocument,
    tail: result.tail,
  };
}

/** A bare word may be a rule with a slip in it. */
function missing(script: string): string {
  if (/[./\\]/.test(script)) return 'there is no such file';
  return `there is no such file, and no built-in rule of that name: these are ${[...rules.keys()].join(', ')}`;
}

/** The first program that is installed runs the script. */
async function start(context: HandlerContext, validator: ScriptValidator, launch: Launch): Promise<ProcessResult> {
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
  validator: ScriptValidator,
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

function endOf(validator: ScriptValidator, { end }: ProcessResult): ValidatorEnd {
  switch (end.kind) {
    case 'exit':
      if (end.code === 0) return { kind: 'done', exitCode: 0 };
      return broken('failed', `exit code ${end.code}`, end.code);
    case 'signal':
      return broken('failed', `ended by ${end.signal}`, end.code);
    case 'timeout':
      return broken('timeout', `not done after ${validator.timeoutMs / 1_000} s`);
    case 'cancelled':
      return broken('cancelled', 'the run was cancelled');
    case 'not-started':
      return broken('failed', `it cannot be started: ${end.failure.message}`);
    case 'too-much-output':
      return broken('failed', end.failure.message);
  }
}

interface ReadFindings {
  readonly findings: readonly Finding[];
  /** They come from SARIF, which nobody reads in a log. */
  readonly isDocument: boolean;
  /** Why its document is not read, or not to its end; `null` where it is, or gave none and promised none. */
  readonly unread: string | null;
}

async function findingsOf(
  context: HandlerContext,
  validator: ScriptValidator,
  { stdout, stderr }: ProcessResult,
): Promise<ReadFindings> {
  const { root } = context.files;
  const lines = (output: string) => readFindings(output, validator.name, root);
  if (validator.sarif !== null) {
    const document = await sarifFile(context, validator.sarif);
    const printed = lines(`${stdout}\n${stderr}`);
    if (document.kind !== 'findings') {
      return { findings: printed, isDocument: false, unread: `${validator.sarif} holds no SARIF: ${document.reason}` };
    }
    return ofDocument(validator, document, printed);
  }
  const document = looksLikeSarif(stdout) ? readSarif(stdout, root) : null;
  if (document?.kind === 'unsupported') {
    context.log('warning', `${validator.name} printed SARIF that is not read: ${document.reason}`);
  }
  if (document?.kind !== 'findings')
    return { findings: lines(`${stdout}\n${stderr}`), isDocument: false, unread: null };
  return ofDocument(validator, document, lines(stderr));
}

function ofDocument(
  { name }: ScriptValidator,
  { findings, unread }: Extract<SarifAnswer, { readonly kind: 'findings' }>,
  printed: readonly Finding[],
): ReadFindings {
  return {
    findings: [...findings.map((finding) => ({ ...finding, rule: finding.rule ?? name })), ...printed],
    isDocument: true,
    unread: unread === 0 ? null : `${unread} results behind the first 100,000 are not read`,
  };
}

async function sarifFile({ files }: HandlerContext, path: string): Promise<SarifAnswer> {
  const found = await files.stat(path);
  if (found === null) return { kind: 'other', reason: 'the file does not exist' };
  if (found.kind === 'folder') return { kind: 'other', reason: 'it is a folder' };
  if (found.size > mostSarifCharacters) return { kind: 'other', reason: 'it is larger than 10 MiB' };
  return readSarif(await files.read(path), files.root);
}

/** A whole document is parsed once; the lines of other output are not parsed for nothing. */
function looksLikeSarif(output: string): boolean {
  return /^[\s\uFEFF]*\{/.test(output) && output.includes('"runs"');
}
