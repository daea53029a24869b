declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A run's name: `YYYYMMDD-HHMMSS-xxxxxx`, UTC, so that names sort by time. Made by `makeRunId` alone. */
export type RunId = Branded<string, 'RunId'>;

/** The id that the author wrote: `[A-Za-z_](-?[A-Za-z0-9_])*`, unique in the whole document. */
export type StepId = Branded<string, 'StepId'>;

/**
 * One instance of a step in a run. A step outside loops has its id as its address; children of loops and groups
 * get a path through the instances that hold them: `g[eu].child`, `g#2.child`.
 */
export type Address = Branded<string, 'Address'>;

const stepIdPattern = /^[A-Za-z_](?:-?[A-Za-z0-9_])*$/;
const runIdPattern = /^\d{8}-\d{6}-[0-9a-z]{6}$/;

export function isStepId(text: string): text is StepId {
  return stepIdPattern.test(text);
}

/** The ids of a definition that was read are known to fit: this names the fact without testing it again. */
export function stepId(text: string): StepId {
  return text as StepId;
}

export function isRunId(text: string): text is RunId {
  return runIdPattern.test(text);
}

/** `epochMs` gives the readable part; `random` is six characters of `[0-9a-z]`. */
export function makeRunId(isoTime: string, random: string): RunId {
  const digits = isoTime.replace(/[^0-9]/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${random}` as RunId;
}

export function addressOf(id: StepId): Address {
  return id as string as Address;
}

export function parseAddress(text: string): Address {
  return text as Address;
}
