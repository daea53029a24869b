import type { GitHubAdapter } from '../../src/plugin-api/index.ts';
import { type GitAdapter, type HandlerContext, PluginFailure } from '../../src/plugin-api/index.ts';

/** `owner/name`: what the adapter is told, else what the git remote names. Rejects where nothing tells it. */
export async function repositoryName(context: HandlerContext, github: GitHubAdapter): Promise<string> {
  const { repository, serverUrl } = await github.settings();
  if (repository !== null) return repository;
  const url = await remoteUrl(context);
  const found = url === null ? null : repositoryOfUrl(url, new URL(serverUrl).hostname);
  if (found !== null) return found;
  const why = url === null ? 'there is no git remote' : `the git remote ${url} is not on ${new URL(serverUrl).host}`;
  throw new PluginFailure(
    'handler',
    `nothing tells which repository of GitHub this is: ${why}. Set \`repository\` of the adapter \`github\` in vwmp_config.yaml, or GITHUB_REPOSITORY`,
    { retryable: false },
  );
}

/** From `https://host/owner/name.git`, `ssh://git@host/owner/name` or `git@host:owner/name.git`; `null` for others. */
export function repositoryOfUrl(url: string, host: string): string | null {
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)\/?([\w.-]+\/[\w.-]+)$/.exec(url);
  const full = /^[a-z+]+:\/\/(?:[^/@]*@)?([\w.-]+)(?::\d+)?\/([\w.-]+\/[\w.-]+)\/?$/i.exec(url);
  const [, where = '', name = ''] = short ?? full ?? [];
  if (where.toLowerCase() !== host.toLowerCase() && where.toLowerCase() !== `ssh.${host.toLowerCase()}`) return null;
  return name.replace(/\.git$/, '');
}

async function remoteUrl(context: HandlerContext): Promise<string | null> {
  const git = await context.adapter<GitAdapter>('git');
  const { remote } = await git.settings();
  return git.remoteUrl(remote);
}
