import type { Call } from '../call.ts';
import type { StatusFacts } from '../scope.ts';
import type { ExpressionFunction } from './expression-function.ts';

/** What to write instead, where the status functions are not allowed. */
export const edgeHint = 'let the step depend on the outcome: `dependencies: [{step: ID, on: failure}]`';

/** The functions that speak of the run so far. */
export const statusFunctions: readonly ExpressionFunction[] = [
  statusFunction(
    'success',
    'Whether nothing has failed so far but optional steps (`required: false`).',
    (facts) => facts.success,
  ),
  statusFunction('failure', 'Whether a required step has failed.', (facts) => facts.failure),
  statusFunction('cancelled', 'Whether the run was cancelled.', (facts) => facts.cancelled),
  statusFunction('always', 'True, whatever has happened.', () => true),
];

function statusFunction(name: string, description: string, read: (facts: StatusFacts) => boolean): ExpressionFunction {
  return {
    name,
    signature: `${name}()`,
    description,
    minArguments: 0,
    maxArguments: 0,
    status: true,
    call: (_values, call) => read(factsOf(call)),
  };
}

function factsOf(call: Call): StatusFacts {
  return (
    call.scope.status() ?? call.fail('not-here', 'is allowed in `finally` and in conditions of routes only', edgeHint)
  );
}
