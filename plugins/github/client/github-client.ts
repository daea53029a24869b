import type { GitHubAdapter, GitHubAnswer, GitHubCall, GitHubSettings } from '../../../src/plugin-api/index.ts';
import { type AdapterContext, isJsonList, type Json, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { ClientSettings } from './client-settings.ts';
import type { Transport } from './octokit-transport.ts';
import { anonymousFailure, isLimited, limitedFailure, lostFailure, refusedFailure } from './refusal.ts';
import { cancelledFailure, type Timing } from './timing.ts';
import { type Refused, type Verdict, verdictOf } from './verdict.ts';

const mostAttempts = 5;
const mostRedirects = 5;
const pageSize = 100;
/** Where GitHub limits and names no wait, its advice is a minute. */
const openWaitMs = 60_000;
const hastyTimeoutMs = 5_000;
/** Writes of one handler call that are not paced. */
const freeWrites = 5;
/** What the slowest connection that is waited for carries in a second. */
const uploadBytesPerMs = 100;

type Trouble = Extract<Verdict, { kind: 'limited' | 'lost' }>;

/** The client behind the adapter. Requests are sent one after another, as GitHub asks. */
export class GitHubClient implements GitHubAdapter {
  readonly #context: AdapterContext;
  readonly #settings: ClientSettings;
  readonly #transport: Transport;
  readonly #timing: Timing;
  #waitedMs = 0;
  #sent = 0;
  #writes = 0;
  #lastWriteAt: number | null = null;

  constructor(context: AdapterContext, settings: ClientSettings, transport: Transport, timing: Timing) {
    this.#context = context;
    this.#settings = settings;
    this.#transport = transport;
    this.#timing = timing;
  }

  async settings(): Promise<GitHubSettings> {
    const { apiUrl, serverUrl, repository, token } = this.#settings;
    return { apiUrl, serverUrl, repository, token };
  }

  async requestCount(): Promise<number> {
    return this.#sent;
  }

  async request(call: GitHubCall): Promise<GitHubAnswer> {
    if (call.method !== 'GET' && this.#settings.token === 'none') throw anonymousFailure(call);
    for (let attempt = 1; ; attempt++) {
      const verdict = await this.#send(call);
      switch (verdict.kind) {
        case 'answer':
          return { status: verdict.status, data: verdict.data, lookedUp: false };
        case 'moved':
          throw this.#movedFailure(call, verdict.location);
        case 'refused':
          throw refusedFailure(call, this.#maskedRefusal(verdict), this.#settings.token !== 'none');
        case 'limited':
        case 'lost': {
          const failure = await this.#waitFor(call, verdict, attempt);
          const found = verdict.kind === 'lost' ? await this.#lookUp(call, verdict) : null;
          if (found !== null) return { status: 200, data: found, lookedUp: true };
          if (failure !== null) throw failure;
        }
      }
    }
  }

  async list(call: Omit<GitHubCall, 'method' | 'body'>, most: number): Promise<readonly Json[]> {
    const items: Json[] = [];
    for (let page = 1; items.length < most; page++) {
      const query = { ...call.query, per_page: pageSize, page };
      const { data } = await this.request({ ...call, method: 'GET', query });
      if (!isJsonList(data)) {
        throw lostFailure(
          { ...call, method: 'GET' },
          { status: 200, said: 'no list where one was due', unsure: false },
        );
      }
      items.push(...data);
      if (data.length < pageSize) break;
    }
    return items.slice(0, most);
  }

  /** Where the look fails too, the failure is that of the request: whether it happened is what nobody knows. */
  async #lookUp(call: GitHubCall, trouble: Trouble): Promise<Json> {
    try {
      return call.lookUp === undefined ? null : await call.lookUp();
    } catch (error) {
      if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
      const said = `${this.#masked(trouble.message)}; ${error.message}`;
      throw lostFailure(call, { status: trouble.status, said, unsure: true, retryable: !isLimited(error) });
    }
  }

  /** `null` where it may be sent again, after the wait; else why not. */
  async #waitFor(call: GitHubCall, trouble: Trouble, attempt: number): Promise<PluginFailure | null> {
    const waitMs = trouble.kind === 'limited' ? (trouble.waitMs ?? openWaitMs) : 1000 * 2 ** (attempt - 1);
    const isBlind = trouble.kind === 'lost' && call.method === 'POST' && call.lookUp === undefined;
    if (
      isBlind ||
      attempt >= (call.hasty ? 1 : mostAttempts) ||
      this.#waitedMs + waitMs > this.#settings.retryBudgetMs
    ) {
      return this.#giveUp(call, trouble, waitMs);
    }
    const reason = trouble.message === '' ? `status ${trouble.status}` : this.#masked(trouble.message);
    this.#context.log('warning', `GitHub: ${call.purpose}: ${reason}; trying again in ${Math.ceil(waitMs / 1000)} s`);
    this.#waitedMs += waitMs;
    await this.#timing.wait(waitMs, this.#context.signal);
    return null;
  }

  #giveUp(call: GitHubCall, trouble: Trouble, waitMs: number): PluginFailure {
    const said = this.#masked(trouble.message);
    if (trouble.kind === 'limited') return limitedFailure(call, trouble.status, waitMs, said);
    return lostFailure(call, { status: trouble.status, said, unsure: call.method !== 'GET' });
  }

  async #send(call: GitHubCall): Promise<Verdict> {
    let url = this.#urlOf(call);
    for (let hop = 0; ; hop++) {
      const verdict = await this.#sendTo(url, call);
      if (verdict.kind !== 'moved' || hop >= mostRedirects) return verdict;
      const next = URL.canParse(verdict.location, url) ? new URL(verdict.location, url) : null;
      if (next === null || next.origin !== new URL(url).origin) return verdict;
      url = next.href;
    }
  }

  async #sendTo(url: string, call: GitHubCall): Promise<Verdict> {
    const { signal } = this.#context;
    if (call.method !== 'GET') await this.#pace();
    if (signal.cancelled) throw cancelledFailure(signal);
    const cancel = new AbortController();
    const forget = signal.onCancel(() => cancel.abort());
    this.#sent += 1;
    try {
      const timeoutMs = this.#settings.requestTimeoutMs;
      const limit = this.#timing.limit(call.hasty ? Math.min(timeoutMs, hastyTimeoutMs) : timeoutMs + uploadTime(call));
      const reply = await this.#transport({
        method: call.method,
        url,
        headers: headersOf(call),
        body: call.body === undefined ? null : call.body.kind === 'json' ? call.body.value : call.body.bytes,
        signal: AbortSignal.any([limit, cancel.signal]),
      });
      if (signal.cancelled) throw cancelledFailure(signal);
      return verdictOf(reply, call, await this.#context.now());
    } finally {
      forget();
    }
  }

  /**
   * GitHub asks for a second between many writes, and limits at 80 in a minute. An ordinary release has few: it does
   * not wait. Time that the last write took counts.
   */
  async #pace(): Promise<void> {
    this.#writes += 1;
    const now = await this.#context.now();
    if (this.#writes <= freeWrites) {
      this.#lastWriteAt = now;
      return;
    }
    const due = this.#lastWriteAt === null ? now : this.#lastWriteAt + this.#settings.writeIntervalMs;
    if (due > now) await this.#timing.wait(due - now, this.#context.signal);
    this.#lastWriteAt = Math.max(now, due);
  }

  #urlOf(call: GitHubCall): string {
    const { apiUrl } = this.#settings;
    const url = new URL(call.path.startsWith('/') ? apiUrl + call.path : call.path);
    // An address from an answer gets the token too: not over a weaker connection than the API itself.
    if (url.protocol !== new URL(apiUrl).protocol) throw this.#movedFailure(call, url.origin);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, String(value));
    return url.href;
  }

  #movedFailure(call: GitHubCall, location: string): PluginFailure {
    const where = URL.canParse(location) ? new URL(location).origin : 'another place';
    return new PluginFailure(
      'handler',
      `GitHub was asked to ${call.purpose} and points to ${where}: set \`api_url\` and \`repository\` of the adapter \`github\` to where the repository is now`,
      { retryable: false },
    );
  }

  #maskedRefusal(refused: Refused): Refused {
    const errors = refused.errors.map((entry) => ({ ...entry, message: this.#masked(entry.message) }));
    return { ...refused, message: this.#masked(refused.message), errors };
  }

  #masked(text: string): string {
    const token = this.#context.secrets.GITHUB_TOKEN ?? '';
    return token === '' ? text : text.replaceAll(token, '***');
  }
}

function headersOf(call: GitHubCall): { readonly [name: string]: string } {
  const common = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
  return call.body?.kind === 'bytes' ? { ...common, 'content-type': call.body.contentType } : common;
}

function uploadTime({ body }: GitHubCall): number {
  return body?.kind === 'bytes' ? Math.ceil(body.bytes.byteLength / uploadBytesPerMs) : 0;
}
