import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { findPlaces } from '../../writers/find-places.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { textOf } from './file-text.ts';

/** A place that says the version of its file in another form: with a fourth number, or the suffix alone. */
export interface OtherForm {
  readonly path: string;
  /** As people call it: `AssemblyVersion`. */
  readonly name: string;
  readonly text: string;
}

const msbuildNames = ['PackageVersion', 'AssemblyVersion', 'FileVersion', 'InformationalVersion', 'VersionSuffix'];

/** Places beside the usual one where a file may say its version once more. */
export function furtherPlaces(path: string): readonly VersionTarget[] {
  if (posix.basename(path) === 'Chart.yaml') return [{ path, key: 'appVersion' }];
  return isMsbuild(path) ? msbuildNames.map((name) => ({ path, key: `/Project/PropertyGroup/${name}` })) : [];
}

/** Of these files, what stands in such places and is none of the targets. What an app calls itself in a chart is its own affair. */
export async function otherForms(
  context: TemplateContext,
  targets: readonly VersionTarget[],
): Promise<readonly OtherForm[]> {
  const found: OtherForm[] = [];
  for (const path of new Set(targets.map((target) => target.path).filter(isMsbuild))) {
    const content = (await textOf(context, path)) ?? '';
    for (const place of furtherPlaces(path)) {
      if (targets.some((target) => target.path === path && target.key === place.key)) continue;
      const search = await findPlaces(place, content);
      if (search.kind === 'refused') continue;
      const texts = search.places.map(({ text }) => text);
      found.push(...texts.map((text) => ({ path, name: posix.basename(place.key ?? ''), text })));
    }
  }
  return found;
}

function isMsbuild(path: string): boolean {
  return /\.(?:cs|fs|vb)proj$|(?:^|\/)Directory\.Build\.props$/.test(path);
}
