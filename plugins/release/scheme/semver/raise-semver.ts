import { given } from '../define-scheme.ts';
import { isDigits, splitNumber } from '../numbers.ts';
import { err, ok, type Result } from '../result.ts';
import type { SemverVersion } from '../version.ts';
import type { FirstRequest, RaiseRequest } from '../version-scheme.ts';

type Core = readonly [major: number, minor: number, patch: number];

/**
 * A pre-release comes before its release, so raising a part that the pre-release was made for gives the release
 * itself: 1.2.3-rc.1 + patch = 1.2.3, 2.0.0-rc.1 + major = 2.0.0.
 */
export function raiseSemver(version: SemverVersion, request: RaiseRequest): Result<SemverVersion, string> {
  const name = given(request.prerelease);
  const refusal = refusalOf(version, request.increment, name);
  if (refusal !== null) return err(refusal);
  const build = givenBuild(request);
  if (!build.ok) return build;
  const core = nextCore(version, request.increment);
  const early = name !== null || request.increment === 'prerelease';
  const prerelease = early ? nextPrerelease(version, core, name) : ok([]);
  if (!prerelease.ok) return prerelease;
  const metadata = build.value ?? (request.keepBuild === true ? version.metadata : []);
  return ok(semverOf(core, prerelease.value, metadata));
}

/** A first version that is a pre-release already stays the one it is. */
export function beginSemver(version: SemverVersion, request: FirstRequest): Result<SemverVersion, string> {
  const name = given(request.prerelease);
  const fault = nameFault(name);
  if (fault !== null) return err(fault);
  const build = givenBuild(request);
  if (!build.ok) return build;
  const { major, minor, patch } = version;
  const prerelease = name === null || version.prerelease.length > 0 ? version.prerelease : [name, '1'];
  return ok(semverOf([major, minor, patch], prerelease, build.value ?? version.metadata));
}

function givenBuild(request: FirstRequest): Result<readonly string[] | null, string> {
  const build = given(request.build);
  if (build === null || /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/.test(build)) return ok(build?.split('.') ?? null);
  return err(`\`build: ${build}\` is no build metadata: write letters, digits and hyphens, with dots between them`);
}

function nameFault(name: string | null): string | null {
  if (name === null || /^[A-Za-z][0-9A-Za-z-]*$/.test(name)) return null;
  return `\`prerelease: ${name}\` is no name of a pre-release: write a word such as rc or beta`;
}

function refusalOf(version: SemverVersion, increment: string, name: string | null): string | null {
  const early = version.prerelease.length > 0;
  const fault = nameFault(name);
  if (fault !== null) return fault;
  if (increment === 'release' && name !== null) {
    return `\`release\` takes the pre-release off, so \`prerelease: ${name}\` cannot stand beside it`;
  }
  if (increment === 'release' && !early) return `${version.text} is no pre-release, so there is nothing to release`;
  if (increment === 'prerelease' && !early && name === null) {
    return `${version.text} is no pre-release yet: name the one to begin, such as \`prerelease: rc\``;
  }
  return null;
}

function nextCore(version: SemverVersion, increment: string): Core {
  const { major, minor, patch } = version;
  const early = version.prerelease.length > 0;
  switch (increment) {
    case 'major':
      return early && minor === 0 && patch === 0 ? [major, 0, 0] : [major + 1, 0, 0];
    case 'minor':
      return early && patch === 0 ? [major, minor, 0] : [major, minor + 1, 0];
    default:
      // A pre-release of the next patch is what comes first after a release.
      return early ? [major, minor, patch] : [major, minor, patch + 1];
  }
}

/** `name` is `null` only where there is a pre-release to go on with. */
function nextPrerelease(version: SemverVersion, core: Core, name: string | null): Result<readonly string[], string> {
  const current = version.prerelease;
  const sameRelease = current.length > 0 && core.join('.') === `${version.major}.${version.minor}.${version.patch}`;
  if (!sameRelease) return ok([name ?? '', '1']);
  if (name === null || name === current[0] || isNumbered(current, name)) return ok(raiseIdentifiers(current));
  const first = current[0] ?? '';
  if (isDigits(first) || name > first) return ok([name, '1']);
  return err(`${version.text} cannot become a \`${name}\` of the same release: ${name} comes before ${first}`);
}

/** True for `rc4` where the name is `rc`. */
function isNumbered(identifiers: readonly string[], name: string): boolean {
  return identifiers.length === 1 && splitNumber(identifiers[0] ?? '').name === name;
}

/** Raises the last number, drops what stands behind it, and begins to count where there is none. */
function raiseIdentifiers(identifiers: readonly string[]): readonly string[] {
  const at = identifiers.findLastIndex(isDigits);
  if (at >= 0) return [...identifiers.slice(0, at), String(Number(identifiers[at]) + 1)];
  const { name, digits } = splitNumber(identifiers.at(-1) ?? '');
  if (digits === '') return [...identifiers, '1'];
  return [...identifiers.slice(0, -1), `${name}${Number(digits) + 1}`];
}

function semverOf(core: Core, prerelease: readonly string[], metadata: readonly string[]): SemverVersion {
  const [major, minor, patch] = core;
  const early = prerelease.length > 0 ? `-${prerelease.join('.')}` : '';
  const build = metadata.length > 0 ? `+${metadata.join('.')}` : '';
  return { scheme: 'semver', text: `${core.join('.')}${early}${build}`, major, minor, patch, prerelease, metadata };
}
