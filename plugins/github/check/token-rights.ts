import { isJsonMap } from '../../../src/plugin-api/index.ts';
import type { ReleasePlace } from '../release/release-work.ts';
import type { Problem } from './problem.ts';

/** Whether the token may write releases, as far as GitHub tells. */
export async function tokenProblems({ github, store, repository }: ReleasePlace): Promise<readonly Problem[]> {
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
  // The repository shows rights of people; of an app's token it says that it has none, whatever it may do.
  const isApp = token === 'app' && (await isInstallation(github));
  const lacking: Problem = isApp
    ? {
        level: 'notice',
        rule: 'token-rights',
        message: 'GitHub does not tell what the token of an app may do: the job needs `permissions: contents: write`',
      }
    : {
        level: 'failure',
        rule: 'token-rights',
        message: `the token may not write to ${repository}: give it \`contents: write\`; pull requests from forks have a token that only reads`,
        permission: true,
      };
  return [...problems, lacking];
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
