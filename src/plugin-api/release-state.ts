import { isJsonMap, type Json, type JsonMap } from '../core/model/json.ts';
import type { HandlerContext } from '../core/ports/plugin.ts';

/**
 * What a run releases. `release.version_bump` finds it out and keeps it in the state of the run, so that every later
 * step of any plugin knows whether there is anything to do.
 */
export interface ReleaseState {
  /**
   * `new`: this run makes the version. `continued`: an earlier run began it, and what is missing is completed.
   * `released`: nothing has changed since the version, which is done as far as git tells. `nothing`: what changed
   * asks for no release.
   */
  readonly outcome: 'new' | 'continued' | 'released' | 'nothing';
  /** Without a leading `v`; for `nothing` the version that is current. */
  readonly version: string;
  /** The tag of the version where one is known. */
  readonly tag: string | null;
  /** The release's commit, where an earlier run made it; `null`: this run makes it, or nothing makes one. */
  readonly commit: string | null;
  /** The version before, without a leading `v`; `null` where there is none. */
  readonly previous: string | null;
  /** The tag of the version before; `null` where there is none. */
  readonly previousTag: string | null;
  /** One sentence for people: why this version, or why none. */
  readonly why: string;
}

const stateKey = 'release';
const outcomes = ['new', 'continued', 'released', 'nothing'] as const;

/** What this run releases; `null` where no step has found it out. */
export async function releaseOf(context: HandlerContext): Promise<ReleaseState | null> {
  return readRelease(await context.getState(stateKey));
}

/** Says what this run releases. */
export async function recordRelease(context: HandlerContext, release: ReleaseState): Promise<void> {
  const value: JsonMap = { ...release };
  await context.setState(stateKey, value);
}

function readRelease(value: Json): ReleaseState | null {
  if (!isJsonMap(value)) return null;
  const outcome = outcomes.find((known) => known === value.outcome);
  if (outcome === undefined || typeof value.version !== 'string') return null;
  return {
    outcome,
    version: value.version,
    tag: textOf(value.tag),
    commit: textOf(value.commit),
    previous: textOf(value.previous),
    previousTag: textOf(value.previousTag),
    why: textOf(value.why) ?? '',
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
