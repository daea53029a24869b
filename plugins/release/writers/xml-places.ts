import { absent, elsewhere, firstOf, found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';
import { readXml, type XmlEvent } from './xml-document.ts';

/** Where a value stands: elements by local names, then perhaps an attribute. */
interface XmlPath {
  readonly names: readonly string[];
  readonly attribute: string | null;
  /** `//a/b`: wherever the elements stand. */
  readonly isAnywhere: boolean;
}

/** Finds the text of an element, or the value of an attribute. */
export function findInXml(target: SettledTarget, content: string): Search {
  const events = [...readXml(content)];
  return firstOf(target.path, target.keys, (key) => {
    const path = parseXmlPath(key);
    if (path === null) {
      return refused(`the key \`${key}\` cannot be read: write \`project/version\`, \`//Version\` or \`a/b/@name\``);
    }
    return searchFor(target, key, path, events, content);
  });
}

function parseXmlPath(key: string): XmlPath | null {
  const isAnywhere = key.startsWith('//');
  const steps = key.replace(/^\/\/?/, '').split('/');
  const last = steps.at(-1) ?? '';
  const attribute = last.startsWith('@') ? last.slice(1) : null;
  const names = attribute === null ? steps : steps.slice(0, -1);
  if (names.length === 0 || [...names, attribute ?? 'none'].some((name) => !/^[^\s@/<>"'=]+$/.test(name))) return null;
  return { names, attribute, isAnywhere };
}

/** An element that is being read. */
interface OpenElement {
  readonly name: string;
  /** The runs of text right in it; `null` where nobody asks for them. */
  runs: Run[] | null;
  hasElements: boolean;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

function searchFor(
  target: SettledTarget,
  key: string,
  path: XmlPath,
  events: readonly XmlEvent[],
  content: string,
): Search {
  const places: (TextPlace | null)[] = [];
  const open: OpenElement[] = [];
  for (const event of events) {
    switch (event.kind) {
      case 'text':
        open.at(-1)?.runs?.push(event);
        break;
      case 'opened':
        openElement(open, event.name);
        if (!isAtPath(open, path)) break;
        if (path.attribute === null) askForText(open);
        for (const attribute of event.attributes) {
          if (attribute.name === path.attribute) places.push(placeAt(attribute, content));
        }
        break;
      case 'closed': {
        const element = open.pop();
        if (element?.runs) places.push(element.hasElements ? null : onlyText(element.runs, content));
        break;
      }
    }
  }
  if (places.length === 0) return absent(`${target.path} has no \`${key}\``);
  const texts = places.filter((place) => place !== null);
  if (texts.length < places.length) return refused(`\`${key}\` in ${target.path} must be one text and nothing else`);
  return reference(target, key, texts) ?? found(texts, `places of \`${key}\``);
}

function openElement(open: OpenElement[], name: string): void {
  const parent = open.at(-1);
  if (parent !== undefined) parent.hasElements = true;
  open.push({ name, runs: null, hasElements: false });
}

function askForText(open: readonly OpenElement[]): void {
  const element = open.at(-1);
  if (element !== undefined) element.runs = [];
}

function isAtPath(open: readonly OpenElement[], path: XmlPath): boolean {
  const { names } = path;
  if (path.isAnywhere ? open.length < names.length : open.length !== names.length) return false;
  return names.every((name, at) => open[open.length - names.length + at]?.name === name);
}

function onlyText(runs: readonly Run[], content: string): TextPlace | null {
  const filled = runs.map((run) => placeAt(run, content)).filter((place) => place.text !== '');
  return filled.length === 1 ? (filled[0] ?? null) : null;
}

/** Without the blanks around it. */
function placeAt(run: Run, content: string): TextPlace {
  const raw = content.slice(run.start, run.end);
  const text = raw.trim();
  const start = run.start + raw.length - raw.trimStart().length;
  return { start, end: start + text.length, text };
}

function reference(target: SettledTarget, key: string, places: readonly TextPlace[]): Search | null {
  for (const { text } of places) {
    const property = /[$@]\{([^{}]*)\}|\$\(([^()]*)\)/.exec(text);
    if (property !== null) {
      const name = property[1] ?? property[2] ?? '';
      return elsewhere(
        `\`${key}\` in ${target.path} is put together from the property \`${name}\`: name the place of that property with \`key\``,
      );
    }
    if (text.includes('&')) return refused(`\`${key}\` in ${target.path} has an entity in it: write it as plain text`);
  }
  return null;
}
