import { posix } from 'node:path';
import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { MalformedDocument } from '../../writers/malformed-document.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { readXml } from '../../writers/xml-document.ts';
import { textOf } from './file-text.ts';

/** Builds have hundreds of modules at most; one that names itself among its modules has no end. */
const mostModules = 500;

/**
 * Places in the modules of a Maven build, those of modules included, where the version of the whole may stand: as that of the
 * parent, without which Maven does not find it, and as the module's own.
 */
export async function mavenPlaces(context: TemplateContext, path: string): Promise<readonly VersionTarget[]> {
  const places: VersionTarget[] = [];
  const seen = new Set([path]);
  for (const pom of seen) {
    for (const module of modulesIn((await textOf(context, pom)) ?? '')) {
      const named = posix.join(posix.dirname(pom), module);
      const file = named.endsWith('.xml') ? named : posix.join(named, 'pom.xml');
      if (seen.has(file) || seen.size > mostModules || file.startsWith('../')) continue;
      seen.add(file);
      places.push({ path: file, key: '/project/parent/version' }, { path: file, key: '/project/version' });
    }
  }
  return places;
}

/** Also those of profiles; none in a document that nobody can read. */
function modulesIn(content: string): readonly string[] {
  const modules: string[] = [];
  const open: string[] = [];
  try {
    for (const event of readXml(content)) {
      if (event.kind === 'opened') open.push(event.name);
      else if (event.kind === 'closed') open.pop();
      else if (open.at(-1) === 'module' && open.at(-2) === 'modules') {
        modules.push(content.slice(event.start, event.end).trim());
      }
    }
  } catch (error) {
    if (!(error instanceof MalformedDocument)) throw error;
  }
  return modules.filter((module) => module !== '');
}
