import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancelSource } from '../../../../src/core/ports/cancel.ts';
import { type HandlerContext, type JsonMap, PluginFailure, type Processes } from '../../../../src/plugin-api/index.ts';

export interface ContextSetting {
  readonly config: JsonMap;
  readonly processes: Processes;
  readonly signal?: CancelSource;
  readonly timeoutMs?: number;
  readonly workspace?: string;
}

/** A context with nothing in it but what the handlers of this plugin use; anything else rejects. */
export function commandContext(setting: ContextSetting): HandlerContext {
  const absent = () => Promise.reject(new PluginFailure('handler', 'this context has no such thing'));
  const root = setting.workspace ?? '/workspace';
  return {
    run: { id: '20260101-000000-abcdef', workflow: { name: 'test', version: '1.0.0' } },
    step: { id: 'build', address: 'build', name: 'Build', visit: 1, attempt: 1 },
    config: setting.config,
    env: {},
    secrets: {},
    idempotencyKey: 'key',
    timeoutMs: setting.timeoutMs ?? null,
    signal: setting.signal ?? new CancelSource(),
    files: {
      root,
      read: absent,
      write: absent,
      exists: async (path) => existsSync(join(root, path)),
      stat: absent,
      list: absent,
      readBytes: absent,
      glob: absent,
    },
    processes: setting.processes,
    log: () => {},
    now: absent,
    parameters: absent,
    outputs: absent,
    upstream: absent,
    changedFiles: absent,
    getState: absent,
    setState: absent,
    adapter: absent,
  };
}
