import type { Json } from '../../model/json.ts';
import type { Place } from '../workflow-source.ts';
import type { Report } from './report.ts';

/** Names that a process cannot get: POSIX has letters, digits and underscores, no digit first. */
export function checkEnvNames(
  env: { readonly [name: string]: Json },
  placeOf: (name: string) => Place,
  report: Report,
): void {
  for (const name of Object.keys(env)) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) continue;
    const message = `\`${name}\` is no name of an environment variable`;
    const hint = 'names have letters, digits and underscores, and no digit first';
    report.add(placeOf(name), { code: 'value', message, hint });
  }
}
