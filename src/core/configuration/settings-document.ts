import type { DiagnosticCode } from '../diagnostic/codes.ts';
import { type Diagnostic, inFileOrder } from '../diagnostic/diagnostic.ts';
import { formatPath, locate } from '../document/document-path.ts';
import { readDocument } from '../document/read-document.ts';
import type { Source } from '../document/source.ts';
import type { SourceNode } from '../document/source-node.ts';
import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import { nodeValue } from '../parameters/parse-value-text.ts';
import { checkValue } from '../schema/check-value.ts';
import type { SchemaFault } from '../schema/schema-fault.ts';
import { asSentence } from '../schema/sentence.ts';

export type SettingsPath = readonly (string | number)[];

/** Reports against the file; `isKey`: the culprit is the key at the end of the path. */
export interface SettingsFault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly isKey?: boolean;
  readonly severity?: Diagnostic['severity'];
}

/**
 * A configuration file that was read: its value, and where each part of it stands. The same kinds of error as in a
 * definition: syntax, duplicate keys, unknown keys with the nearest known one.
 */
export class SettingsDocument {
  readonly source: Source;
  /** An empty file is an empty map; `null` where the file cannot be used. */
  readonly value: JsonMap | null;
  readonly #root: SourceNode | null;
  readonly #diagnostics: Diagnostic[];

  constructor(text: string, file: string) {
    const { root, source, diagnostics } = readDocument(text, file);
    this.source = source;
    this.#root = root;
    this.#diagnostics = [...diagnostics];
    this.value = this.#mapOf(root);
  }

  /** In file order. */
  get diagnostics(): readonly Diagnostic[] {
    return inFileOrder(this.#diagnostics);
  }

  report(path: SettingsPath, fault: SettingsFault): void {
    this.#diagnostics.push(this.diagnosticAt(path, fault));
  }

  diagnosticAt(path: SettingsPath, { code, message, hint, isKey, severity }: SettingsFault): Diagnostic {
    const place = this.#root && locate(this.#root, path);
    const span = place && (isKey && place.entry ? this.source.keySpan(place.entry) : this.source.span(place.node));
    return {
      code,
      severity: severity ?? 'error',
      message,
      ...(span && { span }),
      path: formatPath(path),
      ...(hint !== undefined && { hint: asSentence(hint) }),
    };
  }

  /** Reports what does not fit; true where all does. `x-` keys of the language's own maps and `$schema` mean nothing. */
  check(schema: JsonSchema, value: Json, path: SettingsPath): boolean {
    const faults = checkValue(schema, value).filter((fault) => !isIgnoredKey(fault));
    for (const fault of faults) {
      const at = [...path, ...fault.path];
      const subject = fault.isKey || fault.keyword === 'required' ? '' : `\`${formatPath(at)}\` `;
      const hint = fault.hint === undefined ? {} : { hint: fault.hint };
      this.report(at, {
        code: codeOf(fault.keyword),
        message: asSentence(`${subject}${fault.message}`),
        isKey: fault.isKey ?? false,
        ...hint,
      });
    }
    return faults.length === 0;
  }

  #mapOf(root: SourceNode | null): JsonMap | null {
    if (root === null) return this.#diagnostics.some(({ severity }) => severity === 'error') ? null : {};
    const value = nodeValue(root);
    if (value === null) return {};
    if (isJsonMap(value)) return value;
    this.report([], { code: 'type', message: 'The file must hold a map of settings.' });
    return null;
  }
}

function isIgnoredKey({ path, keyword }: SchemaFault): boolean {
  const key = path.at(-1);
  if (keyword !== 'additionalProperties' || typeof key !== 'string') return false;
  return key.startsWith('x-') || (key === '$schema' && path.length === 1);
}

function codeOf(keyword: string): DiagnosticCode {
  switch (keyword) {
    case 'additionalProperties':
      return 'unknown-key';
    case 'required':
      return 'missing-key';
    case 'type':
      return 'type';
    default:
      return 'value';
  }
}
