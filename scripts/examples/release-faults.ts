import type { RunView } from '../../src/core/model/run-view.ts';
import { type ReleaseRepository, releasePaths } from '../../test/rigs/release-repository.ts';

/** What is not as a release of the sample repository (`0.21.0.2+1`, one patch further) must be; empty where nothing. */
export function releaseFaults(repository: ReleaseRepository, view: RunView, summary: string): readonly string[] {
  const version = '0.21.0.3+1';
  const tag = `v${version}`;
  const files: { readonly [path: string]: string } = {
    [releasePaths.version]: `__version__ = "${version}"`,
    [`${releasePaths.changelogs}/CHANGELOG_v${version}.md`]: summary,
    [releasePaths.changelog]: `## v${version}`,
    [releasePaths.readme]: `version-${version}-blue`,
    [releasePaths.epic]: version,
    [releasePaths.board]: version,
  };
  const head = repository.git('rev-parse', 'HEAD');
  const facts: readonly (readonly [string, string, string])[] = [
    ['the run', view.status, 'success'],
    ['the commit message', repository.git('log', '-1', '--format=%s'), `${version} - ${summary}`],
    ['the branch of the remote', remote(repository, repository.branch), head],
    ['the tag of the remote', remote(repository, tag), head],
    ['what is left uncommitted', repository.git('status', '--porcelain'), ''],
  ];
  return [
    ...view.steps.filter(({ status }) => status !== 'success').map(({ name, status }) => `${name} is ${status}`),
    ...(view.steps.length === 10 ? [] : [`there are ${view.steps.length} steps, not 10`]),
    ...facts.filter(([, is, must]) => is !== must).map(([what, is, must]) => `${what} is "${is}", not "${must}"`),
    ...Object.entries(files).flatMap(([path, text]) => missingText(repository, path, text)),
  ];
}

function missingText(repository: ReleaseRepository, path: string, text: string): readonly string[] {
  try {
    return repository.read(path).includes(text) ? [] : [`${path} does not hold "${text}"`];
  } catch {
    // A file that was not written is one fault among the others.
    return [`${path} is missing`];
  }
}

function remote(repository: ReleaseRepository, name: string): string {
  try {
    return repository.remoteGit('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  } catch {
    // git says by its exit code alone that there is no such name.
    return 'missing';
  }
}
