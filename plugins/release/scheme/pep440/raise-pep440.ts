import { given } from '../define-scheme.ts';
import { err, ok, type Result } from '../result.ts';
import type { Pep440Version } from '../version.ts';
import type { FirstRequest, RaiseRequest } from '../version-scheme.ts';
import { parseLocal, pep440Of, stageOf } from './parse-pep440.ts';

type Local = Pep440Version['local'];

/** How far a version is from its final release: what stands behind the release numbers. */
type Progress = Pick<Pep440Version, 'release' | 'pre' | 'post' | 'dev'>;

const positions: { readonly [increment: string]: number } = { major: 0, minor: 1, patch: 2, micro: 2 };
const lastPosition = 2;

/**
 * Pre-releases and development releases come before their release, so raising a part that they were made for gives the
 * release itself: 1.4.0rc2 + minor = 1.4.0, 1.4.1rc1 + minor = 1.5.0. The local label is dropped where the request says
 * nothing of it.
 */
export function raisePep440(version: Pep440Version, request: RaiseRequest): Result<Pep440Version, string> {
  const local = nextLocal(version, request);
  if (!local.ok) return local;
  const progress = nextProgress(version, request.increment, given(request.prerelease));
  if (!progress.ok) return progress;
  return ok(pep440Of({ epoch: version.epoch, ...progress.value, local: local.value }));
}

/** A first version that is a pre-release already stays the one it is. */
export function beginPep440(version: Pep440Version, request: FirstRequest): Result<Pep440Version, string> {
  const local = nextLocal(version, { ...request, increment: '', keepBuild: true });
  if (!local.ok) return local;
  const name = given(request.prerelease);
  const progress = name === null || isEarly(version) ? ok(progressOf(version)) : named(version, version.release, name);
  if (!progress.ok) return progress;
  return ok(pep440Of({ epoch: version.epoch, ...progress.value, local: local.value }));
}

function nextLocal(version: Pep440Version, request: RaiseRequest): Result<Local, string> {
  const build = given(request.build);
  if (build === null) return ok(request.keepBuild === true ? version.local : []);
  const local = parseLocal(build);
  if (local !== null) return ok(local);
  return err(`\`build: ${build}\` is no local version label: write letters and digits, with dots between them`);
}

function nextProgress(version: Pep440Version, increment: string, name: string | null): Result<Progress, string> {
  switch (increment) {
    case 'release':
    case 'post':
    case 'dev':
      if (name !== null) {
        return err(`\`${increment}\` makes no pre-release, so \`prerelease: ${name}\` cannot stand beside it`);
      }
      return increment === 'release' ? release(version) : increment === 'post' ? post(version) : dev(version);
    case 'pre':
      return pre(version, name);
    default:
      return part(version, positions[increment] ?? lastPosition, name);
  }
}

/** Asked for a pre-release it goes on with the one that is under way: the same request makes one after the other. */
function part(version: Pep440Version, position: number, name: string | null): Result<Progress, string> {
  const numbers = nextRelease(version, position);
  return name === null ? ok(final(numbers)) : named(version, numbers, name);
}

function release(version: Pep440Version): Result<Progress, string> {
  if (isEarly(version)) return ok(final(version.release));
  if (version.dev !== null) return ok({ ...final(version.release), post: version.post });
  return err(`${version.text} is no pre-release, so there is nothing to release`);
}

function post(version: Pep440Version): Result<Progress, string> {
  if (version.post !== null) {
    return ok({ ...progressOf(version), post: version.dev === null ? version.post + 1 : version.post, dev: null });
  }
  if (version.dev === null) return ok({ ...progressOf(version), post: 1 });
  return err(`${version.text} was never released, so no post-release can follow it: raise \`release\` first`);
}

/** The development release of what comes next. */
function dev(version: Pep440Version): Result<Progress, string> {
  if (version.dev !== null) return ok({ ...progressOf(version), dev: version.dev + 1 });
  if (version.post !== null) return ok({ ...progressOf(version), post: version.post + 1, dev: 1 });
  if (version.pre !== null) {
    return ok({ ...progressOf(version), pre: { ...version.pre, number: version.pre.number + 1 }, dev: 1 });
  }
  return ok({ ...final(nextRelease(version, lastPosition)), dev: 1 });
}

function pre(version: Pep440Version, name: string | null): Result<Progress, string> {
  const wanted = name ?? version.pre?.stage ?? null;
  const numbers = isEarly(version) ? version.release : nextRelease(version, lastPosition);
  if (wanted !== null) return named(version, numbers, wanted);
  return err(`${version.text} is no pre-release of a stage yet: name the one to begin, such as \`prerelease: rc\``);
}

/** A pre-release or development release on the way to these release numbers. */
function named(version: Pep440Version, numbers: readonly number[], name: string): Result<Progress, string> {
  const underWay = isEarly(version) && numbers.join('.') === version.release.join('.');
  if (name.toLowerCase() === 'dev') {
    return underWay ? dev(version) : ok({ ...final(numbers), dev: 1 });
  }
  const stage = stageOf(name);
  if (stage === null) return err(`\`prerelease: ${name}\` is none of PEP 440: write a, b, rc or dev`);
  const current = underWay ? version.pre : null;
  if (current === null || stage > current.stage) return ok({ ...final(numbers), pre: { stage, number: 1 } });
  if (stage < current.stage) {
    return err(
      `${version.text} cannot become \`${stage}\` of the same release: ${stage} comes before ${current.stage}`,
    );
  }
  // 1.4.0rc2.dev1 leads to 1.4.0rc2, which is still to come.
  const leadsTo = version.dev !== null && version.post === null;
  return ok({ ...final(numbers), pre: { stage, number: leadsTo ? current.number : current.number + 1 } });
}

/** True where the final release of the same numbers is still to come. */
function isEarly(version: Pep440Version): boolean {
  return version.pre !== null || (version.dev !== null && version.post === null);
}

/** The release that a version was made for, where it was made by raising this number; otherwise the next one. */
function nextRelease(version: Pep440Version, position: number): readonly number[] {
  const madeFor = isEarly(version) && version.release.slice(position + 1).every((number) => number === 0);
  return madeFor ? version.release : raisedRelease(version, position);
}

/** As many numbers as before, or as many as the raised one needs. */
function raisedRelease({ release: numbers }: Pep440Version, position: number): readonly number[] {
  const length = Math.max(numbers.length, position + 1);
  return Array.from({ length }, (_, at) => {
    if (at === position) return (numbers[at] ?? 0) + 1;
    return at < position ? (numbers[at] ?? 0) : 0;
  });
}

function final(numbers: readonly number[]): Progress {
  return { release: numbers, pre: null, post: null, dev: null };
}

function progressOf({ release: numbers, pre: stage, post: after, dev: before }: Pep440Version): Progress {
  return { release: numbers, pre: stage, post: after, dev: before };
}
