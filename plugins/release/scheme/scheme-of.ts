import { calverScheme } from './calver/calver.ts';
import { partsScheme } from './parts/parts.ts';
import { patternScheme } from './pattern/pattern.ts';
import { pep440Scheme } from './pep440/pep440.ts';
import { ok, type Result } from './result.ts';
import { semverScheme } from './semver/semver.ts';
import type { SchemeConfig, VersionScheme } from './version-scheme.ts';

/** The scheme that a configuration describes; the error is one sentence that says what to correct in it. */
export async function schemeOf(config: SchemeConfig): Promise<Result<VersionScheme, string>> {
  switch (config.scheme) {
    case 'semver':
      return ok(semverScheme);
    case 'pep440':
      return ok(pep440Scheme);
    case 'calver':
      return calverScheme(config.format);
    case 'parts':
      return partsScheme(config);
    case 'pattern':
      return patternScheme(config);
  }
}
