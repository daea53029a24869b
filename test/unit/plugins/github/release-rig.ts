import { githubAdapterWith } from '../../../../plugins/github/adapter.ts';
import githubPlugin from '../../../../plugins/github/index.ts';
import {
  type AdapterFactory,
  CancelSource,
  type JsonMap,
  type Outcome,
  PluginFailure,
  type ProbeAnswer,
  type StepHandler,
  type UndoOutcome,
  type UpstreamStep,
} from '../../../../src/plugin-api/index.ts';
import type { FakeGitHub } from '../../../rigs/fake-github/fake-github.ts';
import { type ContextOptions, pluginContext, type TestContext } from '../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

export const headCommit = 'c0ffee0000000000000000000000000000000001';
export const otherCommit = 'decade0000000000000000000000000000000002';

/** Calls handlers of the plugin against a fake GitHub, with waits that take no time and are written down. */
export class ReleaseRig {
  readonly folder = new TempFolder();
  readonly waits: number[] = [];
  /** What `release.version_bump` gave in this run; `null` where it did not run. */
  release: JsonMap | null = null;
  /** The same of other packages, by the ids of their steps. */
  otherReleases: { readonly [step: string]: JsonMap } = {};
  /** What steps `release.changelog_update` gave in this run, by their ids. */
  changelogs: { readonly [step: string]: JsonMap } = {};
  /** What steps `github.draft_release` gave in this run, by their ids. */
  drafts: { readonly [step: string]: JsonMap } = {};
  token: string;
  adapterConfig: JsonMap = {};
  env: { readonly [name: string]: string } = {};
  head: string | null = headCommit;
  branch: string | null = 'main';
  remoteUrl: string | null = null;
  idempotencyKey = 'run-1/step/1';
  signal = new CancelSource();
  onWait: () => void = () => {};
  readonly #fake: FakeGitHub;
  #limits: AbortController[] = [];

  constructor(fake: FakeGitHub) {
    this.#fake = fake;
    this.token = fake.writeToken;
  }

  remove(): void {
    this.folder.remove();
  }

  context(config: JsonMap = {}, more: ContextOptions = {}): TestContext {
    // Whoever waits for an answer that does not come runs into the limit at once.
    this.#fake.onStall = () => {
      for (const limit of this.#limits.splice(0)) limit.abort(new DOMException('too long', 'TimeoutError'));
    };
    const context = pluginContext(this.folder.path, {
      config,
      env: { GITHUB_API_URL: this.#fake.apiUrl, GITHUB_REPOSITORY: this.#fake.state.repository, ...this.env },
      adapters: { git: this.#git(), github: this.#github() },
      adapterConfig: { github: { write_interval_ms: 0, ...this.adapterConfig } },
      secrets: this.token === '' ? {} : { GITHUB_TOKEN: this.token },
      upstream: {
        'release.version_bump': [
          ...(this.release === null ? [] : [{ id: 'bump', outputs: this.release }]),
          ...stepsOf(this.otherReleases),
        ],
        'release.changelog_update': stepsOf(this.changelogs),
        'github.draft_release': stepsOf(this.drafts),
      },
      signal: this.signal,
      ...more,
    });
    return { ...context, idempotencyKey: this.idempotencyKey };
  }

  execute(action: string, config: JsonMap = {}): Promise<Outcome> {
    return handler(action)
      .execute(this.context(config))
      .catch((error: unknown) => {
        if (error instanceof PluginFailure) return { kind: 'failed' as const, failure: error.failure };
        throw error;
      });
  }

  async preview(action: string, config: JsonMap = {}) {
    const preview = await handler(action).preview?.(this.context(config));
    if (!preview) throw new Error(`${action} has no preview`);
    return preview;
  }

  async probe(action: string, config: JsonMap = {}): Promise<ProbeAnswer> {
    const answer = await handler(action).probe?.(this.context(config));
    if (!answer) throw new Error(`${action} has no probe`);
    return answer;
  }

  async undo(action: string, outputs: JsonMap, config: JsonMap = {}): Promise<UndoOutcome> {
    const outcome = await handler(action).undo?.({ ...this.context(config), done: { outputs } });
    if (!outcome) throw new Error(`${action} has no undo`);
    return outcome;
  }

  #github(): AdapterFactory {
    return githubAdapterWith({
      wait: async (ms, signal) => {
        this.waits.push(ms);
        this.onWait();
        if (signal.cancelled) throw new PluginFailure('cancelled', 'cancelled while waiting');
      },
      limit: () => {
        const limit = new AbortController();
        this.#limits.push(limit);
        return limit.signal;
      },
    });
  }

  #git(): AdapterFactory {
    const api = {
      settings: async () => ({ remote: 'origin', branch: null }),
      head: async () => this.head,
      branch: async () => this.branch,
      remoteUrl: async () => this.remoteUrl,
    };
    return { description: 'git', configuration: {}, initialize: async () => ({ api }) };
  }
}

function stepsOf(outputs: { readonly [step: string]: JsonMap }): readonly UpstreamStep[] {
  return Object.entries(outputs).map(([id, given]) => ({ id, outputs: given }));
}

export function handler(action: string): StepHandler {
  const found = githubPlugin.handlers?.[action];
  if (!found) throw new Error(`there is no handler ${action}`);
  return found;
}

export function outputsOf(outcome: Outcome): JsonMap {
  if (outcome.kind !== 'success') throw new Error(`expected success, got ${JSON.stringify(outcome)}`);
  return outcome.outputs;
}

export function failureOf(outcome: Outcome) {
  if (outcome.kind !== 'failed') throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}
