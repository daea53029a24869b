import type { FakeToken } from './fake-state.ts';

/** One request, as the routes see it. */
export interface FakeCall {
  readonly method: string;
  readonly host: 'api' | 'uploads';
  /** Parts of the path, decoded, `repos`, owner and name taken off. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly json: { readonly [key: string]: unknown };
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly token: FakeToken | null;
  readonly mayPush: boolean;
  readonly uploadsUrl: string;
  /** Store only half of an upload. */
  readonly half: boolean;
}
