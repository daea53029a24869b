import { isJsonList, isJsonMap, type Json } from '../../../src/plugin-api/index.ts';

const plainText = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
const otherTypes = /^(?:true|false|null|yes|no|on|off)$/i;

/**
 * A value in one line of YAML, as people would write it. It means itself: texts that could be read as something else
 * stand in quotes, and what looks like an expression of the language is none. Names in a repository are not code.
 */
export function yamlText(value: Json): string {
  return yamlLine(literal(value));
}

/** The same for what somebody answered, who may have meant an expression. */
export function yamlTemplate(value: Json): string {
  return yamlLine(value);
}

function literal(value: Json): Json {
  if (isJsonList(value)) return value.map(literal);
  if (isJsonMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
  return typeof value === 'string' ? value.replace(/\$\{|\{\{/g, '\\$&') : value;
}

function yamlLine(value: Json): string {
  if (isJsonList(value)) return `[${value.map(yamlLine).join(', ')}]`;
  if (isJsonMap(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${yamlLine(key)}: ${yamlLine(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  return plainText.test(value) && !otherTypes.test(value) ? value : JSON.stringify(value);
}

/** A comment of one line for each line of the text. */
export function comment(text: string, indent = ''): readonly string[] {
  return text.split('\n').map((line) => `${indent}# ${line}`.trimEnd());
}

/** The lines of a script as the value of a key, literally. */
export function scriptLines(key: string, script: string, indent: string): readonly string[] {
  const lines = script.trim().split(/\r\n|[\r\n]/);
  return [`${indent}${key}: |`, ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`))];
}

/** An expression of the language, as a value. */
export function expression(code: string): string {
  return `\${{ ${code} }}`;
}
