import gitPlugin from '../../../../../plugins/git/index.ts';
import type { Finding, JsonMap, Outcome } from '../../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext, type TestContext } from '../../../../rigs/plugin-context.ts';
import { findHandler } from '../../../../rigs/step-driver.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';

/** A repository on the branch `main` with one commit, and whatever a test adds to it. */
export class Review {
  readonly work = new TempFolder({ 'README.md': '# Sample\n' });
  /** The commit that every change of a test starts from. */
  readonly base: string;

  constructor() {
    this.work.git('init', '--quiet', '--initial-branch', 'main');
    this.base = this.commit('feat: a sample');
  }

  commit(message: string, files: { readonly [path: string]: string } = {}): string {
    for (const [path, text] of Object.entries(files)) this.work.write(path, text);
    this.work.git('add', '--all');
    this.work.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.work.git('rev-parse', 'HEAD');
  }

  run(config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
    return runIn(this.work, config, more);
  }

  /** One rule with its options, on the change since `base`; `change` adds to what is known of it. */
  rule(options: JsonMap, change: JsonMap = {}, more: JsonMap = {}): Promise<Outcome> {
    return this.run({ validators: [options], change: { base: this.base, ...change }, ...more });
  }

  remove(): void {
    this.work.remove();
  }
}

/** The handler in any folder, with the real git. */
export function runIn(folder: TempFolder, config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
  return findHandler('project.run_validators').execute(contextIn(folder, config, more));
}

export function contextIn(folder: TempFolder, config: JsonMap, more: ContextOptions = {}): TestContext {
  return pluginContext(folder.path, { config, adapters: gitPlugin.adapters ?? {}, ...more });
}

export function findingsOf(outcome: Outcome): readonly Finding[] {
  return outcome.findings ?? [];
}

/** The findings as `level: message`. */
export function said(outcome: Outcome): readonly string[] {
  return findingsOf(outcome).map(({ level, message }) => `${level}: ${message}`);
}

/** Row of the only validator. */
export function rowOf(outcome: Outcome): JsonMap {
  const outputs = outcome.kind === 'skipped' ? undefined : outcome.outputs;
  const rows = outputs?.results;
  const row = Array.isArray(rows) && rows.length === 1 ? rows[0] : undefined;
  if (row === undefined) throw new Error(`expected one row, got ${JSON.stringify(outcome)}`);
  return row;
}

/** Texts that somebody outside may bring, which are data wherever they go. */
export const hostileTexts = [
  'feat: $(rm -rf .) `touch pwned` ; touch pwned #',
  'feat: ::error file=a,line=1::boo',
  'feat: ##[error]boo',
  'feat: <img src=x onerror=alert(1)> [x](javascript:1) | `` ` ``',
  'feat: ${{ secrets.TOKEN }} {version} %0A%0D',
  'feat: \u202eesrever\u202c and \u200b nothing',
  'feat: תמיכה בעברית',
  'feat: 👩‍👩‍👧‍👦 families and 🚀 rockets',
] as const;
