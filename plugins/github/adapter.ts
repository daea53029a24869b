import type { AdapterFactory } from '../../src/plugin-api/index.ts';
import { settingsOf } from './client/client-settings.ts';
import { GitHubClient } from './client/github-client.ts';
import { octokitTransport } from './client/octokit-transport.ts';
import { realTiming, type Timing } from './client/timing.ts';

/** The integration adapter `github` with its own waits; its api is a `GitHubAdapter`. */
export function githubAdapterWith(timing: Timing): AdapterFactory {
  return {
    description:
      'The REST API of GitHub. Uses the secret GITHUB_TOKEN of the run where one is given, else reads what is public.',
    configuration: {
      type: 'object',
      additionalProperties: false,
      properties: {
        api_url: {
          type: ['string', 'null'],
          default: null,
          description: 'Address of the API; null: GITHUB_API_URL, else https://api.github.com.',
        },
        server_url: {
          type: ['string', 'null'],
          default: null,
          description: 'Address for people; null: GITHUB_SERVER_URL, else https://github.com.',
        },
        repository: {
          type: ['string', 'null'],
          default: null,
          description:
            'The repository as `owner/name`; null: GITHUB_REPOSITORY, else the one that the git remote names.',
        },
        retry_budget_seconds: {
          type: 'integer',
          default: 60,
          minimum: 0,
          maximum: 3600,
          description: 'How long one step may wait in all for limits and faults of GitHub to pass.',
        },
        request_timeout_seconds: {
          type: 'integer',
          default: 30,
          minimum: 1,
          maximum: 600,
          description: 'How long one request may take; uploads get more by their size.',
        },
        write_interval_ms: {
          type: 'integer',
          default: 1000,
          minimum: 0,
          maximum: 60_000,
          description:
            'Least time between the starts of two writes from the sixth of a step on; GitHub asks for a second.',
        },
      },
    },
    secrets: ['GITHUB_TOKEN'],
    async initialize(context) {
      const token = context.secrets.GITHUB_TOKEN || null;
      return { api: new GitHubClient(context, settingsOf(context), octokitTransport(token), timing) };
    },
  };
}

export const githubAdapterFactory: AdapterFactory = githubAdapterWith(realTiming);
