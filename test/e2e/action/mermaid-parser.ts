import { Window } from 'happy-dom';
import { readMarkdown } from './markdown-page.ts';

/** Reads every diagram of a page with the library that renders them; gives the names of the boxes of each. */
export async function diagramsOf(page: string): Promise<readonly (readonly string[])[]> {
  const mermaid = await library();
  const texts = readMarkdown(page).flatMap((block) =>
    block.kind === 'code' && block.language === 'mermaid' ? [block.text] : [],
  );
  const diagrams: (readonly string[])[] = [];
  for (const text of texts) {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    if (!('getVertices' in db) || typeof db.getVertices !== 'function') throw new Error('the diagram is no flowchart');
    const vertices: ReadonlyMap<string, { readonly text?: string }> = db.getVertices();
    diagrams.push([...vertices.values()].map((vertex) => decoded(vertex.text ?? '')));
  }
  return diagrams;
}

/** The library looks for a page when it is loaded, so the page must be there first. */
async function library(): Promise<typeof import('mermaid')['default']> {
  if (!('document' in globalThis)) {
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document });
  }
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({ startOnLoad: false });
  return mermaid;
}

/** The library marks entity codes with letters of its own until it draws. */
function decoded(label: string): string {
  return label.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
