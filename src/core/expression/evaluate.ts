import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { Expression } from './ast.ts';
import { Evaluation, EvaluationStop } from './evaluation.ts';
import { evaluateNode } from './evaluator.ts';
import type { EvaluationFault } from './fault.ts';
import type { Scope } from './scope.ts';
import { isTruthy } from './values.ts';

/**
 * The value of an expression. What users can do wrong is a fault, never an exception. Bounded in steps, depth and
 * size of the result. Patterns must be loaded (`loadPatterns`) where the expression calls `matches`.
 */
export function evaluate(expression: Expression, scope: Scope): Result<Json, EvaluationFault> {
  return catchStop(() => evaluateBounded(expression, scope));
}

/**
 * Whether a whole condition holds. The texts "true" and "false" are a fault: they are nearly always a boolean that
 * a process wrote as text, and both would be true.
 */
export function evaluateCondition(expression: Expression, scope: Scope): Result<boolean, EvaluationFault> {
  const value = evaluate(expression, scope);
  if (!value.ok) return value;
  if (value.value !== 'true' && value.value !== 'false') return ok(isTruthy(value.value));
  return err({
    code: 'condition-text',
    message: `the condition is the text "${value.value}", and any text but the empty one is true`,
    hint: "compare it: `… == 'true'`",
    start: expression.start,
    end: expression.end,
  });
}

function evaluateBounded(expression: Expression, scope: Scope): Json {
  const evaluation = new Evaluation(scope);
  const value = evaluateNode(expression.root, evaluation);
  if (typeof value === 'object' || typeof value === 'string') evaluation.expectFits(expression, value);
  return value;
}

function catchStop<T>(run: () => T): Result<T, EvaluationFault> {
  try {
    return ok(run());
  } catch (stop) {
    if (stop instanceof EvaluationStop) return err(stop.fault);
    throw stop;
  }
}
