import type { TemplateFinding } from '../../../src/plugin-api/index.ts';
import { habitText, type RepositoryFacts } from './facts/repository-facts.ts';

/** What was found beside the answers. */
export function foundFacts(facts: RepositoryFacts): readonly TemplateFinding[] {
  const { git, packages } = facts;
  return [
    {
      name: 'remote',
      value: git.remote === null ? null : git.remote.url,
      says: git.remote === null ? 'git has no remote here' : `${git.remote.name} is ${git.remote.url}`,
    },
    { name: 'conventional_commits', value: facts.conventional === 'yes', says: habitText(git.commits) },
    ...(packages.packages.length < 2 ? [] : [packagesFinding(packages)]),
  ];
}

function packagesFinding({ packages, why }: RepositoryFacts['packages']): TemplateFinding {
  const names = packages.map(({ name }) => name);
  return {
    name: 'packages',
    value: names,
    says: `${names.length} packages have a version (${why}): ${names.join(', ')}; the template Monorepo Release releases each by itself`,
  };
}
