import { isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { Outcome } from '../../core/model/outcome.ts';

/** What a module's output is called where neither the step nor the module's declaration names one. */
const unnamed = 'result';

/**
 * A module's result as outputs (LANGUAGE.md section 9). A map gives them by name; any other value is that of the one
 * declared output. What the step declares counts before what the module's declaration says.
 */
export function moduleOutcome(
  result: Json,
  declared: { readonly step: readonly string[] | null; readonly module: readonly string[] | null },
): Outcome {
  if (result === null) return { kind: 'success', outputs: {} };
  if (isJsonMap(result)) {
    return { kind: 'success', outputs: declared.step === null ? underOnly(result, declared.module) : result };
  }
  const names = declared.step ?? declared.module ?? [unnamed];
  const [only = unnamed] = names;
  if (names.length <= 1) return { kind: 'success', outputs: { [only]: result } };
  const message = `The action gave ${Array.isArray(result) ? 'a list' : `a ${typeof result}`} where ${names.length} outputs are declared (${names.join(', ')}): return a map of them.`;
  return { kind: 'failed', failure: { kind: 'output', message } };
}

/** A map without the one output that the module declares is that output's value, as it is for a step. */
function underOnly(result: JsonMap, names: readonly string[] | null): JsonMap {
  const [only] = names ?? [];
  const isValue = only !== undefined && names?.length === 1 && !Object.hasOwn(result, only);
  return isValue && Object.keys(result).length > 0 ? { [only]: result } : result;
}
