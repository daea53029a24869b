import { main } from '../../src/entry/cli/main.ts';
import { CliFolder, type CliResult, type RunResult, readRun } from '../rigs/cli.ts';

/** A plugin of the repository whose handlers leave something, and take it back as their configuration says. */
const effects = `
import { appendFileSync } from 'node:fs';
import { definePlugin, success } from 'vwmp/plugin-api';

const text = { type: 'string' };
const handler = (more) => ({ title: 'Leaves something', description: 'For tests.', permissions: ['files'], ...more });
const mark = (line) => appendFileSync('log', line + '\\n');

const undoWays = {
  undone: async ({ step, done }) => { mark('undo ' + step.id + ' ' + done.outputs.number); return { kind: 'undone' }; },
  says: async () => ({ kind: 'undone', message: 'it was gone already' }),
  left: async () => ({ kind: 'left', reason: 'somebody has moved it', commands: ['service move --back'] }),
  failed: async () => ({ kind: 'failed', failure: { kind: 'handler', message: 'the door is shut' } }),
  throws: async () => { throw new Error('no way back'); },
  exits: async () => process.exit(7),
  hangs: async () => { mark('hangs'); await new Promise((done) => setTimeout(done, 60_000)); },
  nonsense: async () => ({ kind: 'perhaps' }),
  nothing: async () => undefined,
  outside: async () => { appendFileSync('/etc/vwmp-test', 'x'); return { kind: 'undone' }; },
};

export default definePlugin({
  name: 'effects',
  version: '1.0.0',
  description: 'Leaves something.',
  handlers: {
    write: handler({
      rollback: 'undo',
      configuration: { type: 'object', properties: { path: text, text } },
      execute: async ({ files, config }) => {
        for (const path of config.path.split(' ')) await files.write(path, config.text);
        return success({});
      },
    }),
    once: handler({
      rollback: 'undo',
      configuration: { type: 'object', properties: { path: text } },
      execute: async ({ files, config }) => {
        if (!(await files.exists(config.path))) await files.write(config.path, 'once');
        while (!(await files.exists('go'))) await new Promise((done) => setTimeout(done, 20));
        return success({});
      },
    }),
    book: handler({
      rollback: 'undo',
      configuration: { type: 'object', properties: { way: { ...text, default: 'undone' }, path: text } },
      outputs: { number: { type: 'integer' } },
      execute: async ({ step, files, config }) => {
        mark('do ' + step.id);
        if (config.path) await files.write(config.path, 'booked');
        return success({ number: 7 });
      },
      undo: async (context) => undoWays[context.config.way](context),
    }),
    locked: {
      ...handler({}),
      permissions: [],
      rollback: 'undo',
      configuration: { type: 'object' },
      execute: async () => success({}),
      undo: async () => { mark('undo without leave'); return { kind: 'undone' }; },
    },
    final: handler({
      rollback: 'never',
      configuration: { type: 'object' },
      execute: async ({ step }) => { mark('do ' + step.id); return success({}); },
    }),
  },
});
`;

/** A folder in which runs are rolled back from outside. What was done and undone stands in `log`, a line each. */
export class RollbackFolder extends CliFolder {
  withEffects(): this {
    this.write('.github/vwmp/plugins/effects.mjs', effects);
    return this;
  }

  /** Makes a run that is to be rolled back. */
  async ran(definition: object, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.here(['run', this.define('w.json', definition), '--json', ...args]));
  }

  async rollback(id: string, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.here(['rollback', id, '--json', ...args]));
  }

  /** The same in a process of its own, which knows of the run what is recorded and no more. */
  async rollbackAfresh(id: string, ...args: readonly string[]): Promise<RunResult> {
    return readRun(await this.vwmp(['rollback', id, '--json', ...args]));
  }

  async newest(): Promise<RunResult> {
    return readRun(await this.here(['status', '--json']));
  }

  log(): readonly string[] {
    return this.lines('log');
  }

  /** The command line without a process of its own: most tests need none, and processes are dear. */
  async here(args: readonly string[]): Promise<CliResult> {
    const written = { stdout: '', stderr: '' };
    const writeTo = (stream: keyof typeof written) => (text: string) => {
      written[stream] += text;
      return undefined;
    };
    const code = await main(args, {
      env: this.environment(),
      cwd: this.path,
      out: writeTo('stdout'),
      paced: writeTo('stdout'),
      err: writeTo('stderr'),
      isTerminal: false,
      columns: () => 120,
      rows: () => 40,
      colour: false,
      onInterrupt: () => {},
    });
    return { code, ...written };
  }
}

/** A step that writes to \`log\` when it runs and when it is taken back. */
export function logged(id: string, more: object = {}): object {
  return { id, run: `echo "do ${id}" >> log`, rollback: { run: `echo "undo ${id}" >> log` }, ...more };
}

/** What became of each step, in the order in which they were taken back. */
export function rolledBack({ run }: RunResult): readonly string[] {
  return (run.rollback?.steps ?? []).map(({ id, status }) => `${id} ${status}`);
}
