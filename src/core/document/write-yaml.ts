import { stringify } from 'yaml';
import type { Json } from '../model/json.ts';

/** The value as a YAML document, in blocks; every text reads back as itself. */
export function writeYaml(value: Json): string {
  return stringify(value, { lineWidth: 0 });
}

/** The value in one line, for places that a text is put together around. */
export function yamlLine(value: Json): string {
  // Flow style within one line is JSON but for quotes that nobody needs.
  if (typeof value === 'string') return plainText.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => yamlLine(item)).join(', ')}]`;
  return JSON.stringify(value);
}

const plainText = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_][A-Za-z0-9_./-]*$/i;
