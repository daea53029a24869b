import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../../src/plugin-api/index.ts';
import { SeededRandom } from '../../../../fakes/seeded-random.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';
import { decidedVersion } from './decided-version.ts';

const folders: TempFolder[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

/** `VWMP_HISTORIES=500 npm test -- random-history` looks at more of them. */
const histories = Number(process.env.VWMP_HISTORIES ?? 24);

const versions = [
  '0.9.0',
  '1.0.0',
  '1.1.0',
  '1.2.0',
  '1.2.1',
  '1.3.0-rc.1',
  '1.3.0-rc.2',
  '1.3.0',
  '2.0.0-b.1',
  '2.0.0',
];
const oddTags = ['nightly', '1.1.0', '1.2.0', 'v1.2', 'v1.2.0.1', 'v2024.05.1', 'v1.1.0rc1', 'pkg@3.0.0', 'v03.1.0'];
const files = ['package.json', 'VERSION', 'pyproject.toml'];

class Chance {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  below(bound: number): number {
    return Math.floor(this.#random.unit() * bound);
  }

  of(percent: number): boolean {
    return this.below(100) < percent;
  }

  one<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  }
}

/** Commits on branches that are merged or left, versions that files go through, and tags wherever they fall. */
function randomRepository(chance: Chance): TempFolder {
  const at = new TempFolder();
  folders.push(at);
  at.git('init', '--quiet', '--initial-branch', 'main');
  const stream: string[] = [];
  const add = (line: string) => stream.push(line);
  const write = (path: string, text: string) => add(`M 100644 inline ${path}\ndata ${text.length}\n${text}`);
  let [tip, place] = [0, chance.below(4)];
  const count = 4 + chance.below(12);
  // Mostly there is something to release, and few tags are where they do not belong.
  const lastRelease = count - chance.below(3);
  const strayTags = chance.one([0, 5, 25]);
  for (let mark = 1; mark <= count; mark++) {
    const isAside = mark > 2 && chance.of(25);
    const isRelease = !isAside && mark <= lastRelease && chance.of(40);
    if (isRelease) place = Math.min(versions.length - 1, place + chance.below(3));
    const version = versions[place] ?? '1.0.0';
    const message =
      isRelease && chance.of(80) ? `chore(release): ${version}` : `${chance.one(['fix', 'feat', 'docs'])}: ${mark}`;
    add(`commit refs/heads/${isAside ? `side-${mark}` : 'main'}\nmark :${mark}`);
    add(`committer T <t@example.invalid> ${1_700_000_000 + mark * 60} +0000\ndata ${message.length}\n${message}`);
    const parent = isAside ? 1 + chance.below(tip) : tip;
    if (parent > 0) add(`from :${parent}`);
    if (!isAside && mark > 3 && chance.of(30)) add(`merge :${1 + chance.below(mark - 1)}`);
    write('package.json', `{ "version": "${version}" }\n`);
    write('VERSION', `${version}\n`);
    write('pyproject.toml', `[project]\nversion = "${version.replace('-rc.', 'rc').replace('-b.', 'b')}"\n`);
    write(`change-${mark}`, `${mark}\n`);
    if (!isAside) tip = mark;
    if (isRelease && chance.of(85)) add(`reset refs/tags/v${version}\nfrom :${mark}\n`);
  }
  for (const tag of [...versions.map((version) => `v${version}`), ...oddTags]) {
    if (!chance.of(strayTags)) continue;
    const mark = 1 + chance.below(count);
    if (chance.of(50)) add(`reset refs/tags/${tag}\nfrom :${mark}\n`);
    else add(`tag ${tag}\nfrom :${mark}\ntagger T <t@example.invalid> 1700000000 +0000\ndata 1\nx`);
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: at.path, input: `${stream.join('\n')}\n` });
  at.git('checkout', '--quiet', '--force', 'main');
  if (chance.of(85)) at.git('pack-refs', '--all');
  return at;
}

function randomConfig(chance: Chance): JsonMap {
  return {
    version_file: chance.one(files),
    increment_type: chance.of(80) ? 'auto' : chance.one(['patch', 'minor']),
    ...(chance.of(20) && { prerelease: chance.one(['rc', 'b']) }),
    ...(chance.of(15) && { merges: 'title' }),
    ...(chance.of(15) && { paths: ['change-2', 'change-3', 'change-5'] }),
    ...(chance.of(15) && { scheme: 'semver' }),
    ...(chance.of(10) && { allow_empty: true }),
  };
}

describe('a history of any shape', () => {
  it.each(Array.from({ length: histories }, (_, seed) => seed))(
    'is decided by the tags that it takes as by all of them (%d)',
    async (seed) => {
      const chance = new Chance(seed);
      const at = randomRepository(chance);
      for (let round = 0; round < 3; round++) {
        const config = randomConfig(chance);
        const [few, all] = [await decidedVersion(at, config, 'few'), await decidedVersion(at, config, 'all')];
        expect(few.outcome, JSON.stringify(config)).toEqual(all.outcome);
      }
    },
  );
});
