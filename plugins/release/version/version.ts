/** Versions that can be read and raised. Numbers have no leading zeros and no more than 15 digits. */
export type Version =
  /** Semantic version: pre-release identifiers and build metadata are empty where there are none. */
  | {
      readonly kind: 'semver';
      readonly major: number;
      readonly minor: number;
      readonly patch: number;
      readonly prerelease: string;
      readonly metadata: string;
    }
  /** `major.feature_set.feature.patch+build`; `build` is `null` where the text has none. */
  | {
      readonly kind: 'four-part';
      readonly major: number;
      readonly featureSet: number;
      readonly feature: number;
      readonly patch: number;
      readonly build: number | null;
    };

const number = '(0|[1-9]\\d{0,14})';
const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const semverPattern = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?$`,
);
const fourPartPattern = new RegExp(`^${number}\\.${number}\\.${number}\\.${number}(?:\\+${number})?$`);

/** Reads a version without a leading `v`; `null` where it is none of the two kinds. */
export function parseVersion(text: string): Version | null {
  const semver = semverPattern.exec(text);
  if (semver) {
    return {
      kind: 'semver',
      major: Number(semver[1]),
      minor: Number(semver[2]),
      patch: Number(semver[3]),
      prerelease: semver[4] ?? '',
      metadata: semver[5] ?? '',
    };
  }
  const parts = fourPartPattern.exec(text);
  if (!parts) return null;
  return {
    kind: 'four-part',
    major: Number(parts[1]),
    featureSet: Number(parts[2]),
    feature: Number(parts[3]),
    patch: Number(parts[4]),
    build: parts[5] === undefined ? null : Number(parts[5]),
  };
}

export function formatVersion(version: Version): string {
  switch (version.kind) {
    case 'semver': {
      const prerelease = version.prerelease === '' ? '' : `-${version.prerelease}`;
      const metadata = version.metadata === '' ? '' : `+${version.metadata}`;
      return `${version.major}.${version.minor}.${version.patch}${prerelease}${metadata}`;
    }
    case 'four-part': {
      const build = version.build === null ? '' : `+${version.build}`;
      return `${version.major}.${version.featureSet}.${version.feature}.${version.patch}${build}`;
    }
  }
}
