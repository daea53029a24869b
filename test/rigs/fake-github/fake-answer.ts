/** What a route gives, before a fault may spoil it. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** Thrown in a route: GitHub refuses. */
export class FakeRefusal extends Error {
  readonly answer: FakeAnswer;

  constructor(status: number, message: string, errors?: readonly object[]) {
    super(message);
    const documentation_url = 'https://docs.github.com/rest';
    this.answer = { status, body: { message, ...(errors ? { errors } : {}), documentation_url, status: `${status}` } };
  }
}

export const notFound = () => new FakeRefusal(404, 'Not Found');

/** 422 as the API has it. */
export function invalid(...errors: readonly object[]): FakeRefusal {
  return new FakeRefusal(422, 'Validation Failed', errors);
}

export function fieldError(resource: string, field: string, code: string, message?: string): object {
  return { resource, code, field, ...(message === undefined ? {} : { message }) };
}
