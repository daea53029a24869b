import type { AdapterFactory } from '../../src/plugin-api/index.ts';
import { ProcessGit } from './repository/process-git.ts';

/** The integration adapter `git`; its api is a `GitAdapter`. */
export const gitAdapterFactory: AdapterFactory = {
  description: 'The git repository of the workspace, by the git command line.',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      workspace_root: {
        type: 'string',
        default: '.',
        minLength: 1,
        path: true,
        description: 'Folder of the repository, relative to the workspace.',
      },
      remote: {
        type: ['string', 'null'],
        default: null,
        minLength: 1,
        description:
          'The remote to push to where a step names none; null: `origin`, or the only one there is where none has that name.',
      },
      branch: {
        type: ['string', 'null'],
        default: null,
        description: 'The branch to push to and to read epic and story from; null: the one that is checked out.',
      },
    },
  },
  async initialize(context) {
    return { api: new ProcessGit(context) };
  },
};
