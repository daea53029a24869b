import { readdirSync, readFileSync } from 'node:fs';
import type { InsertOptions, ReleaseSection } from '../../../../../plugins/release/changelog/insert-section.ts';
import { hostLinks } from '../../../../../plugins/release/notes/host-links.ts';

export const section: ReleaseSection = {
  version: '1.3.0',
  date: '2026-01-02',
  tag: 'v1.3.0',
  previousTag: 'v1.2.0',
  body: '### Added\n\n- a new door\n\n### Fixed\n\n- the lock',
  summary: 'A new door',
  link: '[all](all.md)',
};

export const options: InsertOptions = {
  style: 'keep-a-changelog',
  links: hostLinks('https://github.com/o/r'),
  unreleased: 'carry',
};

/** What differs from the usual in single cases. */
const own: { readonly [name: string]: { section?: Partial<ReleaseSection>; options?: Partial<InsertOptions> } } = {
  'keep-a-changelog-empty-unreleased': { options: { links: null } },
  'keep-a-changelog-first': { section: { version: '0.1.0', tag: 'v0.1.0', previousTag: null } },
  'unknown-host': { options: { links: null } },
  'standard-version': { section: { version: '1.2.2', tag: 'v1.2.2', previousTag: 'v1.2.1' } },
  'semantic-release': { section: { version: '1.2.2', tag: 'v1.2.2', previousTag: 'v1.2.1' } },
  'conventional-changelog-small': { section: { version: '1.2.2', tag: 'v1.2.2', previousTag: 'v1.2.1' } },
  'title-only': { options: { style: 'conventional' } },
  'intro-only': { options: { style: 'seed' } },
  'entry-underlined': { options: { style: 'seed', unreleased: 'keep' } },
  'table-with-notes': { section: { summary: '', link: null } },
  pep440: { section: { version: '1.3.0', tag: '1.3.0', previousTag: '1.2' } },
  calver: { section: { version: '2026.01.02', tag: '2026.01.02', previousTag: '2025.12.01', date: '' } },
  prerelease: { section: { previousTag: 'v1.3.0-rc.1' }, options: { links: hostLinks('git@gitlab.com:g/r.git') } },
};

export interface GoldenCase {
  readonly name: string;
  readonly before: string;
  readonly section: ReleaseSection;
  readonly options: InsertOptions;
}

export const goldenFolder = new URL('golden/', import.meta.url);

export function goldenCases(): readonly GoldenCase[] {
  const files = readdirSync(goldenFolder).filter((file) => file.endsWith('.before.md'));
  return files.toSorted().map((file) => {
    const name = file.replace('.before.md', '');
    return {
      name,
      before: readFileSync(new URL(file, goldenFolder), 'utf8'),
      section: { ...section, ...own[name]?.section },
      options: { ...options, ...own[name]?.options },
    };
  });
}
