import {
  type GitAdapter,
  type GitStatus,
  type JsonMap,
  type JsonSchema,
  optionalText,
  textList,
  type UndoContext,
  type UndoOutcome,
} from '../../src/plugin-api/index.ts';
import { showCommand } from './show-command.ts';

/** More paths than this are counted, not listed: outputs travel with the state of the run. */
export const mostListed = 1_000;

/** Outputs of the steps that stage. */
export const stagingOutputs: { readonly [name: string]: JsonSchema } = {
  files: {
    type: 'array',
    items: { type: 'string' },
    description: `Paths that are staged now, deletions too; at most ${mostListed}.`,
  },
  count: { type: 'integer', description: 'How many paths are staged now.' },
  index_before: {
    type: 'string',
    description:
      'The index before this step as a tree of git, for the way back; not set where nothing was staged before.',
  },
};

/** The index as it is, where taking single paths out of it would not bring it back. */
export async function keptIndex(git: GitAdapter, status: GitStatus): Promise<string | null> {
  const { changes } = status;
  const isListed = changes.length <= mostListed && !changes.some(({ path }) => isOdd(path));
  return isClean(status) && isListed ? null : git.indexTree();
}

/** A name that is no UTF-8 cannot be given back to git: it was read with another character in it. */
function isOdd(path: string): boolean {
  return path.includes('\uFFFD');
}

/** True where nothing is staged. */
export function isClean(status: GitStatus): boolean {
  return stagedIn(status).length === 0;
}

export function stagedIn({ changes }: GitStatus): readonly string[] {
  return changes.flatMap(({ path, state }) => (state === 'staged' ? [path] : []));
}

export function stagingResult(staged: readonly string[], indexBefore: string | null): JsonMap {
  return {
    files: staged.slice(0, mostListed),
    count: staged.length,
    ...(indexBefore === null ? {} : { index_before: indexBefore }),
  };
}

/** The index as it was before the step, for what the step staged; files stay, and what others staged since too. */
export async function takeBackStaging(git: GitAdapter, outputs: JsonMap): Promise<UndoOutcome> {
  const before = optionalText(outputs, 'index_before');
  const files = textList(outputs, 'files');
  const staged = new Set(await git.staged());
  if (staged.size === 0) return { kind: 'undone' };
  if (before !== null && (Number(outputs.count) > files.length || files.some(isOdd))) {
    await git.readIndex(before);
    return { kind: 'undone' };
  }
  await git.unstage(
    files.filter((file) => staged.has(file)),
    before,
  );
  return { kind: 'undone' };
}

export async function undoStaging(context: UndoContext): Promise<UndoOutcome> {
  return takeBackStaging(await context.adapter<GitAdapter>('git'), context.done.outputs);
}

export function addCommand(paths: readonly string[]): string {
  return showCommand(['add', '--all', '--', ...paths]);
}
