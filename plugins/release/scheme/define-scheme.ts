import { listed } from './listed.ts';
import { err, ok, type Result } from './result.ts';
import type { Version } from './version.ts';
import type { FirstRequest, RaiseRequest, VersionScheme } from './version-scheme.ts';

/** What a scheme brings of its own. */
export interface SchemeRules<V extends Version> {
  readonly name: V['scheme'];
  readonly title: string;
  readonly increments: readonly string[];
  parse(text: string): V | null;
  compare(a: V, b: V): number;
  isPrerelease(version: V): boolean;
  raise(version: V, request: RaiseRequest): Result<V, string>;
  /** The first version where nobody names one; without it `0.1.0`. */
  usualFirst?(request: FirstRequest): V;
  /** The version with the pre-release and the build that are asked for. */
  begin(version: V, request: FirstRequest): Result<V, string>;
}

const longestText = 256;
const usualText = '0.1.0';

/** A scheme that keeps what all of them promise, whatever its own rules say. */
export function defineScheme<V extends Version>(rules: SchemeRules<V>): VersionScheme {
  const isOwn = (version: Version): version is V => version.scheme === rules.name;
  const own = (version: Version): V => {
    if (!isOwn(version)) throw new Error(`${version.text} is a version of ${version.scheme}, not of ${rules.name}`);
    return version;
  };
  const parse = (text: string): V | null => (text.length > longestText ? null : rules.parse(text));

  return {
    name: rules.name,
    title: rules.title,
    increments: rules.increments,
    parse,
    compare: (a, b) => rules.compare(own(a), own(b)),
    isPrerelease: (version) => rules.isPrerelease(own(version)),
    raise(version, request) {
      const refusal = refusalOf(rules, request);
      if (refusal !== null) return err(refusal);
      const raised = rules.raise(own(version), request);
      if (!raised.ok) return raised;
      const next = raised.value;
      if (parse(next.text)?.text !== next.text) {
        return err(`${version.text} would become ${next.text}, which is no version of ${rules.title}`);
      }
      if (rules.compare(next, own(version)) <= 0) {
        return err(`${version.text} would become ${next.text}, which does not come after it in ${rules.title}`);
      }
      return ok(next);
    },
    first(text, request) {
      const named = text ?? usualText;
      const version = text === null && rules.usualFirst ? rules.usualFirst(request) : parse(named);
      if (version === null) {
        const usual = text === null ? ', which is the usual first version,' : '';
        return err(`\`${named}\`${usual} is no version of ${rules.title}: set \`initial_version\` to one`);
      }
      const begun = rules.begin(version, request);
      if (!begun.ok || parse(begun.value.text)?.text === begun.value.text) return begun;
      return err(`${begun.value.text} is no version of ${rules.title}`);
    },
  };
}

function refusalOf<V extends Version>(rules: SchemeRules<V>, request: RaiseRequest): string | null {
  if (!rules.increments.includes(request.increment)) {
    return `${rules.title} has nothing called \`${request.increment}\` to raise: write ${listed(rules.increments)}`;
  }
  if (request.keepBuild === true && given(request.build) !== null) {
    return 'build metadata is either kept or set: leave out `keep_build` or `build`';
  }
  return null;
}

/** The text of an option; `null` where it is left out, also as an empty text. */
export function given(option: string | null | undefined): string | null {
  return option === undefined || option === '' ? null : option;
}
