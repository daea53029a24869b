import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BareRepository } from './bare-repository.ts';
import { type FakeAnswer, FakeRefusal } from './fake-answer.ts';
import type { FakeCall } from './fake-call.ts';
import { FakeState, type FakeToken } from './fake-state.ts';
import { type Fault, Faults, type LoggedRequest } from './faults.ts';
import { answerOf } from './routes.ts';

/**
 * A GitHub of one repository on this machine: two addresses, as the real one has, state that tests read and change,
 * and faults on request. `adminToken` may everything, `writeToken` is the token of a job, `readToken` one of a fork's
 * pull request.
 */
export class FakeGitHub {
  readonly adminToken = 'ghp_fakeadmin0000000000000000000000000000';
  readonly writeToken = 'ghs_fakewrite0000000000000000000000000000';
  readonly readToken = 'ghs_fakeread00000000000000000000000000000';
  state = new FakeState();
  requests: LoggedRequest[] = [];
  /** Called when a request is left without an answer. */
  onStall: () => void = () => {};
  /** Seconds since 1970 that limits end at. */
  resetAt = 0;
  readonly #faults = new Faults();
  #repository: BareRepository | null = null;
  readonly #servers: Server[] = [];
  #apiUrl = '';
  #uploadsUrl = '';

  static async start(): Promise<FakeGitHub> {
    const fake = new FakeGitHub();
    fake.#apiUrl = await fake.#listen('api');
    fake.#uploadsUrl = await fake.#listen('uploads');
    fake.reset();
    return fake;
  }

  get apiUrl(): string {
    return this.#apiUrl;
  }

  get uploadsUrl(): string {
    return this.#uploadsUrl;
  }

  /** A repository without releases and without git behind it, a log without requests, no faults. */
  reset(): void {
    this.#repository = null;
    this.state = new FakeState();
    this.state.tokens.set(this.adminToken, { kind: 'personal', push: true, admin: true });
    this.state.tokens.set(this.writeToken, { kind: 'app', push: true, admin: false });
    this.state.tokens.set(this.readToken, { kind: 'app', push: false, admin: false });
    this.forget();
  }

  /** The same repository, with a new log and without faults. */
  forget(): void {
    this.requests = [];
    this.#faults.clear();
    this.onStall = () => {};
  }

  /** From now on branches, tags and commits are those of this bare repository. */
  follow(path: string): void {
    this.#repository = new BareRepository(path);
  }

  /** Keeps what GitHub has, and gives what puts it back. */
  keep(): () => void {
    const kept = this.state.copy();
    return () => {
      this.state = kept.copy();
      this.#repository?.forget();
    };
  }

  fail(fault: Fault): void {
    this.#faults.add(fault);
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }

  async #listen(host: LoggedRequest['host']): Promise<string> {
    const server = createServer((request, response) => {
      this.#handle(host, request, response).catch((error: unknown) => {
        response.statusCode = 599;
        response.end(String(error));
      });
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #handle(host: LoggedRequest['host'], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bodyOf(request);
    const url = new URL(request.url ?? '/', this.#apiUrl);
    const token = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
    const logged: LoggedRequest = {
      number: this.requests.length + 1,
      method: request.method ?? 'GET',
      host,
      path: url.pathname,
      query: url.search,
      hasToken: token !== null,
      status: null,
    };
    this.requests.push(logged);
    const fault = this.#faults.take(logged);
    const call = { host, method: logged.method, url, bytes, contentType: request.headers['content-type'] ?? '' };
    const given = (answer: FakeAnswer): FakeAnswer => {
      logged.status = answer.status;
      return answer;
    };
    if (fault === null) return send(response, given(this.#answer(call, token, false)));
    if (isRefusal(fault)) return send(response, given(this.#refusal(fault)));
    const answer =
      (fault.after ?? 'before-effect') === 'before-effect'
        ? { status: 200, body: { id: 1 } }
        : given(this.#answer(call, token, fault.after === 'half-effect'));
    this.#spoil(fault, response, answer);
  }

  #answer(
    call: Pick<FakeCall, 'host' | 'method' | 'bytes' | 'contentType'> & { readonly url: URL },
    secret: string | null,
    half: boolean,
  ): FakeAnswer {
    const token = secret === null ? null : (this.state.tokens.get(secret) ?? null);
    if (secret !== null && token === null) return new FakeRefusal(401, 'Bad credentials').answer;
    this.#repository?.read(this.state);
    const known = new Set(this.state.tags.keys());
    try {
      const answer = this.#route(call, token, half);
      for (const [name, { commit }] of this.state.tags) {
        if (!known.has(name)) this.#repository?.writeTag(name, commit);
      }
      return answer;
    } catch (error) {
      if (error instanceof FakeRefusal) return error.answer;
      throw error;
    }
  }

  #route(
    {
      host,
      method,
      url,
      bytes,
      contentType,
    }: Pick<FakeCall, 'host' | 'method' | 'bytes' | 'contentType'> & {
      readonly url: URL;
    },
    token: FakeToken | null,
    half: boolean,
  ): FakeAnswer {
    if (url.pathname === '/installation/repositories') {
      if (token?.kind === 'app') return { status: 200, body: { total_count: 1, repositories: [] } };
      throw new FakeRefusal(403, 'You must authenticate with an installation access token.');
    }
    const [repos, owner, name, ...parts] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (repos !== 'repos' || `${owner}/${name}` !== this.state.repository) throw new FakeRefusal(404, 'Not Found');
    if (this.state.private && token === null) throw new FakeRefusal(404, 'Not Found');
    const json = host === 'api' ? jsonOf(bytes) : {};
    const mayPush = token?.push === true;
    const { uploadsUrl } = this;
    const { searchParams: query } = url;
    return answerOf(this.state, {
      method,
      host,
      parts,
      query,
      json,
      bytes,
      contentType,
      token,
      mayPush,
      uploadsUrl,
      half,
    });
  }

  #refusal({ with: kind, retryAfterSeconds = 7 }: Fault): FakeAnswer {
    const headers = { 'retry-after': `${retryAfterSeconds}` };
    switch (kind) {
      case 'limited':
        return { status: 429, body: { message: 'Too many requests' }, headers };
      case 'secondary-limit':
        return { status: 403, body: { message: 'You have exceeded a secondary rate limit.' }, headers };
      case 'primary-limit':
        return {
          status: 403,
          body: { message: 'API rate limit exceeded for installation.' },
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${this.resetAt}` },
        };
      default:
        return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
  }

  #spoil({ with: kind }: Fault, response: ServerResponse, answer: FakeAnswer): void {
    const text = answer.body === null ? '{"a": 1}' : JSON.stringify(answer.body);
    switch (kind) {
      case 'reset':
        response.socket?.destroy();
        return;
      case 'reset-mid-body':
        response.writeHead(answer.status === 204 ? 200 : answer.status, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        });
        response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
        return;
      case 'stall':
        this.onStall();
        return;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end('<!DOCTYPE html><title>Please wait</title>');
        return;
      case 'other-json':
        return send(response, { status: 200, body: { id: 1 } });
      case 'truncated-json':
        response.writeHead(answer.status === 204 ? 200 : answer.status, {
          'content-type': 'application/json; charset=utf-8',
        });
        response.end(text.slice(0, Math.floor(text.length / 2)));
        return;
      default:
        response.writeHead(typeof kind === 'number' ? kind : 500, { 'content-type': 'text/html' });
        response.end('<html><body>Unicorn!</body></html>');
    }
  }
}

function isRefusal({ with: kind }: Fault): boolean {
  return kind === 'limited' || kind === 'secondary-limit' || kind === 'primary-limit' || kind === 'forbidden';
}

function jsonOf(bytes: Buffer): FakeCall['json'] {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new FakeRefusal(400, 'Problems parsing JSON');
  }
}

function send(response: ServerResponse, { status, body, headers }: FakeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === null ? undefined : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
