/** Values that foreign code gave: nothing is known of them until it was looked at. */
export type Unknowns = { readonly [key: string]: unknown };

export function isRecord(value: unknown): value is Unknowns {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordAt(record: Unknowns, key: string): Unknowns {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  return isRecord(value) ? value : {};
}

/** Calls a method of foreign code with its object; undefined where there is no such method. */
export function callMethod(owner: Unknowns, method: string, args: readonly unknown[]): unknown {
  const called = owner[method];
  return typeof called === 'function' ? Reflect.apply(called, owner, args) : undefined;
}

export function hasMethod(owner: Unknowns, method: string): boolean {
  return typeof owner[method] === 'function';
}
