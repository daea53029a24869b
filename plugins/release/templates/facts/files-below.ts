import type { GitAdapter, TemplateContext } from '../../../../src/plugin-api/index.ts';
import { carriesFailure } from './file-text.ts';
import { foldersLike } from './folder-search.ts';

/** Folders whose files are those of others, or of nothing that is released. */
export const foreign = /(?:^|\/)(?:node_modules|vendor|target|dist|build|tests?|docs?|examples?|\.[^/]+)\//;

const mostFolders = 300;
const mostFiles = 20;

/**
 * Files of such names in folders of the workspace and in those right below them. What nobody has committed is left out
 * where git knows: it may be ignored.
 */
export async function filesBelow(
  context: TemplateContext,
  isWanted: (name: string) => boolean,
): Promise<readonly string[]> {
  const folders = [...(await foldersLike(context, '*')), ...(await foldersLike(context, '*/*'))];
  const found: string[] = [];
  for (const folder of folders.filter((each) => !foreign.test(`${each}/`)).slice(0, mostFolders)) {
    const names = (await context.files.list(folder)).filter(isWanted);
    found.push(...names.map((name) => `${folder}/${name}`));
  }
  return committedOf(context, found.slice(0, mostFiles));
}

async function committedOf(context: TemplateContext, paths: readonly string[]): Promise<readonly string[]> {
  try {
    const git = await context.adapter<GitAdapter>('git');
    const revision = await git.head();
    if (revision === null) return paths;
    const texts = await git.filesAt(paths.map((path) => ({ revision, path })));
    return paths.filter((_, at) => texts[at] !== null);
  } catch (error) {
    if (carriesFailure(error)) return paths;
    throw error;
  }
}
