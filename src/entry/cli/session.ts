import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { findWorkspace } from '../../adapters/node-files/find-workspace.ts';
import { renderDiagnostic } from '../../adapters/terminal/code-frame.ts';
import { type Palette, paletteOf } from '../../adapters/terminal/palette.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { type BuiltPlatform, buildPlatform, defaultStateFolder } from '../build-platform.ts';
import { type Host, UsageError } from './host.ts';
import type { ParsedArguments } from './option.ts';

/** One invocation of a command: its arguments, and the platform, which is built when it is first needed. */
export class Session {
  readonly host: Host;
  readonly args: ParsedArguments;
  readonly palette: Palette;
  #built: BuiltPlatform | null = null;

  constructor(host: Host, args: ParsedArguments) {
    this.host = host;
    this.args = args;
    this.palette = paletteOf(host.colour && !args.flags.has('no-color'));
  }

  get built(): BuiltPlatform {
    if (this.#built) return this.#built;
    const { env, cwd } = this.host;
    const workspace = findWorkspace({ option: this.value('workspace') ?? null, env, cwd });
    if (!workspace.ok) throw new UsageError(workspace.error);
    const state = this.value('state-dir');
    const config = this.value('config');
    this.#built = buildPlatform({
      workspace: workspace.value,
      stateFolder: state === undefined ? defaultStateFolder(workspace.value, env) : resolve(cwd, state),
      configFile: config === undefined ? null : this.inWorkspace(config, workspace.value),
      env,
      github: null,
    });
    return this.#built;
  }

  get platform() {
    return this.built.platform;
  }

  get wantsJson(): boolean {
    return this.args.flags.has('json');
  }

  value(name: string): string | undefined {
    return this.args.values.get(name)?.at(-1);
  }

  /** Ids of an option that chooses steps: where it names none (an empty variable), all would run that nobody meant. */
  choice(name: string): readonly string[] {
    const ids = this.list(name);
    if (ids.length > 0 || !this.args.values.has(name)) return ids;
    throw new UsageError(`--${name} names no step`, 'leave it out to run all of them');
  }

  /** Values of an option that takes ids separated by commas and may be given more than once. */
  list(name: string): readonly string[] {
    const texts = this.args.values.get(name) ?? [];
    return texts
      .flatMap((text) => text.split(','))
      .map((id) => id.trim())
      .filter((id) => id !== '');
  }

  positional(index: number): string {
    const value = this.args.positionals[index];
    if (value === undefined) throw new UsageError('an argument is missing');
    return value;
  }

  /** The workflow that an argument names: a path is relative to the current folder, a name stays a name. */
  reference(argument: string): string {
    const looksLikeFile = /[\\/]/.test(argument) || /\.(?:ya?ml|json)$/.test(argument);
    return looksLikeFile ? this.inWorkspace(argument, this.platform.workspace) : argument;
  }

  /** Relative to the workspace where it lies inside, else absolute. */
  inWorkspace(path: string, workspace: string): string {
    const absolute = resolve(this.host.cwd, path);
    const inside = relative(workspace, absolute);
    return inside === '' || inside.startsWith('..') ? absolute : inside.replaceAll('\\', '/');
  }

  /** A file that the command line names. */
  readFile(path: string, option: string): string {
    try {
      return readFileSync(resolve(this.host.cwd, path), 'utf8');
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      throw new UsageError(`${option}: the file ${path} cannot be read (${reason})`);
    }
  }

  printJson(value: unknown): void {
    this.host.out(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Diagnostics for people, with the lines they speak of. */
  report(diagnostics: readonly Diagnostic[]): void {
    const texts = new Map<string, string | null>();
    const sourceOf = (file: string) => {
      if (!texts.has(file)) texts.set(file, this.#sourceText(file));
      return texts.get(file) ?? null;
    };
    const { masker } = this.platform;
    for (const diagnostic of diagnostics) {
      this.host.err(`${masker.mask(renderDiagnostic(diagnostic, sourceOf, this.palette))}\n`);
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
    if (diagnostics.length > 1) this.host.err(`${count(errors, 'error')}, ${count(warnings, 'warning')}\n`);
  }

  async close(): Promise<void> {
    await this.#built?.close();
  }

  #sourceText(file: string): string | null {
    try {
      return readFileSync(resolve(this.platform.workspace, file), 'utf8');
    } catch {
      // The diagnostic stands without its line: its file may be what is missing.
      return null;
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
