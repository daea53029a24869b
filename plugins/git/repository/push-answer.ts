import type { PushAnswer } from '../../../src/plugin-api/index.ts';
import { type GitAnswer, lastWords, withoutCredentials } from './git-process.ts';

interface RefLine {
  readonly flag: string;
  readonly target: string;
  readonly summary: string;
}

type RefusalReason = Extract<PushAnswer, { kind: 'refused' }>['reason'];

/** Reads what `git push --porcelain` said. */
export function pushAnswerOf(answer: GitAnswer): PushAnswer {
  const lines = refLines(answer.stdout);
  if (answer.code === 0) {
    return {
      kind: 'pushed',
      refs: lines.filter((line) => line.flag !== '=').map((line) => line.target),
      upToDate: lines.filter((line) => line.flag === '=').map((line) => line.target),
    };
  }
  const rejected = lines.filter((line) => line.flag === '!');
  const said = lastWords(answer.stderr);
  if (rejected.length > 0) {
    const culprits = rejected.filter((line) => !/atomic (?:push|transaction) failed/.test(line.summary));
    const named = culprits.length > 0 ? culprits : rejected;
    const what = named.map((line) => `${line.target}: ${line.summary}`).join('; ');
    return { kind: 'refused', reason: reasonOf(named, said), message: withRemoteWords(what, answer.stderr) };
  }
  if (refusedBeforeSending(answer)) {
    return { kind: 'refused', reason: 'hook', message: said.replace(/\n?error: failed to push some refs.*$/, '') };
  }
  if (/does not support --atomic/.test(answer.stderr)) {
    return { kind: 'refused', reason: 'no-atomic', message: 'the remote cannot take a push that is all or nothing' };
  }
  return { kind: 'unreachable', message: said || `git push ended with code ${answer.code}` };
}

/**
 * The hook `pre-push` of the clone ends a push before git says where it goes to, and without a word on any ref. Where
 * the connection breaks later, git may list refs as if all went well, and calls the whole a failure.
 */
function refusedBeforeSending({ stdout, stderr }: GitAnswer): boolean {
  const isBroken = /^(?:fatal:|error: RPC failed|send-pack:|error: error in sideband)/m.test(stderr);
  return /^error: failed to push some refs/m.test(stderr) && !isBroken && !/^To /m.test(stdout);
}

/** Lines of the porcelain format: flag, tab, `from:to`, tab, summary. */
function refLines(stdout: string): readonly RefLine[] {
  return stdout.split('\n').flatMap((line) => {
    const match = /^([ +\-*!=])\t([^\t]*)\t(.*)$/.exec(line);
    if (!match) return [];
    const [, flag = '', refs = '', summary = ''] = match;
    return [{ flag, target: refs.slice(refs.lastIndexOf(':') + 1), summary: withoutCredentials(summary) }];
  });
}

function reasonOf(lines: readonly RefLine[], said: string): RefusalReason {
  const summary = lines.map((line) => line.summary).join(' ');
  if (/protected|GH0(?:06|13)|rule violations/i.test(`${summary} ${said}`)) return 'protected';
  if (/already exists|would clobber/i.test(summary)) return 'exists';
  if (/fetch first|non-fast-forward|stale info|behind|cannot lock ref/i.test(summary)) return 'behind';
  // Two pushes at one moment: the remote has taken the other one since it listed its refs.
  if (/cannot lock ref '[^']*': (?:is at [0-9a-f]+ but expected|reference already exists)/.test(said)) return 'behind';
  return 'other';
}

/** The remote's own explanation (hooks, branch rules) says more than git's summary. */
function withRemoteWords(what: string, stderr: string): string {
  const words = lastWords(stderr)
    .split('\n')
    .flatMap((line) => (line.startsWith('remote:') ? [line.slice('remote:'.length).trim()] : []))
    .filter((line) => line !== '');
  return words.length > 0 ? `${what} (the remote says: ${words.join(' / ')})` : what;
}
