import {
  type GitAdapter,
  isJsonMap,
  type Json,
  type JsonMap,
  optionalText,
  type UndoOutcome,
} from '../../src/plugin-api/index.ts';
import { noRemoteFailure, unreachableFailure } from './push-failure.ts';
import { objectsOf, type RemoteObjects } from './push-remote.ts';
import { withoutCredentials } from './repository/git-process.ts';
import { showCommand } from './show-command.ts';

interface Moved {
  readonly target: string;
  /** `null`: the push made the ref. */
  readonly before: string | null;
  readonly after: string;
}

/**
 * Puts the refs of the remote back where a push found them, all or nothing, and only where each still is what the push
 * made of it. `remote` is what the step names, since outputs hold no credentials.
 */
export async function takeBackPush(git: GitAdapter, named: Json | undefined, outputs: JsonMap): Promise<UndoOutcome> {
  const settings = await git.settings();
  const remote = typeof named === 'string' ? named : settings.remote;
  const shown = withoutCredentials(remote);
  const branch = optionalText(outputs, 'remote_branch');
  const moved = movedRefs(outputs);
  if (moved === null) {
    const reason = `what ${shown} had before the push is not known any more`;
    return { kind: 'left', reason, commands: commandsOnTop(shown, outputs.after) };
  }
  if (moved.length === 0) return { kind: 'undone', message: 'the push changed nothing' };
  const tags = moved.flatMap(({ target }) =>
    target.startsWith('refs/tags/') ? [target.slice('refs/tags/'.length)] : [],
  );
  const there = await git.pushState(remote, branch, tags);
  const commands = [commandFor(shown, moved)];
  if (there === null) return { kind: 'failed', failure: noRemoteFailure(shown), commands };
  if (!there.reachable) {
    const failure = await unreachableFailure(git, { remote, shown }, there.cause ?? 'it gave no answer');
    return { kind: 'failed', failure, commands };
  }
  const now = objectsOf(moved, there);
  const open = moved.filter(({ target, before }) => now[target] !== before);
  if (open.length === 0) return { kind: 'undone', message: `${shown} is as it was before the push` };
  const foreign = open.filter(({ target, after }) => now[target] !== after);
  if (foreign.length > 0) {
    const names = foreign.map(({ target }) => target).join(', ');
    const reason = `somebody has changed ${names} on ${shown} since the push`;
    return { kind: 'left', reason, commands: commandsBeside(shown, foreign, now, open) };
  }
  const refs = open.map(({ target, before }) => ({ source: before ?? '', target }));
  const lease = Object.fromEntries(open.map(({ target, after }) => [target, after]));
  const answer = await git.push(remote, refs, { lease, noVerify: true });
  switch (answer.kind) {
    case 'pushed':
      return { kind: 'undone' };
    case 'refused':
      return { kind: 'left', reason: `${shown} does not take the push back: ${answer.message}`, commands };
    case 'unreachable':
      return { kind: 'failed', failure: await unreachableFailure(git, { remote, shown }, answer.message), commands };
  }
}

/** What others built on cannot be taken away from under them: it is reverted; what is still ours can go. */
function commandsBeside(
  remote: string,
  foreign: readonly Moved[],
  now: RemoteObjects,
  open: readonly Moved[],
): readonly string[] {
  const ours = open.filter(({ target, after }) => now[target] === after);
  const reverts = foreign.flatMap((moved) => (now[moved.target] === null ? [] : revertCommands(remote, moved)));
  return [...reverts, ...(ours.length > 0 ? [commandFor(remote, ours), ...localDeletion(ours)] : [])];
}

/** A tag that is left in the clone would pass for a release there. */
function localDeletion(gone: readonly Moved[]): readonly string[] {
  const tags = gone.flatMap(({ target, before }) =>
    before === null && target.startsWith('refs/tags/') ? [target.slice('refs/tags/'.length)] : [],
  );
  return tags.length === 0 ? [] : [showCommand(['tag', '--delete', ...tags])];
}

/** A branch whose place before is not known is not moved back: what the push brought is reverted. */
function commandsOnTop(remote: string, after: Json | undefined): readonly string[] {
  if (after === undefined || !isJsonMap(after)) return [];
  const pushed = Object.entries(after).flatMap(([target, object]) =>
    typeof object === 'string' ? [{ target, before: null, after: object }] : [],
  );
  const tags = pushed.filter(({ target }) => target.startsWith('refs/tags/'));
  const deletion = tags.length > 0 ? [commandFor(remote, tags)] : [];
  return [...pushed.flatMap((moved) => revertCommands(remote, moved)), ...deletion];
}

/** None for a tag. */
function revertCommands(remote: string, { target, after }: Pick<Moved, 'target' | 'after'>): readonly string[] {
  if (!target.startsWith('refs/heads/')) return [];
  const branch = target.slice('refs/heads/'.length);
  const commands = [
    ['pull', '--rebase', remote, branch],
    ['revert', '--no-edit', after],
    ['push', remote, `HEAD:${target}`],
  ];
  return commands.map(showCommand);
}

/** The refs that the push changed; `null` where the outputs do not say what stood there before. */
function movedRefs(outputs: JsonMap): readonly Moved[] | null {
  const { before, after } = outputs;
  if (!isJsonMap(before) || !isJsonMap(after)) return null;
  const moved: Moved[] = [];
  for (const [target, object] of Object.entries(after)) {
    const earlier = before[target];
    if (typeof object !== 'string' || (earlier !== null && typeof earlier !== 'string')) return null;
    if (earlier !== object) moved.push({ target, before: earlier, after: object });
  }
  return moved;
}

function commandFor(remote: string, moved: readonly Moved[]): string {
  const leases = moved.map(({ target, after }) => `--force-with-lease=${target}:${after}`);
  const pairs = moved.map(({ target, before }) => `${before ?? ''}:${target}`);
  return showCommand(['push', '--atomic', ...leases, remote, ...pairs]);
}
