import { draftOf } from '../../../../src/core/document/draft.ts';
import { readDocument } from '../../../../src/core/document/read-document.ts';

/** What a text says as plain data, and the codes with the places of what is wrong with it. */
export function readPlain(
  text: string,
  file = 'x.yml',
): { readonly value: unknown; readonly faults: readonly string[] } {
  const { root, diagnostics } = readDocument(text, file);
  return {
    value: root === null ? undefined : JSON.parse(JSON.stringify(draftOf(root))),
    faults: diagnostics.map(({ code, span }) => `${code} ${span?.start.line}:${span?.start.column}`),
  };
}
