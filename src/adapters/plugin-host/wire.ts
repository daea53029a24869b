import type { Failure } from '../../core/model/failure.ts';
import type { Json, JsonMap } from '../../core/model/json.ts';
import type { LogLevel } from '../../core/ports/observer.ts';

/**
 * What the engine and a plugin's process say to each other: one JSON value a line, over a pipe of its own, so that
 * what the plugin prints never stands among it. Secrets pass here as they pass in an environment: nothing is kept.
 */

/** The code that a process is for. */
export interface PluginUnit {
  readonly kind: 'plugin' | 'module';
  /** The folder's or the file's name: what a module is called that does not say. */
  readonly name: string;
  /** Absolute path of the code. */
  readonly file: string;
}

/** A handler call as plain data; what is not here is asked for. */
export interface CallData {
  readonly run: JsonMap;
  readonly step: JsonMap;
  readonly config: JsonMap;
  readonly env: JsonMap;
  readonly secrets: JsonMap;
  readonly idempotencyKey: string;
  readonly timeoutMs: number | null;
  readonly workspace: string;
  /** What the call gave that is taken back; for `undo` alone. */
  readonly done?: JsonMap;
}

export type HandlerMethod = 'execute' | 'preview' | 'probe' | 'undo';

/** What the process is started for: the first line that it is sent. */
export type HostTask =
  | { readonly kind: 'describe'; readonly unit: PluginUnit }
  | {
      readonly kind: 'call';
      readonly unit: PluginUnit;
      /** `plugin.action` as messages name it. */
      readonly handler: string;
      readonly action: string;
      readonly method: HandlerMethod;
      readonly data: CallData;
    }
  | {
      readonly kind: 'adapter';
      readonly unit: PluginUnit;
      readonly adapter: string;
      readonly data: Pick<CallData, 'config' | 'env' | 'workspace'>;
    };

export type ToHost =
  | { readonly kind: 'task'; readonly task: HostTask }
  /** The answer to what the process asked under that number. */
  | { readonly kind: 'reply'; readonly id: number; readonly value: Json }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: Failure }
  /** The step is to end; its last words are waited for a moment. */
  | { readonly kind: 'cancel'; readonly reason: string }
  /** A method of the adapter that the process holds. */
  | { readonly kind: 'invoke'; readonly id: number; readonly method: string; readonly args: readonly Json[] }
  /** Nothing more is wanted. */
  | { readonly kind: 'end' };

export type FromHost =
  | { readonly kind: 'ask'; readonly id: number; readonly member: string; readonly args: readonly Json[] }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  /** The task's result: a description, an outcome, a preview, a probe's answer, an adapter's methods. */
  | { readonly kind: 'answer'; readonly value: Json }
  | { readonly kind: 'broke'; readonly failure: Failure }
  | { readonly kind: 'returned'; readonly id: number; readonly value: Json }
  | { readonly kind: 'threw'; readonly id: number; readonly failure: Failure };

/** Most that a task may log, in UTF-16 units. */
export const mostLogged = 8 * 1024 * 1024;

export function encodeMessage(message: ToHost | FromHost): string {
  return `${JSON.stringify(message)}\n`;
}
