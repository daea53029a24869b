import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { MalformedDocument } from '../../writers/malformed-document.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { readXml } from '../../writers/xml-document.ts';
import { textOf } from './file-text.ts';

/** Builds have hundreds of modules at most; one that names itself among its modules has no end. */
const mostModules = 500;

/** What a `pom.xml` says of itself and of others. */
interface Pom {
  readonly path: string;
  readonly artifact: string | null;
  /** The parent's where it gives none. */
  readonly group: string | null;
  readonly parent: { readonly artifact: string | null; readonly group: string | null } | null;
  readonly modules: readonly string[];
}

/**
 * Places in the modules of a Maven build, those of modules included, where the version of the whole may stand: as that of
 * their parent, without which Maven does not find it, and as their own.
 */
export async function mavenPlaces(context: TemplateContext, path: string): Promise<readonly VersionTarget[]> {
  const poms: Pom[] = [];
  const seen = new Set([path]);
  for (const file of seen) {
    const pom = readPom(file, (await textOf(context, file)) ?? '');
    poms.push(pom);
    for (const module of pom.modules) {
      const named = posix.join(posix.dirname(file), module);
      const place = named.endsWith('.xml') ? named : posix.join(named, 'pom.xml');
      if (seen.size < mostModules && !place.startsWith('../')) seen.add(place);
    }
  }
  const isOwn = (parent: Pom['parent']) =>
    poms.some(({ artifact, group }) => artifact === parent?.artifact && group === parent?.group);
  return poms
    .slice(1)
    .flatMap(({ path: file, parent }) => [
      ...(parent !== null && isOwn(parent) ? [{ path: file, key: '/project/parent/version' }] : []),
      { path: file, key: '/project/version' },
    ]);
}

/** Nothing of a document that nobody can read. */
function readPom(path: string, content: string): Pom {
  const texts = new Map<string, string[]>();
  const open: string[] = [];
  try {
    for (const event of readXml(content)) {
      if (event.kind === 'opened') open.push(event.name);
      else if (event.kind === 'closed') open.pop();
      else {
        const at = open.join('/');
        texts.set(at, [...(texts.get(at) ?? []), content.slice(event.start, event.end).trim()]);
      }
    }
  } catch (error) {
    if (!(error instanceof MalformedDocument)) throw error;
  }
  const textAt = (place: string) => texts.get(`project/${place}`)?.find((text) => text !== '') ?? null;
  const parentGroup = textAt('parent/groupId');
  return {
    path,
    artifact: textAt('artifactId'),
    group: textAt('groupId') ?? parentGroup,
    parent: [...texts.keys()].some((place) => place.startsWith('project/parent/'))
      ? { artifact: textAt('parent/artifactId'), group: parentGroup }
      : null,
    modules: [...texts].flatMap(([place, found]) =>
      /^project(?:\/profiles\/profile)?\/modules\/module$/.test(place) ? found.filter((text) => text !== '') : [],
    ),
  };
}
