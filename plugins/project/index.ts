import { definePlugin, inTurn } from '../../src/plugin-api/index.ts';
import { kanbanUpdate } from './kanban-update.ts';
import { runValidators } from './run-validators.ts';

export default definePlugin({
  name: 'project',
  version: '1.0.0',
  description: "Keeps a project's planning documents current and runs its own validators.",
  handlers: { kanban_update: inTurn(kanbanUpdate), run_validators: runValidators },
});
