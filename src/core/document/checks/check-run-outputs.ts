import type { CheckContext } from './check-context.ts';
import { checkTemplates } from './check-field.ts';

/** Outputs of the run are settled after `finally`; one that is marked secret may be made of secrets. */
export function checkRunOutputs(context: CheckContext): void {
  const { workflow, source } = context;
  for (const [name, { value, secret }] of Object.entries(workflow.outputs)) {
    checkTemplates(
      value,
      [],
      (path) => ({
        kind: 'run-outputs',
        standpoint: { kind: 'end' },
        secret,
        statusFunctions: false,
        place: () =>
          source.at('outputs', name, ...(source.isWritten('outputs', name, 'value') ? ['value'] : []), ...path),
      }),
      context,
    );
  }
}
