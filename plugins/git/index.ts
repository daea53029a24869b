import { definePlugin } from '../../src/plugin-api/index.ts';
import { gitAdapterFactory } from './adapter.ts';
import { commit } from './commit.ts';
import { createTag } from './create-tag.ts';
import { push } from './push.ts';
import { stageAll } from './stage-all.ts';

export default definePlugin({
  name: 'git',
  version: '1.0.0',
  description: 'Stages, commits, tags and pushes the repository of the workspace.',
  adapters: { git: gitAdapterFactory },
  handlers: { stage_all: stageAll, commit, create_tag: createTag, push },
});
