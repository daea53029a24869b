import { isJsonList, type JsonMap } from '../../../../src/plugin-api/index.ts';
import { mapAt, member, textAt } from './sarif-node.ts';

/**
 * The text of a result's message: its own, or the one that its id names among the messages of the rule and of the
 * tool, with the arguments in their places. `null` where there is none.
 */
export function messageText(message: JsonMap, rule: JsonMap, globalMessages: JsonMap): string | null {
  const id = textAt(message, 'id');
  const template = textAt(message, 'text') ?? (id === null ? null : textOf(id, rule, globalMessages));
  if (template === null || template.trim() === '') return null;
  const given = member(message, 'arguments');
  const filled = isJsonList(given) ? withArguments(template, given.map(String)) : template;
  return withoutLinks(filled).trim();
}

function textOf(id: string, rule: JsonMap, globalMessages: JsonMap): string | null {
  return textAt(mapAt(mapAt(rule, 'messageStrings'), id), 'text') ?? textAt(mapAt(globalMessages, id), 'text');
}

/** `{0}` is the first argument; doubled braces are braces. */
function withArguments(template: string, given: readonly string[]): string {
  return template.replace(/\{\{|\}\}|\{(\d{1,4})\}/g, (sign, index: string | undefined) => {
    if (index === undefined) return sign.slice(1);
    return given[Number(index)] ?? sign;
  });
}

/** `[text](2)` points at another place of the result, which no report here can follow. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^[\]\\]{1,500})\]\(\d{1,6}\)/g, '$1');
}
