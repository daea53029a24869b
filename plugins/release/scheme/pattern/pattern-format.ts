import { err, ok, type Result } from '../result.ts';
import type { PatternVersion } from '../version.ts';

type Groups = PatternVersion['groups'];

export type FormatPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'group'; readonly name: string; readonly width: number }
  /** Left out where its groups took no part. */
  | { readonly kind: 'section'; readonly pieces: readonly FormatPiece[] };

const lexeme = /\{([A-Za-z_][A-Za-z0-9_]*)(?::0([1-9]))?\}|[^{}[\]]+|[{}[\]]/g;

/** Reads a format such as `{major}.{minor:02}[-{stage}{n}]`; the error is one sentence. */
export function parsePatternFormat(text: string): Result<readonly FormatPiece[], string> {
  const pieces: FormatPiece[] = [];
  let section: FormatPiece[] | null = null;
  for (const match of text.matchAll(lexeme)) {
    const [whole, name, width] = match;
    const target: FormatPiece[] = section ?? pieces;
    if (name !== undefined) target.push({ kind: 'group', name, width: Number(width ?? 1) });
    else if (whole === '[' && section === null) section = [];
    else if (whole === ']' && section !== null) {
      if (groupNames(section).length === 0) return err(`the format \`${text}\` has \`[…]\` with no group in it`);
      pieces.push({ kind: 'section', pieces: section });
      section = null;
    } else if (/^[{}[\]]$/.test(whole)) {
      return err(
        `the format \`${text}\` has a \`${whole}\` that stands alone: write {name}, {name:02} or […] around some`,
      );
    } else target.push({ kind: 'literal', text: whole });
  }
  if (section !== null) return err(`the format \`${text}\` has a \`[\` that is never closed`);
  return ok(pieces);
}

/** Every group that the pieces write, in order. */
export function groupNames(pieces: readonly FormatPiece[]): readonly string[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'group') return [piece.name];
    return piece.kind === 'section' ? groupNames(piece.pieces) : [];
  });
}

/** The groups that come and go together with one, itself included. */
export function sectionOf(pieces: readonly FormatPiece[], name: string): readonly string[] {
  for (const piece of pieces) {
    const names = piece.kind === 'section' ? groupNames(piece.pieces) : [];
    if (names.includes(name)) return names;
  }
  return [name];
}

/** The text of a version; `null` where a group that has to be written took no part. */
export function formatGroups(pieces: readonly FormatPiece[], groups: Groups): string | null {
  const texts = pieces.map((piece) => formatPiece(piece, groups));
  return texts.includes(null) ? null : texts.join('');
}

function formatPiece(piece: FormatPiece, groups: Groups): string | null {
  switch (piece.kind) {
    case 'literal':
      return piece.text;
    case 'group': {
      const value = groups[piece.name] ?? null;
      if (value === null) return null;
      return typeof value === 'number' ? String(value).padStart(piece.width, '0') : value;
    }
    case 'section': {
      const absent = groupNames(piece.pieces).every((name) => (groups[name] ?? null) === null);
      return absent ? '' : formatGroups(piece.pieces, groups);
    }
  }
}
