/** The words that the runner understands on a line of its own, as far as the product says them. */
export type WorkflowCommandName =
  | 'error'
  | 'warning'
  | 'notice'
  | 'debug'
  | 'group'
  | 'endgroup'
  | 'add-mask'
  | 'set-output'
  | 'save-state'
  | 'stop-commands';

/**
 * A line that the runner takes as a command, without its line end. Properties that are empty or absent are left out,
 * as the toolkit does.
 */
export function workflowCommand(
  name: WorkflowCommandName,
  properties: { readonly [property: string]: string | number | undefined },
  message: string,
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '' && value !== 0)
    .map(([property, value]) => `${property}=${escapeCommandProperty(String(value))}`);
  return `::${name}${written.length === 0 ? '' : ` ${written.join(',')}`}::${escapeCommandData(message)}`;
}

export function escapeCommandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function escapeCommandProperty(text: string): string {
  return escapeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
