import { describe, expect, it } from 'vitest';
import { findLatestRelease, updateLatestRelease } from '../../../../plugins/release/readme/latest-release.ts';
import { updateBadges } from '../../../../plugins/release/readme/version-badge.ts';

function latest(text: string, version: string, old: string | null = null): string | null {
  const lines = text.split('\n');
  const place = findLatestRelease(
    lines,
    lines.map(() => true),
    { version, old },
  );
  if (place === null) return null;
  const update = updateLatestRelease(lines[place.at] ?? '', place, version);
  if (update.kind === 'updated') lines[place.at] = update.line;
  return lines.join('\n');
}

describe('the version badge', () => {
  it.each([
    ['badge/version-1.2.2-blue', '1.2.3', 'badge/version-1.2.3-blue'],
    ['badge/Version-v1.2.2-brightgreen.svg?style=flat', '1.2.3', 'badge/Version-v1.2.3-brightgreen.svg?style=flat'],
    ['badge/version-1.2.2-blue', '1.2.3-rc.1', 'badge/version-1.2.3--rc.1-blue'],
    ['badge/version-1.2.3--rc.1-blue', '1.2.3', 'badge/version-1.2.3-blue'],
    ['badge/release-0.21.0.2%2B1-blue', '0.21.0.3+1', 'badge/release-0.21.0.3%2B1-blue'],
    ['badge/version-0.21.0.2+1-blue', '0.21.0.3+1', 'badge/version-0.21.0.3+1-blue'],
    ['badge/latest_version-1.2.2-blue', '1.2.3', 'badge/latest_version-1.2.3-blue'],
    [
      'static/v1?label=version&message=v1.2.2&color=blue',
      '1.2.3+1',
      'static/v1?label=version&message=v1.2.3%2B1&color=blue',
    ],
  ])('%s becomes %s: %s', (path, version, expected) => {
    const badge = (text: string) => `![a](https://img.shields.io/${text}) and <b>more</b>`;
    expect(updateBadges(badge(path), version)).toEqual({ kind: 'updated', line: badge(expected) });
  });

  it('takes the alternative text along where it names the old version', () => {
    const update = updateBadges('[![Version 1.2.2](https://x/badge/version-1.2.2-blue)](https://y/v1.2.2)', '1.2.3');
    expect(update).toEqual({
      kind: 'updated',
      line: '[![Version 1.2.3](https://x/badge/version-1.2.3-blue)](https://y/v1.2.2)',
    });
  });

  it('leaves other badges of the same line alone', () => {
    const line = '![p](https://x/badge/python-3.11.1-blue) ![v](https://x/badge/version-1.2.2-blue)';
    expect(updateBadges(line, '1.2.3')).toEqual({ kind: 'updated', line: line.replace('1.2.2', '1.2.3') });
  });

  it('is current where it has the version', () => {
    expect(updateBadges('![v](https://x/badge/version-v1.2.3-blue)', '1.2.3')).toEqual({ kind: 'current' });
  });

  it.each(['![p](https://x/badge/python-3.11.1-blue)', 'version-1.2.2-blue', '![v](https://x/pypi/v/x)'])(
    'is missing in %s',
    (line) => {
      expect(updateBadges(line, '1.2.3')).toEqual({ kind: 'missing' });
    },
  );
});

describe('the latest release', () => {
  it.each([
    ['Latest release: v1.2.2', 'Latest release: v1.2.3'],
    ['**Latest Release:** 1.2.2 (2025-11-19)', '**Latest Release:** 1.2.3 (2025-11-19)'],
    [
      'Latest release: [v1.2.2](a/CHANGELOG_v1.2.2.md), before: v1.2.1',
      'Latest release: [v1.2.3](a/CHANGELOG_v1.2.3.md), before: v1.2.1',
    ],
    ['## Latest Release\n\n- [v1.2.2](x)', '## Latest Release\n\n- [v1.2.3](x)'],
    ['| Latest release | v1.2.2 |', '| Latest release | v1.2.3 |'],
    ['Since 1.0.0. Latest release: 1.2.2', 'Since 1.0.0. Latest release: 1.2.3'],
    [
      'Latest release ![v](https://x/badge/version-9.9.9-blue) v1.2.2',
      'Latest release ![v](https://x/badge/version-9.9.9-blue) v1.2.3',
    ],
  ])('%j becomes %j', (text, expected) => {
    expect(latest(text, '1.2.3')).toBe(expected);
  });

  it.each([
    ['Latest release: 1.4.0rc2', '1.4.0', null, 'Latest release: 1.4.0'],
    ['Latest release: 1.4', '1.5', null, 'Latest release: 1.5'],
    ['Latest release: 24.04.', '24.10', null, 'Latest release: 24.10.'],
    ['Latest release: 2026-11-27', '2026-11-28', null, 'Latest release: 2026-11-28'],
    ['Latest release: r42', 'r43', null, 'Latest release: r43'],
    ['Latest release: 1.4.0.dev3', '1.4.0', null, 'Latest release: 1.4.0'],
    ['Latest release: 1.4.0.post1', '1.4.1', null, 'Latest release: 1.4.1'],
    [
      'The latest release is **[v1.2.2](x/v1.2.2-linux.zip)**',
      '1.2.3',
      null,
      'The latest release is **[v1.2.3](x/v1.2.3-linux.zip)**',
    ],
    ['Latest release: <b>v1.2.2</b> (2026-01-02)', '1.2.3', null, 'Latest release: <b>v1.2.3</b> (2026-01-02)'],
    ['Latest release – `1.2.2`', '1.2.3', null, 'Latest release – `1.2.3`'],
    [
      'Latest release: https://x/releases/tag/v1.2.2',
      '1.2.3',
      '1.2.2',
      'Latest release: https://x/releases/tag/v1.2.3',
    ],
    ['## Latest release\n\nWe are at 1.2.2 now.', '1.2.3', '1.2.2', '## Latest release\n\nWe are at 1.2.3 now.'],
    [
      '| Latest release | Date |\n| --- | --- |\n| 1.2.2 | x |',
      '1.2.3',
      null,
      '| Latest release | Date |\n| --- | --- |\n| 1.2.3 | x |',
    ],
    [
      'Latest release 9.9.9 of the server. Latest release: 1.2.2',
      '1.2.3',
      '1.2.2',
      'Latest release 9.9.9 of the server. Latest release: 1.2.3',
    ],
    [
      'Download the latest release for Python 3.10.2\n\nLatest release: 1.2.2',
      '1.2.3',
      null,
      'Download the latest release for Python 3.10.2\n\nLatest release: 1.2.3',
    ],
  ])('%j becomes with %s instead of %s: %j', (text, version, old, expected) => {
    expect(latest(text, version, old)).toBe(expected);
    expect(latest(expected, version, old)).toBe(expected);
  });

  it.each([
    'Release: 1.2.2',
    '## Latest Release\n\n## Install 1.2.2',
    'Latest release: soon',
    'Latest release on 20.11.2025',
    'The latest release supports Node 20.1.0 and newer.',
    'Download the latest release for Python 3.10.2',
    'Latest release notes: see docs/4.5.6/index.md',
    'Latest release: 2025-11-19',
  ])('is missing in %j', (text) => {
    expect(latest(text, '1.2.3')).toBeNull();
  });
});
