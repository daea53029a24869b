import { describe, expect, it } from 'vitest';
import { type HostKind, hostLinks } from '../../../../../plugins/release/notes/host-links.ts';

describe('the page of a repository', () => {
  it.each([
    ['https://github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['https://github.com/o/r', 'github', 'https://github.com/o/r'],
    ['https://github.com/o/r/', 'github', 'https://github.com/o/r'],
    ['https://www.github.com/o/r', 'github', 'https://github.com/o/r'],
    ['https://user:secret@github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['https://x-access-token:ghs_abc@github.com/o/r', 'github', 'https://github.com/o/r'],
    ['git@github.com:o/r.git', 'github', 'https://github.com/o/r'],
    ['github.com:o/r', 'github', 'https://github.com/o/r'],
    ['ssh://git@github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['ssh://git@ssh.github.com:443/o/r.git', 'github', 'https://github.com/o/r'],
    ['git+ssh://git@github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['git+https://github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['git://github.com/o/r.git', 'github', 'https://github.com/o/r'],
    ['HTTPS://GitHub.com/O/R', 'github', 'https://github.com/O/R'],
    ['https://github.example.com/o/r', 'github', 'https://github.example.com/o/r'],
    ['https://company.ghe.com/o/r', 'github', 'https://company.ghe.com/o/r'],
    ['https://gitlab.com/group/sub/r.git', 'gitlab', 'https://gitlab.com/group/sub/r'],
    ['ssh://git@gitlab.example.com:2222/g/r', 'gitlab', 'https://gitlab.example.com/g/r'],
    ['https://gitlab.example.com:8443/g/r', 'gitlab', 'https://gitlab.example.com:8443/g/r'],
    ['git@bitbucket.org:o/r.git', 'bitbucket', 'https://bitbucket.org/o/r'],
    ['https://codeberg.org/o/r', 'gitea', 'https://codeberg.org/o/r'],
    ['http://gitea.local:3000/o/r', 'gitea', 'http://gitea.local:3000/o/r'],
    ['https://forgejo.example.com/o/r', 'gitea', 'https://forgejo.example.com/o/r'],
    ['https://org@dev.azure.com/org/my%20project/_git/r', 'azure', 'https://dev.azure.com/org/my%20project/_git/r'],
    ['git@ssh.dev.azure.com:v3/org/project/r', 'azure', 'https://dev.azure.com/org/project/_git/r'],
    ['https://org.visualstudio.com/project/_git/r', 'azure', 'https://org.visualstudio.com/project/_git/r'],
  ])('%s is on %s at %s', (url, kind, web) => {
    expect(hostLinks(url)).toMatchObject({ kind, web });
  });

  it.each([
    '',
    '/srv/git/r.git',
    './r',
    'C:\\r',
    'file:///srv/r.git',
    'https://example.com/o/r',
    'https://github.com/o',
    'https://github.com/o/r/tree/main',
    'https://github.com/o/%E0%A4%A',
    'javascript:alert(1)',
    'https://',
    'git@github.com:',
    `https://github.com/o/${'r'.repeat(3000)}`,
  ])('is not known for %s', (url) => {
    expect(hostLinks(url)).toBeNull();
  });

  it.each([
    ['https://git.example.com/o/r', 'github', 'https://git.example.com/o/r'],
    ['git@git.example.com:o/r.git', 'gitlab', 'https://git.example.com/o/r'],
  ] as [string, HostKind, string][])('of %s is known where somebody says it is %s', (url, kind, web) => {
    expect(hostLinks(url, kind)).toMatchObject({ kind, web });
  });
});

describe('addresses', () => {
  const pages = (url: string) => {
    const links = hostLinks(url);
    if (links === null) throw new Error(url);
    return [
      links.commit('abc1234'),
      links.tag('v1.1.0'),
      links.compare('v1.0.0', 'v1.1.0'),
      links.compare('v1.1.0', 'HEAD'),
      links.issue('12', null),
      links.issue('12', 'x/y'),
      links.pull('13'),
    ];
  };

  it('are those of GitHub', () => {
    expect(pages('https://github.com/o/r')).toEqual([
      'https://github.com/o/r/commit/abc1234',
      'https://github.com/o/r/releases/tag/v1.1.0',
      'https://github.com/o/r/compare/v1.0.0...v1.1.0',
      'https://github.com/o/r/compare/v1.1.0...HEAD',
      'https://github.com/o/r/issues/12',
      'https://github.com/x/y/issues/12',
      'https://github.com/o/r/pull/13',
    ]);
  });

  it('are those of GitLab', () => {
    expect(pages('https://gitlab.com/g/s/r')).toEqual([
      'https://gitlab.com/g/s/r/-/commit/abc1234',
      'https://gitlab.com/g/s/r/-/tags/v1.1.0',
      'https://gitlab.com/g/s/r/-/compare/v1.0.0...v1.1.0',
      'https://gitlab.com/g/s/r/-/compare/v1.1.0...HEAD',
      'https://gitlab.com/g/s/r/-/issues/12',
      'https://gitlab.com/x/y/-/issues/12',
      'https://gitlab.com/g/s/r/-/issues/13',
    ]);
  });

  it('are those of Bitbucket', () => {
    expect(pages('https://bitbucket.org/o/r')).toEqual([
      'https://bitbucket.org/o/r/commits/abc1234',
      'https://bitbucket.org/o/r/src/v1.1.0',
      'https://bitbucket.org/o/r/branches/compare/v1.1.0%0Dv1.0.0',
      'https://bitbucket.org/o/r/branches/compare/HEAD%0Dv1.1.0',
      'https://bitbucket.org/o/r/issues/12',
      'https://bitbucket.org/x/y/issues/12',
      'https://bitbucket.org/o/r/pull-requests/13',
    ]);
  });

  it('are those of Gitea, Forgejo and Codeberg', () => {
    expect(pages('https://codeberg.org/o/r')).toEqual([
      'https://codeberg.org/o/r/commit/abc1234',
      'https://codeberg.org/o/r/releases/tag/v1.1.0',
      'https://codeberg.org/o/r/compare/v1.0.0...v1.1.0',
      'https://codeberg.org/o/r/compare/v1.1.0...HEAD',
      'https://codeberg.org/o/r/issues/12',
      'https://codeberg.org/x/y/issues/12',
      'https://codeberg.org/o/r/pulls/13',
    ]);
  });

  it('are those of Azure DevOps', () => {
    expect(pages('https://dev.azure.com/o/p/_git/r')).toEqual([
      'https://dev.azure.com/o/p/_git/r/commit/abc1234',
      'https://dev.azure.com/o/p/_git/r?version=GTv1.1.0',
      'https://dev.azure.com/o/p/_git/r/branchCompare?baseVersion=GTv1.0.0&targetVersion=GTv1.1.0',
      'https://dev.azure.com/o/p/_git/r/branchCompare?baseVersion=GTv1.1.0',
      'https://dev.azure.com/o/p/_workitems/edit/12',
      'https://dev.azure.com/o/p/_workitems/edit/12',
      'https://dev.azure.com/o/p/_git/r/pullrequest/13',
    ]);
  });

  it('are never ended by what a tag is called', () => {
    const links = hostLinks('https://github.com/o/r');
    expect(links?.compare('pkg/v1(a)', '@s/p@1.0.0 b')).toBe(
      'https://github.com/o/r/compare/pkg/v1%28a%29...%40s/p%401.0.0%20b',
    );
  });
});
