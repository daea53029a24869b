import { type Finding, type HandlerContext, optionalText, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { Change } from './change/change.ts';
import type { RuleAnswer } from './rules/rule.ts';
import type { RuleValidator } from './validator.ts';
import { broken, type ValidatorEnd, type ValidatorRun } from './validator-run.ts';
import type { WatchedTree } from './watched-tree.ts';

export interface RuleSurroundings {
  readonly context: HandlerContext;
  readonly change: Change;
  readonly tree: WatchedTree;
}

/** Asks one rule. What it cannot say is a result, so that the others still run. */
export async function runRule(validator: RuleValidator, around: RuleSurroundings): Promise<ValidatorRun> {
  const { context } = around;
  const nothing = { validator, name: validator.name, findings: [], unread: null, isPrinted: false, tail: '' };
  const cancelled = broken('cancelled', 'the run was cancelled');
  if (context.signal.cancelled) return { ...nothing, durationMs: 0, end: cancelled };
  const startedAt = await context.now();
  const answer = await answerOf(validator, around);
  const durationMs = Math.max(0, (await context.now()) - startedAt);
  if (answer instanceof PluginFailure) return { ...nothing, durationMs, end: endOf(answer) };
  if (answer.kind === 'not-applicable') {
    return { ...nothing, durationMs, end: { kind: 'skipped', reason: answer.reason } };
  }
  const most = optionalText(validator.options, 'level');
  const findings = answer.findings.map((finding) => atMost({ ...finding, rule: finding.rule ?? validator.name }, most));
  return { ...nothing, durationMs, findings, end: { kind: 'done', exitCode: null } };
}

async function answerOf(validator: RuleValidator, around: RuleSurroundings): Promise<RuleAnswer | PluginFailure> {
  try {
    return await validator.rule.check({ ...around, options: validator.options });
  } catch (error) {
    if (error instanceof PluginFailure) return error;
    throw error;
  }
}

function endOf({ failure }: PluginFailure): ValidatorEnd {
  const cause = failure.cause === undefined ? '' : ` (${failure.cause})`;
  return broken(failure.kind === 'cancelled' ? 'cancelled' : 'failed', `${failure.message}${cause}`);
}

const ranks = { error: 2, warning: 1, notice: 0 } as const;

function atMost(finding: Finding, most: string | null): Finding {
  if (most !== 'warning' && most !== 'notice') return finding;
  return ranks[finding.level] > ranks[most] ? { ...finding, level: most } : finding;
}
