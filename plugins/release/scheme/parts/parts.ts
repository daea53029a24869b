import { compareNumbers } from '../compare.ts';
import { defineScheme, given } from '../define-scheme.ts';
import { plainNumber } from '../numbers.ts';
import { err, ok, type Result } from '../result.ts';
import type { PartsVersion } from '../version.ts';
import type { FirstRequest, PartsConfig, RaiseRequest, VersionScheme } from '../version-scheme.ts';

const mostParts = 9;
const buildPattern = new RegExp(`^${plainNumber}$`);

/** Numbers with dots between them and an optional build number: `0.21.0.2+1`. The error is one sentence. */
export function partsScheme(config: PartsConfig): Result<VersionScheme, string> {
  const parts = namesOf(config);
  if (!parts.ok) return parts;
  const names = parts.value;
  const pattern = new RegExp(`^(${plainNumber}(?:\\.${plainNumber}){${names.length - 1}})(?:\\+(${plainNumber}))?$`);
  return ok(
    defineScheme<PartsVersion>({
      name: 'parts',
      title: `the scheme of parts ${names.join('.')}`,
      increments: [...names, 'build'],
      parse(text) {
        const match = pattern.exec(text);
        if (match === null) return null;
        const build = match[2] === undefined ? null : Number(match[2]);
        return partsOf((match[1] ?? '').split('.').map(Number), build);
      },
      compare: (a, b) => compareNumbers([...a.numbers, a.build ?? -1], [...b.numbers, b.build ?? -1]),
      isPrerelease: () => false,
      raise: (version, request) => raiseParts(names, version, request),
      begin: beginParts,
    }),
  );
}

function namesOf({ count, names }: PartsConfig): Result<readonly string[], string> {
  const length = count ?? names?.length ?? 4;
  if (!Number.isInteger(length) || length < 1 || length > mostParts) {
    return err(`a version of parts has 1 to ${mostParts} of them, not ${length}`);
  }
  if (names === undefined) return ok(usualNames(length));
  if (names.length !== length) return err(`there are ${names.length} names for ${length} parts of a version`);
  const odd = names.find((name) => !/^[a-z][a-z0-9_]*$/.test(name));
  if (odd !== undefined) {
    return err(`\`${odd}\` is no name for a part of a version: write lower-case letters, digits and \`_\``);
  }
  const twice = names.find((name, at) => name === 'build' || names.indexOf(name) !== at);
  if (twice === undefined) return ok(names);
  return err(`the name \`${twice}\` is taken, so no other part of a version can have it`);
}

function usualNames(length: number): readonly string[] {
  if (length === 3) return ['major', 'minor', 'patch'];
  if (length === 4) return ['major', 'feature_set', 'feature', 'patch'];
  return Array.from({ length }, (_, at) => `part${at + 1}`);
}

/** Later parts start again at 0, a build at 1 where there is one. */
function raiseParts(
  names: readonly string[],
  version: PartsVersion,
  request: RaiseRequest,
): Result<PartsVersion, string> {
  const { increment } = request;
  const refusal = prereleaseFault(request);
  if (refusal !== null) return err(refusal);
  const build = nextBuild(version, request);
  if (!build.ok) return build;
  if (increment === 'build') return ok(partsOf(version.numbers, build.value));
  const raised = names.indexOf(increment);
  const numbers = version.numbers.map((number, at) => (at < raised ? number : at === raised ? number + 1 : 0));
  return ok(partsOf(numbers, build.value));
}

function beginParts(version: PartsVersion, request: FirstRequest): Result<PartsVersion, string> {
  const refusal = prereleaseFault(request);
  if (refusal !== null) return err(refusal);
  const build = nextBuild(version, { ...request, increment: '', keepBuild: true });
  return build.ok ? ok(partsOf(version.numbers, build.value)) : build;
}

function prereleaseFault(request: FirstRequest): string | null {
  const name = given(request.prerelease);
  return name === null ? null : `versions of parts have no pre-releases: leave out \`prerelease: ${name}\``;
}

function nextBuild(version: PartsVersion, request: RaiseRequest): Result<number | null, string> {
  const wanted = given(request.build);
  if (wanted !== null) {
    if (buildPattern.test(wanted)) return ok(Number(wanted));
    return err(`\`build: ${wanted}\` is no build number: write digits, at most 15, without zeros before them`);
  }
  if (request.increment === 'build') {
    if (request.keepBuild !== true) return ok((version.build ?? 0) + 1);
    return err('a build that is raised cannot be kept: leave out `keep_build`');
  }
  return ok(request.keepBuild === true || version.build === null ? version.build : 1);
}

function partsOf(numbers: readonly number[], build: number | null): PartsVersion {
  return { scheme: 'parts', text: `${numbers.join('.')}${build === null ? '' : `+${build}`}`, numbers, build };
}
