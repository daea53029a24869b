/** Prefixes and names that belong to the runner and to the step of the job that started us, not to a workflow's steps. */
const runnerPrefixes = ['ACTIONS_RUNTIME_', 'ACTIONS_ID_TOKEN_', 'ACTIONS_CACHE_', 'ACTIONS_RESULTS_', 'INPUT_'];
const runnerNames = new Set([
  'GITHUB_TOKEN',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  // The summary is ours to write: a child's text would stand in it unmasked and may push it over the platform's limit.
  'GITHUB_STEP_SUMMARY',
  'GITHUB_OUTPUT',
  'NODE_OPTIONS',
  // Of an engine around this one.
  'VWMP_OUTPUT',
]);

/**
 * What children get of the host's environment: everything but the runner's credentials, its files and its inputs.
 * `WORKSPACE_ROOT` is always set. Frozen, because every step is handed the same map.
 * `GITHUB_OUTPUT` comes back with a step's own file.
 */
export function scrubEnvironment(
  host: { readonly [name: string]: string | undefined },
  workspace: string,
): { readonly [name: string]: string } {
  const kept: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(host)) {
    if (value !== undefined && !belongsToRunner(name.toUpperCase())) kept[name] = value;
  }
  kept.WORKSPACE_ROOT = workspace;
  return Object.freeze(kept);
}

function belongsToRunner(name: string): boolean {
  return runnerNames.has(name) || runnerPrefixes.some((prefix) => name.startsWith(prefix));
}
