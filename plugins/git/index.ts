import { definePlugin } from '../../src/plugin-api/index.ts';
import { gitAdapterFactory } from './adapter.ts';
import { commit } from './commit.ts';
import { createTag } from './create-tag.ts';
import { operation } from './operation.ts';
import { preflight } from './preflight.ts';
import { push } from './push.ts';
import { stage } from './stage.ts';
import { stageAll } from './stage-all.ts';

export default definePlugin({
  name: 'git',
  version: '1.0.0',
  description: 'Checks, stages, commits, tags, merges and pushes the repository of the workspace.',
  adapters: { git: gitAdapterFactory },
  handlers: { preflight, stage, stage_all: stageAll, commit, create_tag: createTag, push, operation },
});
