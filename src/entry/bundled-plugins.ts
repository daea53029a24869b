import command from '../../plugins/command/index.ts';
import git from '../../plugins/git/index.ts';
import github from '../../plugins/github/index.ts';
import project from '../../plugins/project/index.ts';
import release from '../../plugins/release/index.ts';
import type { Plugin } from '../core/ports/plugin.ts';

/** The plugins that come with the product. */
export const bundledPlugins: readonly Plugin[] = [command, git, github, project, release];
