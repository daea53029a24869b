import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { textOf } from './file-text.ts';
import { fieldOf, jsonOf } from './json-fields.ts';

/** A command that tests the project. */
export interface CheckCommand {
  readonly command: string;
  /** What it was made from. */
  readonly why: string;
}

/** What a fresh checkout can be tested with, by its build files; `null` where they do not say. */
export async function checkCommand(context: TemplateContext): Promise<CheckCommand | null> {
  return (await nodeCheck(context)) ?? (await buildFileCheck(context));
}

const buildFiles: readonly (readonly [file: string, command: string])[] = [
  ['Cargo.toml', 'cargo test'],
  ['pom.xml', 'mvn --batch-mode verify'],
  ['gradlew', './gradlew check'],
  ['*.sln', 'dotnet test'],
  ['*.csproj', 'dotnet test'],
];

async function buildFileCheck(context: TemplateContext): Promise<CheckCommand | null> {
  const files = await context.files.list('.');
  for (const [file, command] of buildFiles) {
    const found = files.find((name) => (file.startsWith('*') ? name.endsWith(file.slice(1)) : name === file));
    if (found !== undefined) return { command, why: `there is ${found}` };
  }
  return null;
}

/** The script `test` of `package.json`, after the packages are installed as the lock file says. */
async function nodeCheck(context: TemplateContext): Promise<CheckCommand | null> {
  const content = await textOf(context, 'package.json');
  if (content === null || !hasTests(content)) return null;
  const why = 'package.json has a script "test"';
  for (const [lock, command] of nodeLocks) {
    if ((await context.files.stat(lock)) !== null) return { command, why: `${why}, and there is ${lock}` };
  }
  return { command: 'npm install --no-save --no-package-lock && npm test', why };
}

const nodeLocks: readonly (readonly [lock: string, command: string])[] = [
  ['package-lock.json', 'npm ci && npm test'],
  ['npm-shrinkwrap.json', 'npm ci && npm test'],
  ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile && pnpm test'],
  ['yarn.lock', 'yarn install --frozen-lockfile && yarn test'],
];

/** What `npm init` writes there tests nothing. */
function hasTests(content: string): boolean {
  const value = jsonOf(content);
  const test = fieldOf(fieldOf(value, 'scripts'), 'test');
  return typeof test === 'string' && !/no test specified/.test(test);
}
