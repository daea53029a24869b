/** A fenced block of a Markdown page. The words behind its language say what tests do with it. */
export interface Block {
  /** The page, relative to the repository. */
  readonly file: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** First word behind the language: `workflow`, `run`, `snippet` … Empty where there is none. */
  readonly kind: string;
  /** `name=value` and `name="value with blanks"` behind it. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

const fence = /^```(?<language>[A-Za-z]*) *(?:(?<kind>[a-z]+)(?= |$))?(?<rest>.*)$/;

/** The blocks of a page in their order. A fence that is never closed is an error. */
export function blocksOf(file: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly line: number; readonly info: string; readonly lines: string[] } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open === null) {
      if (line.startsWith('```')) open = { line: index + 1, info: line, lines: [] };
    } else if (line === '```') {
      blocks.push(blockOf(file, open.line, open.info, open.lines));
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the block is never closed`);
  return blocks;
}

function blockOf(file: string, line: number, info: string, lines: readonly string[]): Block {
  const { language = '', kind = '', rest = '' } = fence.exec(info)?.groups ?? {};
  const attributes = [...rest.matchAll(/([a-z]+)=(?:"([^"]*)"|(\S+))/g)].map(
    ([, name = '', quoted, plain]): [string, string] => [name, quoted ?? plain ?? ''],
  );
  return { file, line, language, kind, attributes: new Map(attributes), text: `${lines.join('\n')}\n` };
}

/** Words of a command line: blanks separate, quotes keep together. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|((?:[^\s'"]|=(?:'[^']*'|"[^"]*"))+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? (plain ?? '').replace(/=(['"])(.*)\1$/, '=$2'),
  );
}
