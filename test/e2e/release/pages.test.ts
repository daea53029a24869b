import { describe, expect, it } from 'vitest';
import { releaseBench } from './release-rig.ts';

const year = new Date().getUTCFullYear();
const link = '[x](a%20%28b%29/c%20d/CHANGELOG_v1.3.0.md)';
const entry = (heading: string, eol = '\n', date = ` - ${year}`) =>
  `${heading}${date}${eol}${eol}Sum *up*${eol}${eol}${link}${eol}${eol}`;

/** Main changelog before, and after an entry for 1.3.0. */
const changelogs: { readonly [what: string]: readonly [string, string] } = {
  'an empty file': ['', `# Changelog\n\n${entry('## v1.3.0')}`.slice(0, -1)],
  'a title alone': ['# Changelog', `# Changelog\n\n${entry('## v1.3.0')}`.slice(0, -1)],
  'Keep a Changelog': [
    '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- x 1.0.0\n\n## [1.2.0] - 2024-01-01\n\n- y\n\n[1.2.0]: https://x\n',
    `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- x 1.0.0\n\n${entry('## [1.3.0]')}## [1.2.0] - 2024-01-01\n\n- y\n\n[1.2.0]: https://x\n`,
  ],
  'nothing released yet': [
    '# Changelog\n\n## [Unreleased]\n\n- x\n\n[Unreleased]: https://x/compare/v1.2.0...HEAD\n',
    `# Changelog\n\n## [Unreleased]\n\n- x\n\n${entry('## v1.3.0')}[Unreleased]: https://x/compare/v1.3.0...HEAD\n[v1.3.0]: https://x/compare/v1.2.0...v1.3.0\n`,
  ],
  'front matter and CRLF': [
    '---\r\ntitle: v1.0.0\r\n---\r\n# Changelog\r\n\r\n## 1.2.0 (2024-01-01)\r\n* y\r\n',
    `---\r\ntitle: v1.0.0\r\n---\r\n# Changelog\r\n\r\n${entry('## 1.3.0', '\r\n', ` (${year})`)}## 1.2.0 (2024-01-01)\r\n* y\r\n`,
  ],
  'a byte order mark and no last line end': [
    '\uFEFF# Changelog\r\n\r\nText\r\n\r\n## v1.2.0 - 2024\r\n\r\n- y',
    `\uFEFF# Changelog\r\n\r\nText\r\n\r\n${entry('## v1.3.0', '\r\n')}## v1.2.0 - 2024\r\n\r\n- y`,
  ],
  'headings of the first level': ['# [1.2.0](https://x)\n\n* a\n', `${entry('# 1.3.0')}# [1.2.0](https://x)\n\n* a\n`],
  'code and comments that only look like an entry': [
    '# Changelog\n\n```\n## 1.3.0\n```\n\n<!-- ## 1.3.0 -->\n\n## 1.2.0\n\nsince 1.3.0-rc.1 and v1.3.0\n',
    `# Changelog\n\n\`\`\`\n## 1.3.0\n\`\`\`\n\n<!-- ## 1.3.0 -->\n\n${entry('## 1.3.0')}## 1.2.0\n\nsince 1.3.0-rc.1 and v1.3.0\n`,
  ],
  'a list': ['# Log\n\n- v1.2.0 - 2024: x\n', `# Log\n\n- v1.3.0 - ${year}: Sum *up* (${link})\n- v1.2.0 - 2024: x\n`],
  'a table': [
    '# Log\n\n| Version | Date | Summary |\n|---|---|---|\n| 1.2.0 | 2024 | x |\n',
    `# Log\n\n| Version | Date | Summary |\n|---|---|---|\n| 1.3.0 | ${year} | Sum *up* |\n| 1.2.0 | 2024 | x |\n`,
  ],
  'the version already, though not as the newest': [
    '# Changelog\n\n## 1.4.0\n\n- newer\n\n## 1.3.0\n\n- was there\n',
    '# Changelog\n\n## 1.4.0\n\n- newer\n\n## 1.3.0\n\n- was there\n',
  ],
};

describe('the main changelog', () => {
  it('gets its entry above the newest version in the style that it has, and a second run changes nothing', async () => {
    const bench = releaseBench();
    const cases = Object.values(changelogs);
    for (const [index, [before]] of cases.entries()) bench.write(`c${index}.md`, before);
    bench.write('a (b)/c d/CHANGELOG_v1.3.0.md', 'written by hand\n');
    const steps = cases.map((_, index) => ({
      id: `s${index}`,
      handler: 'release.changelog_update',
      config: {
        main_changelog: `c${index}.md`,
        version: 'v1.3.0',
        summary: 'Sum *up*',
        date_format: 'YYYY',
        changelog_dir: 'a (b)/c d',
        link_template: '[x]({path})',
      },
    }));
    const pages = () =>
      Object.fromEntries(Object.keys(changelogs).map((what, index) => [what, bench.read(`c${index}.md`)]));
    const expected = Object.fromEntries(Object.entries(changelogs).map(([what, [, text]]) => [what, text]));

    expect((await bench.runEach(steps)).run.status).toBe('success');
    expect(pages()).toEqual(expected);
    const again = await bench.runEach(steps);
    expect(again.run.steps.every((step) => step.outputs.changed === false)).toBe(true);
    expect(pages()).toEqual(expected);
  });

  it('is made where the repository has none', async () => {
    const bench = releaseBench();
    bench.delete('CHANGELOG.md');
    bench.save('no changelog');

    expect((await bench.release()).code).toBe(0);
    expect(bench.read('CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## v0\.21\.0\.3\+1 - \d\d-\d\d-\d\d\n\nWorkflows can be resumed\n\n\[CHANGELOG_v0\.21\.0\.3\+1\.md\]\(KB\/\S+\)\n$/,
    );
  });

  it('refuses a pattern of a date that would come out as half a date', async () => {
    const bench = releaseBench();
    const { step } = await bench.release('--set', 'step-3.date_format=D. MMM YYYY');

    expect(step('step-3').error?.message).toContain('`D` in `date_format: D. MMM YYYY` is no part of a date');
  });
});

/** README before, after the release of 2.0.0-rc.1+7, and which of the two places was there: badge, latest release. */
const readmes: { readonly [what: string]: readonly [string, string, boolean, boolean] } = {
  'signs that shields double': [
    '![V](https://img.shields.io/badge/version-1.2.3--rc.1-4c1?style=flat)\r\nLatest release: 1.2.3-rc.1\r\n',
    '![V](https://img.shields.io/badge/version-2.0.0--rc.1+7-4c1?style=flat)\r\nLatest release: 2.0.0-rc.1+7\r\n',
    true,
    true,
  ],
  'a leading v, and a heading above the version': [
    '![v0.1.0](https://img.shields.io/badge/Version-v0.1.0-brightgreen.svg)\n\n## Latest Release\n\n**v0.1.0** (2024-01-01)\n',
    '![v2.0.0-rc.1+7](https://img.shields.io/badge/Version-v2.0.0--rc.1+7-brightgreen.svg)\n\n## Latest Release\n\n**v2.0.0-rc.1+7** (2024-01-01)\n',
    true,
    true,
  ],
  'an escaped plus sign': [
    '![x](https://img.shields.io/badge/release-0.21.0.2%2B1-blue)',
    '![x](https://img.shields.io/badge/release-2.0.0--rc.1%2B7-blue)',
    true,
    false,
  ],
  'a badge for something else': [
    '![x](https://img.shields.io/badge/my__version-1.0.0-blue) ![y](https://img.shields.io/badge/python-3.11.2-blue)\n\nLatest release is [v1.0.0](https://x/releases/tag/v1.0.0), not v0.9.0\n',
    '![x](https://img.shields.io/badge/my__version-1.0.0-blue) ![y](https://img.shields.io/badge/python-3.11.2-blue)\n\nLatest release is [v2.0.0-rc.1+7](https://x/releases/tag/v2.0.0-rc.1+7), not v0.9.0\n',
    false,
    true,
  ],
  'a badge that has had no version': [
    '![x](https://img.shields.io/badge/version-unknown-lightgrey)\nLatest release: soon\n',
    '![x](https://img.shields.io/badge/version-2.0.0--rc.1+7-lightgrey)\nLatest release: soon\n',
    true,
    false,
  ],
};

describe('the README', () => {
  it('gets the version into its badge and behind "Latest release", and nowhere else', async () => {
    const bench = releaseBench();
    const cases = Object.values(readmes);
    for (const [index, [before]] of cases.entries()) bench.write(`r${index}.md`, before);

    const { run } = await bench.runEach(
      cases.map((_, index) => ({
        id: `s${index}`,
        handler: 'release.readme_update',
        config: { readme_file: `r${index}.md`, version: '2.0.0-rc.1+7' },
      })),
    );

    expect(
      cases.map((_, index) => {
        const { badge_updated, latest_release_updated } = run.steps[index]?.outputs ?? {};
        return [bench.read(`r${index}.md`), badge_updated, latest_release_updated];
      }),
    ).toEqual(cases.map(([, ...after]) => after));
  });

  it('warns in the log where one of the two places is missing', async () => {
    const bench = releaseBench();
    bench.write('README.md', '![x](https://img.shields.io/badge/version-0.1.0-blue)\n');
    const step = { id: 's', handler: 'release.readme_update', config: { version: '1.0.0' } };
    bench.write('one.json', JSON.stringify({ name: 'case', steps: [step] }));

    const { code, stdout } = await bench.vwmp(['run', 'one.json']);

    expect(code).toBe(0);
    expect(stdout).toContain('README.md has no version after "Latest release"');
  });

  it('is passed over, with what was looked for, where both are missing', async () => {
    const bench = releaseBench();
    bench.write('README.md', '# Nothing to see\n');
    bench.save('a plain readme');

    const { code, step, run } = await bench.release();

    expect([code, run.status]).toEqual([0, 'success']);
    expect(step('step-4')).toMatchObject({ status: 'skipped', skipped_reason: 'handler' });
    expect(step('step-4').skipped_message).toBe(
      'README.md has no badge `version-…-colour` and no version after "Latest release"',
    );
    expect(bench.read('README.md')).toBe('# Nothing to see\n');
  });

  it('stays as it is where the parameter skip_readme is true', async () => {
    const bench = releaseBench();
    const before = bench.read('README.md');

    const { code, states } = await bench.release('--skip_readme', 'true');

    expect([code, states['step-4']]).toEqual([0, 'handler']);
    expect(bench.read('README.md')).toBe(before);
  });
});

/** Board before and after a release of 2.0.0 of epic 7; the same text where no row names the epic. */
const boards: readonly (readonly [string, string])[] = [
  ['| Epic | Status |\n|---|---|\n| Epic 7 | v1.0.0 |\n', '| Epic | Status |\n|---|---|\n| Epic 7 | v2.0.0 |\n'],
  ['| Epic | Status |\n|---|---|\n| Epic 7 | Active |\n', '| Epic | Status |\n|---|---|\n| Epic 7 | Active v2.0.0 |\n'],
  [
    '| Epic | Version |\r\n|---|---|\r\n| Epic 07 | |\r\n',
    '| Epic | Version |\r\n|---|---|\r\n| Epic 07 | v2.0.0 |\r\n',
  ],
  [
    '| Epic | Release |\n|---|---|\n| [E7: a \\| b](Epic%207/Epic-7.md) | [v1.0.0](CHANGELOG_v1.0.0.md) |\n',
    '| Epic | Release |\n|---|---|\n| [E7: a \\| b](Epic%207/Epic-7.md) | [v2.0.0](CHANGELOG_v2.0.0.md) |\n',
  ],
  ['| Epic | V |\n|---|---|\n| Epic 70 | v1.0.0 |\n', '| Epic | V |\n|---|---|\n| Epic 70 | v1.0.0 |\n'],
  ['Epic 7 is at v1.0.0\n', 'Epic 7 is at v1.0.0\n'],
];

describe('the board', () => {
  it('gets the version into the row that names the epic', async () => {
    const bench = releaseBench('feature/E7-S2');
    for (const [index, [before]] of boards.entries()) bench.write(`b${index}.md`, before);

    const { run } = await bench.runEach(
      boards.map((_, index) => ({
        id: `s${index}`,
        handler: 'project.kanban_update',
        config: { kanban_board: `b${index}.md`, version: 'v2.0.0', summary: 'Summary' },
      })),
    );

    expect(run.status).toBe('success');
    expect(boards.map((_, index) => bench.read(`b${index}.md`))).toEqual(boards.map(([, after]) => after));
  });

  it('warns in the log where no row names the epic', async () => {
    const bench = releaseBench();
    const step = {
      id: 's',
      handler: 'project.kanban_update',
      config: { kanban_board: 'README.md', version: '1.0.0', summary: 'Summary' },
    };
    bench.write('one.json', JSON.stringify({ name: 'case', steps: [step] }));

    const { code, stdout } = await bench.vwmp(['run', 'one.json']);

    expect(code).toBe(0);
    expect(stdout).toContain('README.md has no row for epic 21');
  });
});
