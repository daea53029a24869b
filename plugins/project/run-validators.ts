import {
  booleanValue,
  type Failure,
  type Finding,
  type HandlerContext,
  integerValue,
  isJsonList,
  type JsonMap,
  type Outcome,
  type StepHandler,
  skipped,
} from '../../src/plugin-api/index.ts';
import { durationField, durationMs } from './validators/duration.ts';
import { runValidator, type ValidatorResult } from './validators/run-validator.ts';
import { parseValidator, type Validator } from './validators/validator.ts';

/** More findings of one step than this are counted, not kept. */
const mostFindings = 1_000;
/** Names in the first line of the failure. */
const mostNamed = 5;
/** How many of the last lines of a validator stand in the failure. */
const tailLines = 10;

export const runValidators: StepHandler = {
  title: 'Run validators',
  description: 'Runs scripts in any language side by side and collects what they find.',
  icon: '✅',
  category: 'project',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      validators: {
        type: 'array',
        default: [],
        description:
          'Scripts, started by their ending (.py .sh .js .mjs .ts .rb .ps1) or their run bit. An exit code other than 0 is a failure.',
        items: {
          anyOf: [
            { type: 'string', minLength: 1, path: true },
            {
              type: 'object',
              additionalProperties: false,
              required: ['script'],
              properties: {
                script: { type: 'string', minLength: 1, path: true, description: 'Path, relative to the workspace.' },
                name: { type: 'string', minLength: 1, description: 'What reports call it; default its path.' },
                args: { type: 'array', items: { type: ['string', 'number'] }, description: 'Its arguments.' },
                timeout: { ...durationField, description: 'Its own time limit, e.g. 30 or "1m30s".' },
              },
            },
          ],
        },
      },
      strict_mode: { type: 'boolean', default: false, description: 'Warnings fail too.' },
      timeout: {
        ...durationField,
        default: '10m',
        description: 'Time limit of each validator that has none of its own.',
      },
      max_parallel: {
        type: 'integer',
        default: 4,
        minimum: 1,
        maximum: 64,
        description: 'How many run at the same time.',
      },
    },
  },
  outputs: {
    results: {
      type: 'array',
      items: { type: 'object' },
      description: 'For each validator: name, script, status, reason, exit_code, duration_ms, errors, warnings.',
    },
    passed: { type: 'integer', description: 'How many passed.' },
    failed: { type: 'integer', description: 'How many did not pass.' },
    error_count: { type: 'integer', description: 'Findings of level error.' },
    warning_count: { type: 'integer', description: 'Findings of level warning.' },
  },
  permissions: ['files', 'processes'],

  async execute(context) {
    const validators = validatorsOf(context);
    if (validators.length === 0) return skipped('no validators are configured');
    const strict = booleanValue(context.config, 'strict_mode', false);
    const results = await sideBySide(validators, integerValue(context.config, 'max_parallel', 4), (validator) =>
      runValidator(context, validator, strict),
    );
    for (const result of results) context.log(result.status === 'passed' ? 'info' : 'error', lineFor(result));
    return outcomeOf(context, results);
  },

  async preview(context) {
    const validators = validatorsOf(context);
    const strict = booleanValue(context.config, 'strict_mode', false) ? '; warnings fail too' : '';
    const missing: string[] = [];
    for (const { script } of validators) if (!(await context.files.exists(script))) missing.push(script);
    const absent = missing.length > 0 ? `; missing now: ${missing.join(', ')}` : '';
    const count = validators.length === 1 ? '1 validator' : `${validators.length} validators`;
    return {
      summary: `runs ${count}${strict}${absent}`,
      diffs: [],
      commands: validators.map(({ script, args }) => [script, ...args].join(' ')),
    };
  },
};

function validatorsOf(context: HandlerContext): readonly Validator[] {
  const { validators, timeout } = context.config;
  const limit = durationMs(timeout ?? '10m');
  return isJsonList(validators) ? validators.map((item) => parseValidator(item, limit)) : [];
}

/** At most `limit` at a time; results in the order of the items. */
async function sideBySide<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const worker = async () => {
    for (const [at, item] of waiting) results.set(at, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return items.flatMap((_, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [result];
  });
}

function outcomeOf(context: HandlerContext, results: readonly ValidatorResult[]): Outcome {
  const findings = results.flatMap((result) => result.findings);
  const kept = findings.slice(0, mostFindings);
  if (findings.length > kept.length) {
    context.log('warning', `${findings.length - kept.length} further findings are left out of the report`);
  }
  const outputs = outputsOf(results, findings);
  const broken = results.filter((result) => result.status !== 'passed');
  if (broken.length === 0) return { kind: 'success', outputs, findings: kept };
  return { kind: 'failed', failure: failureOf(broken, results.length), outputs, findings: kept };
}

/** A script that is missing says more than one that failed, so its kind goes first. */
function failureOf(broken: readonly ValidatorResult[], total: number): Failure {
  const missing = broken.filter((result) => result.status === 'not-found');
  const cancelled = broken.some((result) => result.status === 'cancelled');
  const timeouts = broken.filter((result) => result.status === 'timeout');
  const exits = broken.flatMap((result) =>
    result.exitCode === null || result.exitCode === 0 ? [] : [result.exitCode],
  );
  const names = broken.slice(0, mostNamed).map((result) => result.validator.name);
  const head = `${broken.length} of ${total} validators did not pass: ${names.join(', ')}${broken.length > mostNamed ? ' …' : ''}`;
  const message = [head, ...broken.map(failureLine)].join('\n');
  const script = broken.length === 1 ? broken[0]?.validator.script : missing[0]?.validator.script;
  const place = script === undefined ? {} : { file: script };
  if (cancelled) return { kind: 'cancelled', message };
  if (missing.length > 0) return { kind: 'not-found', message, ...place, retryable: false };
  if (timeouts.length === broken.length) return { kind: 'timeout', message, ...place };
  const [code] = exits;
  if (code !== undefined) return { kind: 'exit', message, exitCode: code, ...place };
  return { kind: 'handler', message, ...place, retryable: false };
}

function failureLine(result: ValidatorResult): string {
  const errors = result.findings.filter((finding) => finding.level !== 'notice').slice(0, tailLines);
  const said = errors.length > 0 ? errors.map(findingLine) : result.tail.split('\n').slice(-tailLines);
  const lines = said.filter((line) => line.trim() !== '').map((line) => `    ${line.trimEnd()}`);
  return [`  ${lineFor(result)}`, ...lines].join('\n');
}

function findingLine(finding: Finding): string {
  const place =
    finding.file === undefined ? '' : `${finding.file}${finding.line === undefined ? '' : `:${finding.line}`}: `;
  return `${finding.level}: ${place}${finding.message}`;
}

function lineFor(result: ValidatorResult): string {
  const { name, script } = result.validator;
  const called = name === script ? script : `${name} (${script})`;
  const reason = result.reason === '' ? '' : `: ${result.reason}`;
  return `${called} ${result.status}${reason} (${result.durationMs} ms)`;
}

function outputsOf(results: readonly ValidatorResult[], findings: readonly Finding[]): JsonMap {
  const passed = results.filter((result) => result.status === 'passed').length;
  return {
    results: results.map(rowOf),
    passed,
    failed: results.length - passed,
    error_count: countOf(findings, 'error'),
    warning_count: countOf(findings, 'warning'),
  };
}

function rowOf(result: ValidatorResult): JsonMap {
  return {
    name: result.validator.name,
    script: result.validator.script,
    status: result.status,
    reason: result.reason,
    exit_code: result.exitCode,
    duration_ms: result.durationMs,
    errors: countOf(result.findings, 'error'),
    warnings: countOf(result.findings, 'warning'),
  };
}

function countOf(findings: readonly Finding[], level: Finding['level']): number {
  return findings.filter((finding) => finding.level === level).length;
}
