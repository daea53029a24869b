import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { integerAt, itemAt, mapAt, mapsAt, textAt } from './sarif-node.ts';

export interface SarifPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Bases that stand on one another; a circle ends here. */
const mostBases = 8;

/** Where a result points first; `root` is the absolute path of the workspace, with `/`. */
export function placeOf(result: JsonMap, run: JsonMap, root: string): SarifPlace {
  const physical = mapAt(mapsAt(result, 'locations')[0] ?? {}, 'physicalLocation');
  const artifact = artifactOf(mapAt(physical, 'artifactLocation'), run);
  const file = fileOf(artifact, mapAt(run, 'originalUriBaseIds'), root);
  const region = mapAt(physical, 'region');
  const line = integerAt(region, 'startLine', 1);
  const column = integerAt(region, 'startColumn', 1);
  return {
    ...(file === null ? {} : { file }),
    ...(file === null || line === null ? {} : { line }),
    ...(file === null || line === null || column === null ? {} : { column }),
  };
}

/** A place without an address names a file of the run's list. */
function artifactOf(location: JsonMap, run: JsonMap): JsonMap {
  if (textAt(location, 'uri') !== null) return location;
  return mapAt(itemAt(run, 'artifacts', integerAt(location, 'index', 0)), 'location');
}

function fileOf(artifact: JsonMap, bases: JsonMap, root: string): string | null {
  const uri = textAt(artifact, 'uri');
  if (uri === null || uri === '') return null;
  if (hasScheme(uri)) return inWorkspace(pathOfUri(uri), root);
  const relative = withoutDots(decoded(uri));
  const base = baseOf(artifact, bases);
  const whole = base === null ? null : inWorkspace(pathOfUri(`${base.replace(/\/*$/, '/')}${uri}`), root);
  // Bases of tools often name a folder of the machine that they ran on: what is relative to it still fits here.
  return whole ?? inWorkspace(relative, root);
}

function baseOf(artifact: JsonMap, bases: JsonMap): string | null {
  let path = '';
  let id = textAt(artifact, 'uriBaseId');
  for (let depth = 0; id !== null && depth < mostBases; depth++) {
    const base = mapAt(bases, id);
    const uri = textAt(base, 'uri');
    if (uri === null) return path === '' ? null : path;
    path = `${uri.replace(/\/*$/, '/')}${path}`;
    if (hasScheme(uri)) return path;
    id = textAt(base, 'uriBaseId');
  }
  return path === '' ? null : path;
}

/** An absolute path of a `file:` address, a relative path as it is; `null` for what lies on no disk. */
function pathOfUri(uri: string): string | null {
  if (!hasScheme(uri)) return withoutDots(decoded(uri));
  const path = /^file:(?:\/\/(?:localhost)?)?(\/[^?#]*)/i.exec(uri)?.[1];
  if (path === undefined) return null;
  return withoutDots(decoded(path)).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

function inWorkspace(path: string | null, root: string): string | null {
  if (path === null) return null;
  if (!path.startsWith('/') && !/^[A-Za-z]:\//.test(path))
    return path === '' || /^\.\.(?:\/|$)/.test(path) ? null : path;
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null;
}

function hasScheme(uri: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:/.test(uri);
}

function decoded(uri: string): string {
  const path = uri.replaceAll('\\', '/');
  try {
    return decodeURIComponent(path);
  } catch {
    // Tools that do not encode write a `%` as it is.
    return path;
  }
}

/** `a/./b/../c` is `a/c`. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
