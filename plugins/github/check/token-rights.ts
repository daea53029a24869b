import { isJsonMap, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { ReleasePlace } from '../release/release-work.ts';
import type { Problem } from './problem.ts';

/** Whether the token may write releases, as far as GitHub tells. */
export async function tokenProblems(place: ReleasePlace): Promise<readonly Problem[]> {
  const { github, store, repository } = place;
  const { token } = await github.settings();
  if (token === 'none') {
    const message =
      'there is no token: give the run the secret GITHUB_TOKEN (in a job: `permissions: contents: write`)';
    return [{ level: 'failure', rule: 'no-token', message, permission: true }];
  }
  const { data } = await github.request({ method: 'GET', path: store.path(), purpose: `read ${repository}` });
  const problems: Problem[] = [];
  if (isJsonMap(data) && data.archived === true) {
    const message = `${repository} is archived: nothing can be released there before it is unarchived`;
    problems.push({ level: 'failure', rule: 'archived', message });
  }
  const rights = isJsonMap(data) && isJsonMap(data.permissions) ? data.permissions : {};
  if (rights.push === true) return problems;
  return [...problems, ...(await lackingRights(place))];
}

/** The repository shows rights of people; of an app's token it says that it has none, whatever it may do. */
async function lackingRights(place: ReleasePlace): Promise<readonly Problem[]> {
  const { github, repository } = place;
  const { token } = await github.settings();
  const isApp = token === 'app' && (await isInstallation(github));
  const mayWrite = isApp ? await appMayWrite(place) : false;
  if (mayWrite === true) return [];
  if (mayWrite === null) {
    const message =
      'GitHub does not tell what the token of an app may do: the job needs `permissions: contents: write`';
    return [{ level: 'notice', rule: 'token-rights', message }];
  }
  const message = `the token may not write to ${repository}: give it \`contents: write\` (in a job: \`permissions: contents: write\`); pull requests from forks have a token that only reads`;
  return [{ level: 'failure', rule: 'token-rights', message, permission: true }];
}

/**
 * Has GitHub propose notes: it keeps nothing of that, and does it only for those who may write releases. `null` where
 * the answer tells nothing.
 */
async function appMayWrite({ github, store, repository }: ReleasePlace): Promise<boolean | null> {
  try {
    const { status } = await github.request({
      method: 'POST',
      path: store.path('releases', 'generate-notes'),
      body: { kind: 'json', value: { tag_name: 'rights-of-the-token' } },
      purpose: `find out whether the token may write releases of ${repository}`,
      accept: [403],
      hasty: true,
    });
    return status !== 403;
  } catch (error) {
    if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
    return null;
  }
}

async function isInstallation(github: ReleasePlace['github']): Promise<boolean> {
  const { status } = await github.request({
    method: 'GET',
    path: '/installation/repositories',
    query: { per_page: 1 },
    purpose: 'read what the app is installed for',
    accept: [401, 403, 404],
  });
  return status === 200;
}
