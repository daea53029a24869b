import { definePlugin } from '../../src/plugin-api/index.ts';
import { exec } from './exec.ts';
import { run } from './run.ts';

/** Scripts and programs: what most steps are made of. */
export default definePlugin({
  name: 'command',
  version: '1.0.0',
  description: 'Runs scripts and programs in the workspace.',
  handlers: { run, exec },
});
