import { definePlugin, inTurn } from '../../src/plugin-api/index.ts';
import { changelogCreate } from './changelog-create.ts';
import { changelogUpdate } from './changelog-update.ts';
import { notes } from './notes.ts';
import { readmeUpdate } from './readme-update.ts';
import { versionBump } from './version-bump.ts';
import { releaseWorkflow } from './workflow-type.ts';

export default definePlugin({
  name: 'release',
  version: '1.0.0',
  description: 'Finds out which version is released, writes it, and writes changelogs, release notes and README.',
  workflowTypes: [releaseWorkflow],
  handlers: {
    version_bump: inTurn(versionBump),
    changelog_create: changelogCreate,
    changelog_update: inTurn(changelogUpdate),
    readme_update: inTurn(readmeUpdate),
    notes,
  },
});
