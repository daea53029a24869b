import { expect } from 'vitest';
import { findPlaces, readsBack } from '../../../../../plugins/release/writers/find-places.ts';
import { replacePlaces } from '../../../../../plugins/release/writers/text-place.ts';
import type { VersionTarget } from '../../../../../plugins/release/writers/version-target.ts';

/** A document where each place of the version stands between `«` and `»`. */
export interface MarkedCase {
  readonly title: string;
  readonly target: VersionTarget;
  readonly marked: string;
}

interface Variant {
  readonly name: string;
  readonly apply: (text: string) => string;
}

const variants: readonly Variant[] = [
  { name: 'as it stands', apply: (text) => text },
  { name: 'with CRLF', apply: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'with CR', apply: (text) => text.replaceAll('\n', '\r') },
  { name: 'with a byte order mark', apply: (text) => `\uFEFF${text}` },
  { name: 'without an end of the last line', apply: (text) => text.replace(/\n$/, '') },
];

/** The case in every kind of line ends, with a byte order mark, and without an end of the last line. */
export function inAllForms(cases: readonly MarkedCase[]): readonly (MarkedCase & { readonly form: string })[] {
  return cases.flatMap((each) =>
    variants.map(({ name, apply }) => ({ ...each, marked: apply(each.marked), form: name })),
  );
}

export function withoutMarks(marked: string): string {
  return marked.replaceAll(/[«»]/g, '');
}

/** Writes the version at the marked places and nowhere else, and reads it back. */
export async function expectWrites({ target, marked }: MarkedCase, version: string): Promise<void> {
  const expected = marked.replaceAll(/«[^»]*»/g, () => version);
  expect(await written(target, withoutMarks(marked), version)).toBe(expected);
  expect(await readsBack(target, expected, version)).toBe(true);
  expect(await readsBack(target, expected, `${version}9`)).toBe(false);
}

/** The content with the version in it, or the sentence that refuses. */
export async function written(target: VersionTarget, content: string, version: string): Promise<string> {
  const found = await findPlaces(target, content);
  if (found.kind === 'refused') return found.message;
  return replacePlaces(content, found.places, version);
}

/** The texts that stand at the places, or the sentence that refuses. */
export async function textsAt(target: VersionTarget, content: string): Promise<readonly string[] | string> {
  const found = await findPlaces(target, content);
  return found.kind === 'refused' ? found.message : found.places.map((place) => place.text);
}
