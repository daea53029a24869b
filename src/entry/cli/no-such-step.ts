import { suggest } from '../../core/expression/suggest.ts';
import { UsageError } from './host.ts';

/** The fault of an argument that names no step; the hint names the nearest one, else all of them. */
export function noSuchStep(owner: string, wanted: string, steps: readonly { readonly id: string }[]): UsageError {
  const ids = steps.map(({ id }) => id);
  const near = suggest(wanted, ids);
  return new UsageError(
    `${owner} has no step "${wanted}"`,
    near === null ? `its steps are: ${ids.join(', ')}` : `did you mean "${near}"?`,
  );
}
