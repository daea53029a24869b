import type { Version } from './version.ts';

export const incrementTypes = ['patch', 'minor', 'major', 'feature', 'feature_set', 'build'] as const;
export type IncrementType = (typeof incrementTypes)[number];

export function isIncrementType(text: string): text is IncrementType {
  return incrementTypes.some((type) => type === text);
}

/** The parts that a version of each kind can raise, the most significant first. */
export const partsOf = {
  semver: ['major', 'minor', 'patch'],
  'four-part': ['major', 'feature_set', 'feature', 'patch', 'build'],
} as const;

/** The next version; `null` where a version of this kind has no such part. */
export function raiseVersion(version: Version, part: IncrementType): Version | null {
  switch (version.kind) {
    case 'semver':
      return raiseSemver(version, part);
    case 'four-part':
      return raiseFourPart(version, part);
  }
}

type Semver = Extract<Version, { kind: 'semver' }>;
type FourPart = Extract<Version, { kind: 'four-part' }>;

/**
 * The rules of semantic versioning tools: a pre-release comes before its release, so raising a part that the
 * pre-release was made for gives the release itself (1.2.3-rc.1 + patch = 1.2.3; 2.0.0-rc.1 + major = 2.0.0).
 */
function raiseSemver(version: Semver, part: IncrementType): Semver | null {
  const { major, minor, patch } = version;
  const early = version.prerelease !== '';
  const next = (x: number, y: number, z: number): Semver => ({
    kind: 'semver',
    major: x,
    minor: y,
    patch: z,
    prerelease: '',
    metadata: '',
  });
  switch (part) {
    case 'major':
      return early && minor === 0 && patch === 0 ? next(major, 0, 0) : next(major + 1, 0, 0);
    case 'minor':
      return early && patch === 0 ? next(major, minor, 0) : next(major, minor + 1, 0);
    case 'patch':
      return early ? next(major, minor, patch) : next(major, minor, patch + 1);
    case 'feature':
    case 'feature_set':
    case 'build':
      return null;
  }
}

/** Later parts start again at 0, a build at 1. */
function raiseFourPart(version: FourPart, part: IncrementType): FourPart | null {
  const build = version.build === null ? null : 1;
  switch (part) {
    case 'major':
      return { ...version, major: version.major + 1, featureSet: 0, feature: 0, patch: 0, build };
    case 'feature_set':
      return { ...version, featureSet: version.featureSet + 1, feature: 0, patch: 0, build };
    case 'feature':
      return { ...version, feature: version.feature + 1, patch: 0, build };
    case 'patch':
      return { ...version, patch: version.patch + 1, build };
    case 'build':
      return { ...version, build: (version.build ?? 0) + 1 };
    case 'minor':
      return null;
  }
}
