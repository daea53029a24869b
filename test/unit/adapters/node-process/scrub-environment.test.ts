import { describe, expect, it } from 'vitest';
import { scrubEnvironment } from '../../../../src/adapters/node-process/scrub-environment.ts';

describe('the environment of a step', () => {
  it.each([
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_RUNTIME_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RESULTS_URL',
    'GITHUB_TOKEN',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_OUTPUT',
    'INPUT_GITHUB-TOKEN',
    'input_name',
    'NODE_OPTIONS',
    'VWMP_OUTPUT',
  ])('has no %s of the runner', (name) => {
    expect(scrubEnvironment({ [name]: 'x' }, '/w')).toEqual({ WORKSPACE_ROOT: '/w' });
  });

  it.each([
    'PATH',
    'HOME',
    'CI',
    'GITHUB_REPOSITORY',
    'GITHUB_SHA',
    'RUNNER_TEMP',
    'RUNNER_TRACKING_ID',
    'GH_TOKEN',
    'VWMP_COLOR',
  ])('keeps %s', (name) => {
    expect(scrubEnvironment({ [name]: 'x' }, '/w')).toEqual({ [name]: 'x', WORKSPACE_ROOT: '/w' });
  });

  it('names this workspace, whatever the host says', () => {
    expect(scrubEnvironment({ WORKSPACE_ROOT: '/other' }, '/w')).toEqual({ WORKSPACE_ROOT: '/w' });
  });

  it('leaves names without a value out', () => {
    expect(scrubEnvironment({ A: undefined, B: '' }, '/w')).toEqual({ B: '', WORKSPACE_ROOT: '/w' });
  });
});
