import { isSameVersion, type Version } from '../scheme/scheme.ts';
import { predecessorOf } from './release-before.ts';
import { type Decision, type ReleaseFacts, stop } from './release-facts.ts';

/** A version is made only where its tag is free, here and on the remote: found out before the first file is written. */
export function made(facts: ReleaseFacts, version: Version, base: Version | null, why: string): Decision {
  const { names, survey } = facts;
  const tag = names.tagFor(version.text);
  const takenBy = tagOf(facts, version);
  if (takenBy !== null) {
    const here = survey?.tags[takenBy];
    const there = survey?.remote?.tags[takenBy];
    const commit = (here ?? there)?.commit ?? 'unknown';
    const remote = survey?.remote?.name ?? '';
    const where = [...(there ? [`on the remote ${remote}`.trimEnd()] : []), ...(here ? ['in this clone'] : [])];
    const ways = [
      ...(there ? [`git push --delete ${remote} ${takenBy}`] : []),
      ...(here ? [`git tag --delete ${takenBy}`] : []),
    ];
    return stop(
      'tag-exists',
      `${why}, which makes ${version.text}, but the tag \`${takenBy}\` exists already ${where.join(' and ')}, on commit ${commit}: ${takenBack(facts, takenBy, version)}release another version, or delete the tag if it was made by mistake (${ways.join('; ')})`,
    );
  }
  const old = base?.text ?? null;
  return {
    kind: 'release',
    outcome: 'new',
    version: version.text,
    tag,
    commit: null,
    ...predecessorOf(facts, version, old),
    old,
    why,
  };
}

/** Where the newest commit is built on that release, the file was taken back behind it. */
function takenBack({ file, tags }: ReleaseFacts, tag: string, version: Version): string {
  const isBehind = file !== null && tags.merged.some(({ name }) => name === tag);
  return isBehind ? `write ${version.text} into ${file.path} and commit it if that was released, ` : '';
}

/** The tag that the version has already, in this spelling or in another one, here or on the remote. */
function tagOf({ names, survey, scheme }: ReleaseFacts, version: Version): string | null {
  const here = survey?.tags ?? {};
  const there = survey?.remote?.tags ?? {};
  const usual = names.tagFor(version.text);
  if (here[usual] || there[usual]) return usual;
  const isIt = (tag: string) => {
    const read = scheme.parse(names.versionIn(tag) ?? '');
    return read !== null && isSameVersion(scheme, read, version);
  };
  return Object.keys(here).find(isIt) ?? Object.keys(there).find(isIt) ?? null;
}
