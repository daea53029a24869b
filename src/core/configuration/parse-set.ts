import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isStepId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import { parseValueText } from '../parameters/parse-value-text.ts';

/** One `--set STEP.KEY=VALUE`. */
export interface SetValue {
  readonly step: string;
  /** The key, and the keys inside it. */
  readonly path: readonly [string, ...string[]];
  /** The value as YAML or JSON has it; the text itself where it is neither. A template. */
  readonly value: Json;
  /** The text behind the equals sign: what a key that takes text gets. */
  readonly text: string;
}

/** Reads a `--set`. Dots after the step's id lead into maps: `deploy.headers.accept=text/html`. */
export function parseSet(argument: string): Result<SetValue, Diagnostic> {
  const equals = argument.indexOf('=');
  if (equals === -1) return err(refuse(argument, 'has no equals sign'));
  const [step, key, ...inner] = argument.slice(0, equals).split('.');
  if (step === undefined || !isStepId(step)) return err(refuse(argument, 'does not begin with the id of a step'));
  if (key === undefined || key === '' || inner.includes('')) return err(refuse(argument, 'names no key'));
  const reserved = [key, ...inner].find((part) => ['__proto__', 'constructor', 'prototype'].includes(part));
  if (reserved !== undefined) return err(refuse(argument, `uses the reserved key \`${reserved}\``));
  const text = argument.slice(equals + 1);
  return ok({ step, path: [key, ...inner], value: parseSetText(text), text });
}

function refuse(argument: string, why: string): Diagnostic {
  const shown = argument.includes('=') ? `${argument.slice(0, argument.indexOf('='))}=…` : argument;
  const message = `\`--set ${shown}\` ${why}.`;
  return { code: 'command', severity: 'error', message, hint: 'Write it as `--set STEP.KEY=VALUE`.' };
}

const scalar = /^(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** `{version}` and `{{ … }}` are text, though YAML would make maps of them. */
function parseSetText(text: string): Json {
  const isStructure = /^\s*(?:\[|\{(?!\{)(?:\s*\}|[^}]*:))/.test(text) || /^(?:"[\s\S]*"|'[\s\S]*')$/.test(text);
  if (!isStructure && !scalar.test(text)) return text;
  const parsed = parseValueText(text);
  return parsed.ok ? parsed.value : text;
}
