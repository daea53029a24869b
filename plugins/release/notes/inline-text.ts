import type { HostLinks } from './host-links.ts';

/**
 * Words of outsiders as one line of Markdown that stays inside its list item: HTML is inert, a lone backtick opens
 * nothing, the beginning is no block of its own. Numbers of issues become links where the host is known. A name after
 * `@` is set as code: `@types/node` is nobody's name, and notes that a platform shows must not call people.
 */
export function inlineText(text: string, links: HostLinks | null): string {
  const line = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
  const parts = codeParts(line).map((part) => (part.code ? withoutComments(part.text) : plainText(part.text, links)));
  return inertStart(parts.join(''));
}

/** A scope inside bold print. */
export function inlineScope(scope: string): string {
  return scope.replace(/[*_`\\[\]]/g, '\\$&').replace(/</g, '&lt;');
}

interface Part {
  readonly code: boolean;
  readonly text: string;
}

/** Code spans and what stands between them; backticks that no others close are escaped text. */
function codeParts(line: string): readonly Part[] {
  const runs = [...line.matchAll(/`+/g)];
  const parts: Part[] = [];
  // Where each length of run stands for the last time: without it a line of backticks would be searched again and again.
  const last = new Map(runs.map((run) => [run[0].length, run.index]));
  let from = 0;
  for (let at = 0; at < runs.length; at++) {
    const open = runs[at];
    if (!open || open.index < from) continue;
    const length = open[0].length;
    parts.push({ code: false, text: line.slice(from, open.index) });
    from = open.index + length;
    const close =
      (last.get(length) ?? -1) > open.index
        ? runs.find((run) => run.index > open.index && run[0].length === length)
        : undefined;
    if (!close) {
      parts.push({ code: true, text: '\\`'.repeat(length) });
      continue;
    }
    from = close.index + length;
    parts.push({ code: true, text: line.slice(open.index, from) });
  }
  return [...parts, { code: false, text: line.slice(from) }];
}

/** In code too: readers of Markdown that go by lines take it for the beginning of a comment. */
function withoutComments(text: string): string {
  return text.replaceAll('<!--', '&lt;!--');
}

const special =
  /https?:\/\/[^\s<>`]+|<(?=[A-Za-z/!?])|(?<![\w./@-])@[A-Za-z0-9](?:[\w.-]*\w)?(?:\/[\w.-]*\w)?|(?<![\w./#&-])(?:([\w.-]+\/[\w.-]+)?#|GH-)(\d{1,10})(?!\w)/g;

function plainText(text: string, links: HostLinks | null): string {
  return text.replace(special, (found: string, repository: string | undefined, number: string | undefined) => {
    if (found === '<') return '&lt;';
    if (found.startsWith('@')) return `\`${found}\``;
    if (number === undefined || links === null) return found;
    return `[${found}](${links.issue(number, repository ?? null)})`;
  });
}

/** An item that begins like a list, a heading, a quotation or a definition would be one. */
export function inertStart(text: string): string {
  const number = /^(\d{1,9})([.)])(?=\s|$)/.exec(text);
  if (number) return `${number[1]}\\${text.slice(number[1]?.length)}`;
  const opensBlock =
    /^(?:[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|~{3}|[-*_=]{2,}\s*$|(?:[-*_]\s*){3,}$|\[[ xX]\](?:\s|$)|\[[^\]]*\]:|\|)/.test(
      text,
    );
  return opensBlock ? `\\${text}` : text;
}
