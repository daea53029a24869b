import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { builtProgram } from '../../rigs/built-bundle.ts';
import type { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import type { FakeRelease } from '../../rigs/fake-github/fake-state.ts';
import { Runner, type StepEnd } from '../../rigs/runner.ts';
import { type Block, blocksOf } from '../markdown-blocks.ts';
import { StandardBench } from './standard-bench.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The pages about releases. */
export const releasePages = [
  'release-by-hand',
  'release-on-tag',
  'monorepo',
  'when-a-release-breaks',
  'rollback',
  'coming-from-other-release-tools',
] as const;
export type ReleasePage = (typeof releasePages)[number];

/** A block of a page that is a file of a repository, with the lines of output that the page shows after it. */
export interface Example {
  readonly page: ReleasePage;
  readonly kind: string;
  readonly path: string;
  readonly text: string;
  /** Block by block. */
  readonly shown: readonly (readonly string[])[];
}

/** Parts of workflows that a page shows. */
export function snippetsOf(page: ReleasePage): readonly string[] {
  const file = `docs/guide/${page}.md`;
  return blocksOf(file, readFileSync(join(root, file), 'utf8'))
    .filter(({ language, kind }) => language === 'yaml' && kind === 'snippet')
    .map(({ text }) => text);
}

/** What stands between an example and the next one belongs to it. */
export function examplesOf(page: ReleasePage): readonly Example[] {
  const file = `docs/guide/${page}.md`;
  const blocks = blocksOf(file, readFileSync(join(root, file), 'utf8'));
  const isExample = (block: Block) => block.language === 'yaml' && block.attributes.has('file');
  return blocks.filter(isExample).map((block) => {
    const after = blocks.slice(blocks.indexOf(block) + 1);
    const next = after.findIndex((other) => isExample(other) && other.kind === 'workflow');
    const own = next === -1 ? after : after.slice(0, next);
    const shown = own
      .filter(({ language, kind }) => language === 'text' && kind === 'output')
      .map(({ text }) => linesOf(text));
    const path = block.attributes.get('file') ?? '';
    return { page, kind: block.kind, path, text: block.text, shown };
  });
}

export function exampleOf(page: ReleasePage, path: string): Example {
  const found = examplesOf(page).find((example) => example.path === path);
  if (!found) throw new Error(`docs/guide/${page}.md shows no file ${path}`);
  return found;
}

/** Lines of a block of output that nobody printed. */
export function missingLines({ shown }: Example, block: number, printed: string): readonly string[] {
  const lines = linesOf(printed);
  return (shown[block] ?? ['the page shows no such block']).filter(
    (line) => !lines.some((other) => other.includes(line)),
  );
}

/** Without what changes from run to run: widths, and the hashes of commits. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/\b[0-9a-f]{7,40}\b/g, 'HASH'),
    )
    .filter((line) => line !== '');
}

export interface Printed {
  readonly code: number;
  readonly text: string;
}

/**
 * The repository that the pages speak of, on a GitHub that serves its remote: version 1.0.0 is released, a feature and
 * a fix came since.
 */
export class GuideBench {
  readonly standard = new StandardBench();
  readonly fake: FakeGitHub;
  readonly #bin: string;

  constructor(fake: FakeGitHub, files: { readonly [path: string]: string } = {}) {
    this.fake = fake;
    this.#bin = join(this.bench.base, 'programs');
    mkdirSync(this.#bin);
    const sample = { ...sampleFiles, ...files };
    for (const [path, text] of Object.entries(sample)) this.bench.write(path, text, modeOf(path));
    this.bench.save('chore: what the pages speak of');
    fake.reset();
    fake.follow(this.bench.remote);
    fake.state.latest = fake.state.addRelease({ tag: 'v1.0.0' }).id;
  }

  get bench() {
    return this.standard.bench;
  }

  /** Puts the file of an example into the repository. */
  take(example: Pick<Example, 'path' | 'text'>): void {
    this.bench.write(example.path, example.text);
    this.bench.save('ci: a workflow');
  }

  /** A program of the machine, as a script of sh; `$WORLD` is a folder that outlives clones. */
  program(name: string, script: string): void {
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  get world(): string {
    return this.bench.base;
  }

  async vwmp(...args: readonly string[]): Promise<Printed> {
    const { code, stdout, stderr } = await this.bench.vwmp(args, { env: this.#environment() });
    return { code, text: stdout + stderr };
  }

  /** The id of the newest run. */
  async newestRun(): Promise<string> {
    const { text } = await this.vwmp('history', '--json');
    const history: { readonly runs: readonly { readonly run_id: string }[] } = JSON.parse(text);
    return history.runs[0]?.run_id ?? 'none';
  }

  /** Everything that a release changes: equal ones mean that nothing was changed. */
  state(): object {
    const { releases, latest } = this.fake.state;
    return {
      here: this.bench.refs(this.bench.root),
      there: this.bench.refs(this.bench.remote),
      tree: this.bench.git('status', '--porcelain'),
      releases: releases.map(shownRelease),
      latest,
    };
  }

  /** Requests that GitHub got to change something. */
  writes(): readonly string[] {
    return this.fake.requests
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/generate-notes'))
      .map(({ method, path }) => `${method} ${path}`);
  }

  release(tag: string): object {
    const [release, ...others] = this.fake.state.releasesOf(tag);
    if (release === undefined || others.length > 0) throw new Error(`there is not just one release of ${tag}`);
    return shownRelease(release);
  }

  /** Full names of the remote's refs with the commits that they lead to. */
  remoteRefs(): { readonly [name: string]: string } {
    const lines = this.bench
      .gitIn(this.bench.remote, 'for-each-ref', '--format=%(refname) %(objectname) %(*objectname)')
      .split('\n');
    return Object.fromEntries(
      lines.map((line) => {
        const [name = '', object = '', peeled = ''] = line.split(' ');
        return [name, peeled === '' ? object : peeled];
      }),
    );
  }

  /** A file of the branch on the remote. */
  remoteFile(path: string): string {
    return this.bench.gitIn(this.bench.remote, 'show', `main:${path}`);
  }

  /** Files that the newest commit of the remote's branch changed. */
  changedOnRemote(): readonly string[] {
    return this.bench.gitIn(this.bench.remote, 'show', '--name-only', '--format=', 'main').trim().split('\n').sort();
  }

  /** Variables of a machine on which these programs stand before all others. */
  get machine(): { readonly PATH: string; readonly WORLD: string } {
    return { PATH: `${this.#bin}${delimiter}${this.bench.environment().PATH}`, WORLD: this.world };
  }

  /** Runs the step of a caller's job that uses the action, with what people entered. */
  async job(caller: Example, settings: JobSettings): Promise<StepEnd> {
    const { jobs }: CallerFile = parse(caller.text);
    const step = jobs[settings.job]?.steps.find(({ uses }) => uses?.includes('vwmp-action'));
    if (!step?.with) throw new Error(`the job ${settings.job} does not use the action`);
    const filled = Object.entries(step.with).map(([name, value]) => [name, filledIn(value, settings)]);
    const runner = new Runner({
      main: builtProgram('index.js'),
      workspace: this.bench.root,
      with: { ...Object.fromEntries(filled), 'github-token': settings.token },
      env: {
        ...this.machine,
        GITHUB_API_URL: this.fake.apiUrl,
        GITHUB_REPOSITORY: this.fake.state.repository,
        GITHUB_SHA: this.bench.git('rev-parse', 'HEAD'),
        ...settings.env,
      },
    });
    try {
      return await runner.end();
    } finally {
      runner.remove();
    }
  }

  #environment(): { readonly [name: string]: string } {
    return {
      ...this.machine,
      GITHUB_API_URL: this.fake.apiUrl,
      GITHUB_REPOSITORY: this.fake.state.repository,
      GITHUB_TOKEN: this.fake.adminToken,
    };
  }
}

export interface JobSettings {
  readonly job: string;
  readonly token: string;
  readonly inputs?: { readonly [name: string]: string };
  readonly secrets?: { readonly [name: string]: string };
  readonly env?: { readonly [name: string]: string };
}

interface CallerFile {
  readonly jobs: {
    readonly [id: string]: {
      readonly steps: readonly { readonly uses?: string; readonly with?: { readonly [name: string]: string } }[];
    };
  };
}

/** As the platform fills in what the callers of the pages write; anything else is not known here. */
function filledIn(value: string, { inputs = {}, secrets = {} }: JobSettings): string {
  return value.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const [, input = ''] = /^inputs\.(\w+)$/.exec(expression) ?? [];
    const [, secret = ''] = /^toJSON\(secrets\.(\w+)\)$/.exec(expression) ?? [];
    const given = inputs[input] ?? (secrets[secret] === undefined ? undefined : JSON.stringify(secrets[secret]));
    if (given === undefined) throw new Error(`nobody gives ${expression}`);
    return given;
  });
}

function shownRelease({ tag, name, draft, prerelease, body, assets, id }: FakeRelease): object {
  const notes = (body ?? '').replaceAll(/ \([0-9a-f]{7,}\)/g, '');
  const files = assets.map((asset) => `${asset.name} ${asset.state}`).toSorted();
  return { id, tag, name, draft, prerelease, notes, files };
}

function modeOf(path: string): number {
  return path.endsWith('.sh') ? 0o755 : 0o644;
}

const sampleFiles = {
  '.gitignore': 'dist/\n',
  'package.json': '{\n  "name": "tool",\n  "version": "1.0.0",\n  "scripts": { "test": "exit 0" }\n}\n',
  'CHANGELOG.md': '# Changelog\n\nWhat has changed.\n',
  'src/main.js': 'export {};\n',
};
