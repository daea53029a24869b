import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietEnvironment } from './plugin-context.ts';

/** Paths that the sample release definition speaks of. */
export const releasePaths = {
  version: 'src/confidentia/version.py',
  changelogs: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
  changelog: 'CHANGELOG.md',
  readme: 'README.md',
  epic: 'KB/PM_and_Portfolio/epics/overview/Epic 21/Epic-21.md',
  board: 'KB/PM_and_Portfolio/epics/overview/_index.md',
  branchValidator: 'scripts/validation/validate_branch_context.py',
  changelogValidator: 'scripts/validation/validate_changelog_format.py',
} as const;

export interface ReleaseRepositoryOptions {
  /** Text of the version file's value, default `0.21.0.2+1`. */
  readonly version?: string;
  readonly branch?: string;
}

/**
 * The repository that the sample release definition speaks of: a clone with a bare remote beside it, a first release
 * that is tagged, and commits after it.
 */
export class ReleaseRepository {
  readonly root: string;
  readonly remote: string;
  readonly branch: string;
  readonly #base: string;

  constructor(options: ReleaseRepositoryOptions = {}) {
    const version = options.version ?? '0.21.0.2+1';
    this.branch = options.branch ?? 'epic/21-story-3';
    this.#base = realpathSync(mkdtempSync(join(tmpdir(), 'release-repository-')));
    this.root = join(this.#base, 'work');
    this.remote = join(this.#base, 'remote.git');
    mkdirSync(this.root);
    this.git('init', '--quiet', '--initial-branch', this.branch);
    for (const [path, text] of Object.entries(sampleFiles(version))) this.write(path, text);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', `${version} - the release before`);
    this.git('tag', '--annotate', '--message', 'Release', `v${version}`);
    this.write('src/confidentia/engine.py', 'def run():\n    return 1\n');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'feat: an engine that runs <Steps>');
    execFileSync('git', ['init', '--quiet', '--bare', this.remote], { env: quietEnvironment() });
    this.git('remote', 'add', 'origin', this.remote);
    this.git('push', '--quiet', 'origin', this.branch, '--tags');
  }

  git(...args: readonly string[]): string {
    return runGit(this.root, args);
  }

  remoteGit(...args: readonly string[]): string {
    return runGit(this.remote, args);
  }

  /** All refs of the remote with their objects: equal texts mean that nothing changed there. */
  remoteRefs(): string {
    return this.remoteGit('for-each-ref', '--format=%(refname) %(objectname)');
  }

  /** Makes the remote refuse every push with these words. */
  refusePushes(words: string): void {
    const hook = join(this.remote, 'hooks', 'pre-receive');
    writeFileSync(hook, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
    chmodSync(hook, 0o755);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string, mode?: number): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    if (mode !== undefined) chmodSync(full, mode);
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

function runGit(folder: string, args: readonly string[]): string {
  const result = execFileSync('git', [...args], { cwd: folder, env: quietEnvironment(), stdio: 'pipe' });
  return result.toString('utf8').trimEnd();
}

function sampleFiles(version: string): { readonly [path: string]: string } {
  return {
    [releasePaths.version]: `"""Version of the package."""\n\n__version__ = "${version}"\n`,
    'src/confidentia/__init__.py': 'from .version import __version__\n',
    [`${releasePaths.changelogs}/CHANGELOG_v${version}.md`]: `# Changelog v${version}\n\nThe release before.\n`,
    [releasePaths.changelog]: [
      '# Changelog',
      '',
      'All releases of the product.',
      '',
      `## v${version} - 19-11-25`,
      '',
      'The release before',
      '',
      `[CHANGELOG_v${version}.md](${releasePaths.changelogs}/CHANGELOG_v${version}.md)`,
      '',
    ].join('\n'),
    [releasePaths.readme]: [
      '# Confidentia',
      '',
      `![Version](https://img.shields.io/badge/version-${version}-blue)`,
      '![Python](https://img.shields.io/badge/python-3.11-green)',
      '',
      `**Latest release:** [v${version}](${releasePaths.changelogs}/CHANGELOG_v${version}.md)`,
      '',
    ].join('\n'),
    [releasePaths.epic]: `# Epic 21: Workflows\n\nWhat it is about.\n\n## Releases\n\n- v${version} (2025-11-19): The release before\n\n## Stories\n\n- Story 3\n`,
    [releasePaths.board]: [
      '# Board',
      '',
      '| Epic | Title | Status | Version |',
      '| --- | --- | --- | --- |',
      '| Epic 20 | Evaluation | Done | v0.20.5.0+3 |',
      `| [Epic 21](Epic%2021/Epic-21.md) | Workflows | Active | v${version} |`,
      '',
    ].join('\n'),
    [releasePaths.branchValidator]: branchValidator,
    [releasePaths.changelogValidator]: changelogValidator,
    '.gitignore': '__pycache__/\n*.log\n',
  };
}

const branchValidator = `import subprocess
import sys

branch = subprocess.run(
    ["git", "symbolic-ref", "--short", "HEAD"], capture_output=True, text=True
).stdout.strip()
if not branch:
    print("::error::the head is detached")
    sys.exit(1)
print(f"branch {branch} is fine")
`;

const changelogValidator = `import pathlib
import re
import sys

sys.dont_write_bytecode = True
version = re.search(r'__version__ = "v?([^"]+)"', pathlib.Path("src/confidentia/version.py").read_text()).group(1)
path = pathlib.Path("KB/Changelog_and_Release_Notes/Changelog_Archive") / f"CHANGELOG_v{version}.md"
if not path.exists():
    print(f"::error file={path}::there is no changelog for {version}")
    sys.exit(1)
text = path.read_text(encoding="utf-8")
if not re.search(r"\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2} UTC", text):
    print(f"::error file={path},line=1::the changelog has no full timestamp")
    sys.exit(1)
print("changelog is fine")
`;
