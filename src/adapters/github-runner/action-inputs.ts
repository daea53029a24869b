import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { parseValueText } from '../../core/parameters/parse-value-text.ts';
import type { RunnerEnvironment } from './runner-files.ts';

/** The inputs of the action (action.yml), read and checked. `null` and empty lists: not given. */
export interface ActionInputs {
  /** A path, or a name of the workflow folders. */
  readonly workflow: string;
  readonly parameters: JsonMap;
  readonly task: JsonMap | null;
  readonly mode: 'run' | 'plan' | 'validate';
  readonly config: string | null;
  readonly only: readonly string[];
  readonly from: readonly string[];
  readonly skip: readonly string[];
  readonly maxParallel: number | null;
  /** The input `secrets`, and `github-token` as `GITHUB_TOKEN` where they name none of their own. */
  readonly secrets: { readonly [name: string]: string };
  readonly summary: 'full' | 'compact' | 'off';
  readonly failOn: 'failed' | 'partial';
  /** Relative to the checkout. */
  readonly workingDirectory: string | null;
}

/** Reads all inputs, or says everything that is wrong with them at once. Never repeats the value of `secrets`. */
export function readActionInputs(env: RunnerEnvironment): Result<ActionInputs, readonly Diagnostic[]> {
  const reader = new InputReader(env);
  const inputs: ActionInputs = {
    workflow: reader.required('workflow'),
    parameters: reader.map('parameters') ?? {},
    task: reader.map('task'),
    mode: reader.oneOf('mode', ['run', 'plan', 'validate'], 'run'),
    config: reader.text('config'),
    only: reader.list('only'),
    from: reader.list('from'),
    skip: reader.list('skip'),
    maxParallel: reader.positiveInteger('max-parallel'),
    secrets: { ...tokenSecret(reader), ...reader.secrets('secrets') },
    summary: reader.oneOf('summary', ['full', 'compact', 'off'], 'full'),
    failOn: reader.oneOf('fail-on', ['failed', 'partial'], 'failed'),
    workingDirectory: reader.text('working-directory'),
  };
  return reader.diagnostics.length === 0 ? ok(inputs) : err(reader.diagnostics);
}

/**
 * The values of the inputs `secrets` and `github-token`, to be masked before anything else is printed; those that
 * cannot be read are left out.
 */
export function secretValues(env: RunnerEnvironment): readonly string[] {
  const reader = new InputReader(env);
  return [...Object.values(tokenSecret(reader)), ...Object.values(reader.secrets('secrets'))];
}

function tokenSecret(reader: InputReader): { readonly [name: string]: string } {
  const token = reader.text('github-token');
  return token === null ? {} : { GITHUB_TOKEN: token };
}

class InputReader {
  readonly #env: RunnerEnvironment;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(env: RunnerEnvironment) {
    this.#env = env;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** `null` where it is absent or blank: the runner gives both as empty text. */
  text(name: string): string | null {
    const value = (this.#env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim();
    return value === '' ? null : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === null) this.#refuse(name, 'is missing', `Add \`${name}:\` under \`with:\`.`);
    return value ?? '';
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.text(name);
    if (value === null) return otherwise;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) this.#refuse(name, `is \`${value}\``, `Give one of: ${choices.join(', ')}.`);
    return choice ?? otherwise;
  }

  /** Separated by commas, spaces or line ends. */
  list(name: string): readonly string[] {
    return (this.text(name) ?? '').split(/[\s,]+/).filter((item) => item !== '');
  }

  positiveInteger(name: string): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const number = Number(value);
    if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number > 0) return number;
    this.#refuse(name, `is \`${value}\``, 'Give an integer of 1 or more.');
    return null;
  }

  /** YAML or JSON. */
  map(name: string): JsonMap | null {
    const value = this.text(name);
    if (value === null) return null;
    const parsed = parseValueText(value);
    if (!parsed.ok) {
      this.#refuse(name, `cannot be read: ${parsed.error.replace(/\.$/, '')}`, 'Give a map as YAML or JSON.');
      return null;
    }
    if (isJsonMap(parsed.value)) return parsed.value;
    this.#refuse(name, `is ${kindOf(parsed.value)}`, 'Give a map as YAML or JSON, one `name: value` a line.');
    return null;
  }

  /** JSON; messages say nothing of what it holds. */
  secrets(name: string): { readonly [name: string]: string } {
    const value = this.text(name);
    if (value === null) return {};
    const map = parsedMap(value);
    if (map === null) {
      this.#refuse(name, 'is not a JSON map', 'Give a map of names to texts, for example made with `toJSON`.');
      return {};
    }
    const entries = Object.entries(map);
    const faulty = entries.filter(([, secret]) => typeof secret !== 'string').map(([key]) => key);
    if (faulty.length > 0) this.#refuse(name, `holds values that are no texts: ${faulty.join(', ')}`, 'Quote them.');
    const nameless = entries.map(([key]) => key).filter((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key));
    if (nameless.length > 0) {
      this.#refuse(name, `holds names that no environment takes: ${nameless.join(', ')}`, 'Use letters, digits and _.');
    }
    return Object.fromEntries(entries.flatMap(([key, secret]) => (typeof secret === 'string' ? [[key, secret]] : [])));
  }

  #refuse(name: string, what: string, hint: string): void {
    this.#diagnostics.push({ code: 'command', severity: 'error', message: `The input \`${name}\` ${what}.`, hint });
  }
}

function parsedMap(text: string): JsonMap | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonMap(value) ? value : null;
  } catch {
    // The parser's own message repeats a piece of the text, which is secret.
    return null;
  }
}

function kindOf(value: Json): string {
  if (value === null) return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
