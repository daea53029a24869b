import {
  booleanValue,
  type HandlerContext,
  integerValue,
  isJsonList,
  PluginFailure,
  type StepHandler,
  skipped,
} from '../../src/plugin-api/index.ts';
import { Change, type LinesByPath } from './validators/change/change.ts';
import { marked, readOnlyChanged } from './validators/change/mark-findings.ts';
import { configuration } from './validators/configuration.ts';
import { durationMs } from './validators/duration.ts';
import { judge } from './validators/judge-run.ts';
import { runRule } from './validators/run-rule.ts';
import { runScript } from './validators/run-script.ts';
import { parseValidator, type RuleValidator, type ScriptValidator, type Validator } from './validators/validator.ts';
import type { ValidatorRun } from './validators/validator-run.ts';
import { logResults, outcomeOf } from './validators/validators-outcome.ts';
import { WatchedTree } from './validators/watched-tree.ts';

export const runValidators: StepHandler = {
  title: 'Run validators',
  description: 'Runs scripts in any language and rules of its own side by side and collects what they find.',
  icon: '✅',
  category: 'project',
  configuration,
  outputs: {
    results: {
      type: 'array',
      items: { type: 'object' },
      description:
        'For each validator: name, script or rule, status, reason, exit_code, duration_ms, errors, warnings.',
    },
    passed: { type: 'integer', description: 'How many passed.' },
    failed: { type: 'integer', description: 'How many did not pass.' },
    skipped: { type: 'integer', description: 'How many rules had nothing to look at.' },
    error_count: { type: 'integer', description: 'Findings of level error.' },
    warning_count: { type: 'integer', description: 'Findings of level warning.' },
    left_out: { type: 'integer', description: 'Findings that `only_changed` left out.' },
  },
  permissions: ['files', 'processes', 'network'],

  async execute(context) {
    const validators = await validatorsOf(context);
    if (validators.length === 0) return skipped('no validators are configured');
    const change = new Change(context, context.config);
    const runs = await runAll(context, validators, change);
    const only = readOnlyChanged(context.config.only_changed);
    const lines = await linesFor(context, runs, change);
    if (only !== null && lines === null)
      context.log('info', 'what the change touches is not known: all findings are kept');
    const judgement = {
      strict: booleanValue(context.config, 'strict_mode', false),
      only: lines === null ? null : only,
    };
    const results = runs.map((run) => judge(lines === null ? run : withMarks(run, lines), judgement));
    logResults(context.log, results);
    const leftOut = results.reduce((sum, result) => sum + result.leftOut, 0);
    if (leftOut > 0) context.log('info', `${leftOut} findings outside of the change are left out`);
    return outcomeOf(context, results);
  },

  async preview(context) {
    const validators = await validatorsOf(context);
    const scripts = validators.filter(isScript);
    const names = validators.filter(isRule).map(({ name }) => name);
    const strict = booleanValue(context.config, 'strict_mode', false) ? '; warnings fail too' : '';
    const missing: string[] = [];
    for (const { script } of scripts) if (!(await context.files.exists(script))) missing.push(script);
    const absent = missing.length > 0 ? `; missing now: ${missing.join(', ')}` : '';
    const parts = [
      ...(scripts.length > 0 || names.length === 0 ? [counted(scripts.length, 'script')] : []),
      ...(names.length > 0 ? [`${counted(names.length, 'rule')} (${names.join(', ')})`] : []),
    ];
    return {
      summary: `runs ${parts.join(' and ')}${strict}${absent}`,
      diffs: [],
      commands: scripts.map(({ script, args }) => [script, ...args].join(' ')),
    };
  },
};

function validatorsOf({ config, files }: HandlerContext): Promise<readonly Validator[]> {
  const { validators, timeout } = config;
  const limit = durationMs(timeout ?? '10m');
  return Promise.all(isJsonList(validators) ? validators.map((item) => parseValidator(item, limit, files)) : []);
}

async function runAll(
  context: HandlerContext,
  validators: readonly Validator[],
  change: Change,
): Promise<readonly ValidatorRun[]> {
  const tree = new WatchedTree(context);
  const scripts = validators.filter(isScript);
  // The first look comes before any script can change what it sees.
  if (scripts.length > 0) await tree.watch();
  const runs = await sideBySide(validators, integerValue(context.config, 'max_parallel', 4), (validator) =>
    validator.kind === 'script' ? runScript(context, validator) : runRule(validator, { context, change, tree }),
  );
  if (!runs.some(({ validator, end }) => validator?.kind === 'script' && wasStarted(end))) return runs;
  const [only, ...others] = scripts;
  const finding = await tree.leftBehind(only !== undefined && others.length === 0 ? only.name : 'validators');
  if (finding === null) return runs;
  const name = 'left-behind';
  const leftBehind = {
    validator: null,
    name,
    durationMs: 0,
    unread: null,
    tail: '',
    isPrinted: false,
    findings: [{ ...finding, rule: name }],
  };
  return [...runs, { ...leftBehind, end: { kind: 'done', exitCode: null } }];
}

function wasStarted(end: ValidatorRun['end']): boolean {
  return end.kind === 'done' || (end.kind === 'broken' && end.status !== 'not-found');
}

/** Lines of the change, empty where no finding could stand on one; `null` where they are not known. */
async function linesFor(
  context: HandlerContext,
  runs: readonly ValidatorRun[],
  change: Change,
): Promise<LinesByPath | null> {
  if (!runs.some(({ findings }) => findings.some(({ file }) => file !== undefined))) return new Map();
  try {
    return await change.lines();
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    context.log('warning', error.failure.message);
    return null;
  }
}

function withMarks(run: ValidatorRun, lines: LinesByPath): ValidatorRun {
  return { ...run, findings: run.findings.map((finding) => marked(finding, lines)) };
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

function isScript(validator: Validator): validator is ScriptValidator {
  return validator.kind === 'script';
}

function isRule(validator: Validator): validator is RuleValidator {
  return validator.kind === 'rule';
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
