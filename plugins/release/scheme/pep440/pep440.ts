import { defineScheme } from '../define-scheme.ts';
import type { Pep440Version } from '../version.ts';
import type { VersionScheme } from '../version-scheme.ts';
import { comparePep440 } from './compare-pep440.ts';
import { parsePep440 } from './parse-pep440.ts';
import { beginPep440, raisePep440 } from './raise-pep440.ts';

/** The versions of Python packages, PEP 440. Other spellings are read, the normal form is written. */
export const pep440Scheme: VersionScheme = defineScheme<Pep440Version>({
  name: 'pep440',
  title: 'PEP 440',
  increments: ['major', 'minor', 'patch', 'micro', 'release', 'pre', 'post', 'dev'],
  parse: parsePep440,
  compare: comparePep440,
  isPrerelease: (version) => version.pre !== null || version.dev !== null,
  raise: raisePep440,
  begin: beginPep440,
});
