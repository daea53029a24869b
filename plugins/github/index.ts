import { definePlugin } from '../../src/plugin-api/index.ts';
import { githubAdapterFactory } from './adapter.ts';
import { draftRelease } from './draft-release.ts';
import { publishRelease } from './publish-release.ts';
import { release } from './release.ts';
import { releaseCheck } from './release-check.ts';

export default definePlugin({
  name: 'github',
  version: '1.0.0',
  description: 'Checks, drafts and publishes releases on GitHub, with their assets.',
  adapters: { github: githubAdapterFactory },
  handlers: { release_check: releaseCheck, draft_release: draftRelease, publish_release: publishRelease, release },
});
