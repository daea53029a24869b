import { type FakeAnswer, FakeRefusal, notFound } from './fake-answer.ts';
import type { FakeCall } from './fake-call.ts';
import type { FakeProtection, FakeState } from './fake-state.ts';
import {
  createRelease,
  deleteAsset,
  deleteRelease,
  latestRelease,
  listAssets,
  listReleases,
  readRelease,
  releaseByTag,
  updateAsset,
  updateRelease,
  uploadAsset,
} from './release-routes.ts';

/** What GitHub answers to a request of the repository; refusals are thrown. */
export function answerOf(state: FakeState, call: FakeCall): FakeAnswer {
  if (call.method !== 'GET') requirePush(call);
  const [first = '', ...rest] = call.parts;
  const route = `${call.method} ${first}`;
  if (call.host === 'uploads') {
    if (route === 'POST releases' && rest[1] === 'assets') return uploadAsset(state, call, Number(rest[0]));
    throw notFound();
  }
  switch (route) {
    case 'GET ':
      return { status: 200, body: shownRepository(state, call) };
    case 'GET git':
      return gitObject(state, rest);
    case 'GET branches':
      return rest.at(-1) === 'protection'
        ? protectionOf(state, call, rest.slice(0, -1).join('/'))
        : branchOf(state, rest.join('/'));
    case 'GET rules':
      return { status: 200, body: state.rules.get(rest.slice(1).join('/')) ?? [] };
    case 'GET pulls':
      return rest[1] === 'files' ? filesOf(state.pullFiles.get(Number(rest[0]))) : pullOf(state, Number(rest[0]));
    case 'GET compare': {
      const files = state.comparisons.get(rest.join('/'));
      return { status: 200, body: { files: (files ?? refuseMissing()).map((filename) => ({ filename })) } };
    }
    case 'GET releases':
    case 'POST releases':
    case 'PATCH releases':
    case 'DELETE releases':
      return releaseAnswer(state, call, rest);
    default:
      throw notFound();
  }
}

function releaseAnswer(state: FakeState, call: FakeCall, [first, ...rest]: readonly string[]): FakeAnswer {
  const { method } = call;
  if (first === undefined) return method === 'POST' ? createRelease(state, call) : listReleases(state, call);
  if (first === 'latest') return latestRelease(state, call);
  if (first === 'generate-notes') return { status: 200, body: { name: call.json.tag_name, body: '' } };
  if (first === 'tags') return releaseByTag(state, call, rest.join('/'));
  if (first === 'assets') {
    const id = Number(rest[0]);
    if (method === 'DELETE') return deleteAsset(state, id);
    if (method === 'PATCH') return updateAsset(state, call, id);
    throw notFound();
  }
  const id = Number(first);
  if (rest[0] === 'assets') return listAssets(state, call, id);
  if (method === 'DELETE') return deleteRelease(state, id);
  return method === 'PATCH' ? updateRelease(state, call, id) : readRelease(state, call, id);
}

function requirePush({ token, mayPush }: FakeCall): void {
  if (mayPush) return;
  if (token === null) throw new FakeRefusal(401, 'Requires authentication');
  if (token.kind === 'app') throw new FakeRefusal(403, 'Resource not accessible by integration');
  throw new FakeRefusal(404, 'Not Found');
}

function shownRepository(state: FakeState, { token }: FakeCall): object {
  const [owner = '', name = ''] = state.repository.split('/');
  // An app's token is shown without rights, whatever it may do.
  const push = token?.kind === 'personal' && token.push;
  return {
    id: 1,
    name,
    full_name: state.repository,
    owner: { login: owner },
    private: state.private,
    archived: state.archived,
    default_branch: state.defaultBranch,
    ...(token === null ? {} : { permissions: { admin: token.kind === 'personal' && token.admin, push, pull: true } }),
  };
}

function gitObject(state: FakeState, [kind, ...rest]: readonly string[]): FakeAnswer {
  if (kind === 'ref' && rest[0] === 'tags') {
    const name = rest.slice(1).join('/');
    const tag = state.tags.get(name) ?? refuseMissing();
    const object = tag.annotated ? { type: 'tag', sha: tagObject(name) } : { type: 'commit', sha: tag.commit };
    return { status: 200, body: { ref: `refs/tags/${name}`, object } };
  }
  if (kind === 'tags') {
    const found = [...state.tags].find(([name, tag]) => tag.annotated && tagObject(name) === rest[0]);
    const [name, tag] = found ?? refuseMissing();
    return { status: 200, body: { tag: name, object: { type: 'commit', sha: tag.commit } } };
  }
  throw notFound();
}

/** Any name will do for the object of an annotated tag, as long as it is its own. */
function tagObject(name: string): string {
  return Buffer.from(`tag ${name}`).toString('hex').padEnd(40, '0').slice(0, 40);
}

function branchOf(state: FakeState, name: string): FakeAnswer {
  const commit = state.branches.get(name) ?? refuseMissing('Branch not found');
  const protection = state.protection.get(name);
  return {
    status: 200,
    body: {
      name,
      commit: { sha: commit },
      protected: protection !== undefined,
      protection: {
        enabled: protection !== undefined,
        required_status_checks: {
          enforcement_level: protection?.checks === undefined ? 'off' : 'non_admins',
          contexts: protection?.checks ?? [],
        },
      },
    },
  };
}

function protectionOf(state: FakeState, { token }: FakeCall, name: string): FakeAnswer {
  if (token === null) throw notFound();
  if (!token.admin) throw new FakeRefusal(403, 'Resource not accessible by integration');
  const protection = state.protection.get(name);
  if (!protection) throw new FakeRefusal(404, 'Branch not protected');
  return { status: 200, body: shownProtection(protection) };
}

function shownProtection({ pullRequests, signatures, checks }: FakeProtection): object {
  return {
    ...(pullRequests ? { required_pull_request_reviews: { required_approving_review_count: 1 } } : {}),
    ...(checks === undefined ? {} : { required_status_checks: { strict: false, contexts: checks } }),
    required_signatures: { enabled: signatures === true },
    enforce_admins: { enabled: false },
  };
}

function pullOf(state: FakeState, number: number): FakeAnswer {
  const { title, labels } = state.pulls.get(number) ?? refuseMissing();
  return { status: 200, body: { number, title, labels: labels.map((name) => ({ name })) } };
}

function filesOf(files: readonly string[] | undefined): FakeAnswer {
  return { status: 200, body: (files ?? refuseMissing()).map((filename) => ({ filename, status: 'modified' })) };
}

function refuseMissing(message = 'Not Found'): never {
  throw new FakeRefusal(404, message);
}
