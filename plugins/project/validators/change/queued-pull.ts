import {
  type GitHubAdapter,
  type HandlerContext,
  isJsonList,
  isJsonMap,
  type Json,
  PluginFailure,
} from '../../../../src/plugin-api/index.ts';

/** What people say of a pull request. */
export interface PullTexts {
  readonly title: string | null;
  readonly labels: readonly string[];
}

/** Number of the pull request that a merge queue tests, as the name of its branch has it; `null` on any other ref. */
export function queuedPull(ref: string | undefined): number | null {
  const number = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]{40,64}$/.exec(ref ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

/** Asks GitHub, because the event of a merge queue does not say; `null` where it cannot be asked. */
export async function readPull(context: HandlerContext, number: number): Promise<PullTexts | null> {
  try {
    const github = await context.adapter<GitHubAdapter>('github');
    const { repository, token } = await github.settings();
    if (repository === null || token === 'none') return null;
    const path = `/repos/${repository}/pulls/${number}`;
    const purpose = `read the pull request ${number}`;
    return textsOf((await github.request({ method: 'GET', path, purpose, hasty: true })).data);
  } catch (error) {
    if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
    context.log('warning', error.message);
    return null;
  }
}

function textsOf(data: Json): PullTexts | null {
  if (!isJsonMap(data) || typeof data.title !== 'string' || !isJsonList(data.labels)) return null;
  const labels = data.labels.flatMap((label) =>
    isJsonMap(label) && typeof label.name === 'string' ? [label.name] : [],
  );
  return { title: data.title, labels };
}
