import { type Finding, textList } from '../../../../src/plugin-api/index.ts';
import { compileGlob } from './glob-pattern.ts';
import { checked, type Rule } from './rule.ts';

const words = { staged: 'is staged and not committed', unstaged: 'is changed', untracked: 'is not tracked' } as const;

export const cleanTree: Rule = {
  description: 'The workspace holds nothing that is not committed when the validators start.',
  options: {
    ignore: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'Paths that may differ; `*` stays in a folder, `**` crosses folders.',
    },
  },

  async check({ options, tree }) {
    const globs = await Promise.all(textList(options, 'ignore').map(compileGlob));
    const before = await tree.before();
    if (before.kind === 'unknown') throw before.failure;
    const left = before.changes.filter(({ path }) => globs.every((glob) => glob.firstMatch(path) === null));
    return checked(
      left.map(
        ({ path, state }): Finding => ({
          level: 'error',
          message: `the file ${words[state]}`,
          file: path,
          hint: 'Commit it, put it back, or list it in `.gitignore`.',
        }),
      ),
    );
  },
};
