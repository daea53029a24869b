import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isJsonMap, type Json, type JsonMap } from '../../src/core/model/json.ts';
import { code, page, table } from './markdown.ts';

/** Inputs and outputs of the action, from its manifest. */
export function actionPage(manifestPath: URL): string {
  const manifest: Json = parse(readFileSync(manifestPath, 'utf8'));
  if (!isJsonMap(manifest)) throw new Error('action.yml must hold a map');
  const inputs = entriesOf(manifest, 'inputs').map(([name, input]) => [
    code(name),
    fallbackOf(input),
    descriptionOf(input),
  ]);
  const outputs = entriesOf(manifest, 'outputs').map(([name, output]) => [code(name), descriptionOf(output)]);
  return page('The action', 'action.yml', [
    descriptionOf(manifest),
    'How to call it: [the guide](../guide/github-action.md).',
    '## Inputs',
    table(['input', 'default', 'meaning'], inputs),
    '## Outputs',
    table(['output', 'meaning'], outputs),
  ]);
}

function entriesOf(manifest: JsonMap, key: string): readonly (readonly [string, JsonMap])[] {
  const map = manifest[key];
  if (!isJsonMap(map)) throw new Error(`action.yml has no ${key}`);
  return Object.entries(map).map(([name, value]) => [name, isJsonMap(value) ? value : {}]);
}

function fallbackOf(input: JsonMap): string {
  if (input.required === true) return 'required';
  return typeof input.default === 'string' && input.default !== '' ? code(input.default) : '';
}

function descriptionOf({ description }: JsonMap): string {
  if (typeof description !== 'string') throw new Error('everything in action.yml has a description');
  return description;
}
