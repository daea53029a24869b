import {
  type GitIdentity,
  type GitSigning,
  type GitTag,
  type GitTagMap,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { gitFailure, lastWords } from './git-process.ts';
import { identityFailure } from './identity.ts';
import type { Repository } from './repository.ts';
import { signingFailure, signingOf } from './signing.ts';

/** Fields of one tag; the starred ones speak of what an annotated tag leads to. A name holds no blank. */
export const tagFormat = '--format=%(refname) %(objecttype) %(objectname) %(*objecttype) %(*objectname)';

/** All tags, or those in the history of head, however many: one process. */
export async function listTags(
  repository: Repository,
  options: { readonly merged?: boolean; readonly names?: readonly string[] } = {},
): Promise<readonly GitTag[]> {
  if (options.names?.length === 0) return [];
  const filter = options.merged === true ? ['--merged=HEAD'] : [];
  const places = options.names?.map((name) => `refs/tags/${name}`) ?? ['refs/tags/'];
  return (await refLines(repository, [...filter, tagFormat, '--', ...places])).flatMap(tagOf);
}

/** None in a repository without commits. */
export async function refLines(repository: Repository, args: readonly string[]): Promise<readonly string[]> {
  const answer = await repository.git.run({ args: ['for-each-ref', ...args] });
  if (answer.code === 0) return answer.stdout.split('\n');
  if (/malformed object name HEAD|does not have any commits/i.test(answer.stderr)) return [];
  throw gitFailure('for-each-ref', answer);
}

/** Without a prototype: `constructor` is a tag like any other. */
export function tagMap(tags: readonly GitTag[]): GitTagMap {
  const map: { [name: string]: GitTagMap[string] } = Object.create(null);
  for (const { name, commit, object } of tags) map[name] = { commit, object };
  return map;
}

/** A line of `tagFormat`; nothing of a branch. */
export function tagOf(line: string): readonly GitTag[] {
  const [ref = '', type = '', object = '', peeledType = '', peeled = ''] = line.split(' ');
  if (!ref.startsWith('refs/tags/')) return [];
  const name = ref.slice('refs/tags/'.length);
  const annotated = type === 'tag';
  const isCommit = (annotated ? peeledType : type) === 'commit';
  return [{ name, object, annotated, commit: isCommit ? (annotated ? peeled : object) : null }];
}

/** Head and where a tag leads; each `null` where there is none. */
export async function headAndTag(
  repository: Repository,
  tag: string,
): Promise<{ readonly head: string | null; readonly target: string | null }> {
  const name = `refs/tags/${tag}`;
  const args = ['show-ref', '--head', '--dereference', '--', 'HEAD', name];
  const answer = await repository.git.run({ args });
  if (answer.code > 1) throw gitFailure('show-ref', answer);
  const objects = new Map<string, string>();
  for (const line of answer.stdout.split('\n')) {
    const border = line.indexOf(' ');
    // The peeled line of an annotated tag follows its own and takes its place.
    if (border > 0) objects.set(line.slice(border + 1).replace(/\^\{\}$/, ''), line.slice(0, border));
  }
  return { head: objects.get('HEAD') ?? null, target: objects.get(name) ?? null };
}

/** The newest tag in the history of head, or of the first parent of a commit. */
export async function lastTag(repository: Repository, before?: string): Promise<string | null> {
  const start = before === undefined ? [] : ['--end-of-options', `${before}^`];
  const answer = await repository.git.run({ args: ['describe', '--tags', '--abbrev=0', ...start] });
  if (answer.code === 0) return answer.stdout.trim();
  if (/No names found|No tags can describe|cannot describe|Not a valid object name (?:HEAD|\S+\^)/i.test(answer.stderr))
    return null;
  throw gitFailure('describe', answer);
}

/**
 * Tags a commit; a tag of that name that is here already stays. Git is asked to make it before anybody looks, so that
 * no other process can come in between, and the usual case is one process.
 */
export async function createTag(
  repository: Repository,
  request: { readonly tag: string; readonly message: string | null; readonly commit: string } & GitSigning &
    GitIdentity,
): Promise<{ readonly created: boolean; readonly tag: GitTag }> {
  const { tag, message, commit } = request;
  const signing = signingOf(request, 'tag');
  // A lightweight tag says so: where the user's settings sign tags, git would open an editor for a message.
  const kind = message === null ? ['--no-sign'] : ['--annotate', '--cleanup=whitespace', '--file=-', ...signing.args];
  const answer = await repository.git.run({
    args: ['tag', ...kind, '--', tag, commit],
    settings: signing.settings,
    env: signing.env,
    stdin: message ?? '',
  });
  if (answer.code === 0) {
    const made = await madeTag(repository, tag, message !== null, commit);
    await refuseUnsigned(repository, made, { stderr: answer.stderr, demanded: request.sign === true });
    return { created: true, tag: made };
  }
  if (/already exists/.test(answer.stderr)) {
    const there = await namedTag(repository, tag);
    if (there !== null) return { created: false, tag: there };
  }
  if (/is not a valid tag name/.test(answer.stderr)) {
    throw new PluginFailure('handler', `\`${tag}\` is not a name that git takes for a tag: check \`tag_template\``, {
      retryable: false,
    });
  }
  throw identityFailure(answer.stderr) ?? signingFailure(answer.stderr) ?? gitFailure('tag', answer);
}

/** Where ssh could not sign, some versions of git make the tag without a signature and call it a success. */
async function refuseUnsigned(
  repository: Repository,
  tag: GitTag,
  answer: { readonly stderr: string; readonly demanded: boolean },
): Promise<void> {
  if (!answer.demanded && !/^error:/m.test(answer.stderr)) return;
  const text = await repository.git.require({ args: ['cat-file', 'tag', tag.object] });
  if (/^-----BEGIN [A-Z ]+-----$/m.test(text)) return;
  await deleteTag(repository, tag.name, tag.object);
  throw (
    signingFailure(answer.stderr) ??
    new PluginFailure('handler', `git could not sign the tag \`${tag.name}\`: ${lastWords(answer.stderr)}`, {
      retryable: false,
    })
  );
}

async function madeTag(repository: Repository, tag: string, annotated: boolean, commit: string): Promise<GitTag> {
  const object = await repository.readRef(`refs/tags/${tag}`);
  if (object !== null) return { name: tag, object, annotated, commit };
  const found = await namedTag(repository, tag);
  if (found === null) throw new PluginFailure('handler', `the tag \`${tag}\` was deleted while it was made`);
  return found;
}

/** A name of git holds none of the characters that `for-each-ref` would read as a pattern. */
export async function namedTag(repository: Repository, name: string): Promise<GitTag | null> {
  const tags = await listTags(repository, { names: [name] });
  return tags.find((tag) => tag.name === name) ?? null;
}

/** Deletes a tag by compare-and-swap. */
export async function deleteTag(
  repository: Repository,
  tag: string,
  expectedObject: string,
): Promise<'deleted' | 'absent' | 'changed'> {
  return deleteRef(repository, `refs/tags/${tag}`, expectedObject);
}

/** Deletes a ref by compare-and-swap. */
export async function deleteRef(
  repository: Repository,
  ref: string,
  expected: string,
): Promise<'deleted' | 'absent' | 'changed'> {
  // Without the ref, git takes a deletion that names the old value for a success.
  const there = await repository.objectOf(ref);
  if (there === null) return 'absent';
  if (there !== expected) return 'changed';
  const answer = await repository.git.run({ args: ['update-ref', '-d', ref, expected] });
  if (answer.code === 0) return 'deleted';
  const now = await repository.objectOf(ref);
  if (now === null) return 'absent';
  if (now !== expected) return 'changed';
  throw gitFailure('update-ref', answer);
}
