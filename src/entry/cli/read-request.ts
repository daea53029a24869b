import type { RunRequest } from '../../app/run-request.ts';
import { parseSet, type SetValue } from '../../core/configuration/parse-set.ts';
import { isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import { parseValueText } from '../../core/parameters/parse-value-text.ts';
import type { GivenParameter } from '../../core/parameters/settle-parameters.ts';
import { UsageError } from './host.ts';
import type { Session } from './session.ts';

/** What the options of `run`, `plan` and `resume` say. Throws `UsageError` for what cannot be read. */
export function readRequest(session: Session): RunRequest {
  if (session.wantsJson && session.args.flags.has('events')) {
    throw new UsageError('--json and --events exclude each other', 'take one of them');
  }
  const both = session.list('enable').find((id) => session.list('disable').includes(id));
  if (both !== undefined) throw new UsageError(`${both} stands in --enable and in --disable`, 'leave one of them out');
  return {
    parameters: readParameters(session),
    secrets: readSecrets(session),
    env: readEnv(session),
    task: readTask(session),
    set: readSet(session),
    selection: {
      only: session.choice('only'),
      from: session.choice('from'),
      skip: session.list('skip'),
      enable: session.list('enable'),
      disable: session.list('disable'),
    },
    maxParallel: readMaxParallel(session.value('max-parallel')),
    durability: readDurability(session.value('durability')),
  };
}

/** A file gives values as they are; the command line gives texts, which win over the file. */
function readParameters(session: Session): RunRequest['parameters'] {
  const file = session.value('parameters');
  const given = new Map<string, GivenParameter>();
  const map = file === undefined ? {} : readMap(session, file, '--parameters');
  for (const [name, value] of Object.entries(map)) {
    given.set(name, { value, text: false, origin: `--parameters ${file}` });
  }
  for (const pair of session.args.values.get('parameter') ?? []) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`-p ${pair} names no value`, 'write -p NAME=VALUE');
    const name = pair.slice(0, equals);
    given.set(name, { value: pair.slice(equals + 1), text: true, origin: `-p ${name}` });
  }
  for (const { name, value } of session.args.parameters) given.set(name, { value, text: true, origin: `--${name}` });
  return Object.fromEntries(given);
}

/** A token for GitHub in the environment of the command line is the secret `GITHUB_TOKEN`, unless the file has one. */
function readSecrets(session: Session): JsonMap {
  const { GITHUB_TOKEN, GH_TOKEN } = session.host.env;
  const token = GITHUB_TOKEN || GH_TOKEN;
  return { ...(token && { GITHUB_TOKEN: token }), ...readSecretsFile(session) };
}

function readSecretsFile(session: Session): JsonMap {
  const file = session.value('secrets-file');
  if (file === undefined) return {};
  const text = session.readFile(file, '--secrets-file');
  // A map in YAML or JSON has a colon in its first line, or is JSON.
  const isMap = /^\s*(?:\{|(?:#.*\n|\s*\n)*[^=\n]*:\s)/.test(text);
  return isMap ? readMap(session, file, '--secrets-file') : readLines(text, file, '--secrets-file');
}

function readEnv(session: Session): { readonly [name: string]: string } {
  const file = session.value('env-file');
  return file === undefined ? {} : readLines(session.readFile(file, '--env-file'), file, '--env-file');
}

function readTask(session: Session): Json {
  const file = session.value('task');
  return file === undefined ? null : readMap(session, file, '--task');
}

function readSet(session: Session): readonly SetValue[] {
  return (session.args.values.get('set') ?? []).map((argument) => {
    const parsed = parseSet(argument);
    if (!parsed.ok) throw new UsageError(parsed.error.message, parsed.error.hint);
    return parsed.value;
  });
}

function readMap(session: Session, file: string, option: string): JsonMap {
  const parsed = parseValueText(session.readFile(file, option), file.endsWith('.json') ? 'json' : 'yaml');
  if (!parsed.ok) throw new UsageError(`${option}: ${file} cannot be read: ${parsed.error}`);
  if (parsed.value === null) return {};
  if (!isJsonMap(parsed.value)) throw new UsageError(`${option}: ${file} must hold a map of names and values`);
  return parsed.value;
}

/** `NAME=value` lines; comments begin with `#`; a value may stand in quotes. */
function readLines(text: string, file: string, option: string): { readonly [name: string]: string } {
  const values: [string, string][] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/.exec(line);
    if (!match) throw new UsageError(`${option}: line ${index + 1} of ${file} is not NAME=value`);
    const [, name = '', raw = ''] = match;
    const quoted = /^\s*(["'])(.*)\1\s*$/.exec(raw);
    values.push([name, quoted?.[2] ?? raw.trim()]);
  }
  return Object.fromEntries(values);
}

function readMaxParallel(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1) throw new UsageError('--max-parallel must be a whole number of 1 or more');
  return number;
}

function readDurability(text: string | undefined): 'normal' | 'full' {
  if (text === undefined || text === 'normal') return 'normal';
  if (text === 'full') return 'full';
  throw new UsageError(`--durability must be normal or full, not "${text}"`);
}
