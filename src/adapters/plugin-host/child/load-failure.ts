import { pathToFileURL } from 'node:url';
import type { Failure } from '../../../core/model/failure.ts';

/** Why code could not be loaded, with the line where the error says one. */
export function loadFailure(error: unknown, file: string): Failure {
  if (!(error instanceof Error)) return { kind: 'handler', message: `it threw ${String(error)}` };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const line = lineIn(error.stack ?? '', file);
  const [text = ''] = error.message.split('\n');
  const hint = code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' ? ' (only types are taken out of TypeScript)' : '';
  return {
    kind: 'handler',
    message: `${error.name}: ${text}${hint}`,
    file,
    ...(line !== null && { line }),
    ...(error.stack !== undefined && { cause: error.stack }),
  };
}

function lineIn(stack: string, file: string): number | null {
  for (const name of [pathToFileURL(file).href, file]) {
    const at = stack.indexOf(`${name}:`);
    const line = at === -1 ? null : /^:(\d+)/.exec(stack.slice(at + name.length));
    if (line?.[1] !== undefined) return Number(line[1]);
  }
  return null;
}
