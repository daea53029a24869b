import type { WorkflowType } from '../../src/plugin-api/index.ts';
import { documentedRelease } from './templates/documented-release.ts';
import { monorepoRelease } from './templates/monorepo-release.ts';
import { onTagRelease } from './templates/on-tag-release.ts';
import { quickRelease } from './templates/quick-release.ts';
import { standardRelease } from './templates/standard-release.ts';

/** The workflow type `release`: what is customary in a release, and definitions to begin with. */
export const releaseWorkflow: WorkflowType = {
  name: 'release',
  title: 'Release',
  description: 'Release workflow for version bump, changelog, commit, tag, push',
  icon: '🚀',
  configuration: {
    type: 'object',
    properties: {
      version_file: { type: 'string', default: 'VERSION', path: true, description: 'File that holds the version.' },
      changelog_dir: {
        type: 'string',
        default: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
        path: true,
        description: 'Folder of the detailed changelogs.',
      },
      main_changelog: {
        type: 'string',
        default: 'CHANGELOG.md',
        path: true,
        description: 'The changelog of all versions.',
      },
    },
  },
  customarySteps: [
    'release.version_bump',
    ['release.changelog_update', 'release.changelog_create', 'release.notes'],
    ['git.push', 'git.operation', 'github.release', 'github.publish_release'],
  ],
  templates: [standardRelease, quickRelease, onTagRelease, monorepoRelease, documentedRelease],
};
