import type { GitHubSettings } from '../../../src/plugin-api/index.ts';
import { type AdapterContext, integerValue, optionalText, PluginFailure } from '../../../src/plugin-api/index.ts';

/** How the client behaves, beside where it goes. */
export interface ClientSettings extends GitHubSettings {
  readonly retryBudgetMs: number;
  readonly requestTimeoutMs: number;
  /** Least time from the start of one write to the start of the next, where there are many. */
  readonly writeIntervalMs: number;
}

/** Rejects with kind `configuration` where an address cannot be used. */
export function settingsOf(context: AdapterContext): ClientSettings {
  const { config, env } = context;
  const given = (key: string, variable: string): string | null => optionalText(config, key) ?? env[variable] ?? null;
  return {
    apiUrl: addressOf('api_url', given('api_url', 'GITHUB_API_URL') || 'https://api.github.com'),
    serverUrl: addressOf('server_url', given('server_url', 'GITHUB_SERVER_URL') || 'https://github.com'),
    repository: repositoryOf(given('repository', 'GITHUB_REPOSITORY') || null),
    token: tokenKind(context.secrets.GITHUB_TOKEN ?? ''),
    retryBudgetMs: integerValue(config, 'retry_budget_seconds', 60) * 1000,
    requestTimeoutMs: integerValue(config, 'request_timeout_seconds', 30) * 1000,
    writeIntervalMs: integerValue(config, 'write_interval_ms', 1000),
  };
}

/** A token goes there: only encrypted, or to this machine. */
function addressOf(key: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) {
    if (url.username === '' && url.password === '' && url.search === '') return text.replace(/\/+$/, '');
  }
  throw new PluginFailure(
    'configuration',
    `\`${key}\` of the adapter \`github\` takes an https address without credentials, such as https://api.github.com`,
    { retryable: false },
  );
}

function repositoryOf(text: string | null): string | null {
  const isName = text === null || /^[\w.-]+\/[\w.-]+$/.test(text);
  // `.` and `..` would climb in the address of the API.
  if (isName && !text?.split('/').some((part) => /^\.{1,2}$/.test(part))) return text;
  throw new PluginFailure(
    'configuration',
    '`repository` of the adapter `github` is written `owner/name`, for example acme/tool',
    { retryable: false },
  );
}

function tokenKind(token: string): GitHubSettings['token'] {
  if (token === '') return 'none';
  return /^(?:ghp_|github_pat_|gho_|[0-9a-f]{40}$)/.test(token) ? 'personal' : 'app';
}
