import { emptyMap, type Json } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';

/** The most that a handler may give as outputs, as JSON. */
export const maxOutputBytes = 1024 * 1024;
const maxDepth = 100;

/**
 * A copy of the value as plain data, which nobody else holds and which reads the same after it was stored. Keys whose
 * value is undefined are left out, as JSON leaves them out. The error is a clause that begins with the place.
 */
export function copyPlainData(value: unknown, place: string): Result<Json, string> {
  try {
    const copy = new Copier().copy(value, place, []);
    const bytes = Buffer.byteLength(JSON.stringify(copy));
    return bytes > maxOutputBytes ? err(tooLarge(place)) : ok(copy);
  } catch (error) {
    return err(error instanceof NotPlain ? error.message : `${place} cannot be read: ${error}`);
  }
}

class NotPlain extends Error {}

class Copier {
  /** Values that share parts may be far larger than they are in memory: counted while they are copied. */
  #parts = 0;

  copy(value: unknown, place: string, holders: readonly object[]): Json {
    if (++this.#parts > maxOutputBytes) throw new NotPlain(tooLarge(place));
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (!Number.isFinite(value)) throw new NotPlain(`${place} is ${value}, which is not a number of JSON`);
        // Minus zero would come back from the journal as zero.
        return value === 0 ? 0 : value;
      case 'object':
        return value === null ? null : this.#copyObject(value, place, holders);
      default:
        throw new NotPlain(
          `${place} is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}, which is not plain data`,
        );
    }
  }

  #copyObject(value: object, place: string, holders: readonly object[]): Json {
    if (holders.includes(value)) throw new NotPlain(`${place} holds itself`);
    if (holders.length >= maxDepth) throw new NotPlain(`${place} is nested deeper than ${maxDepth} levels`);
    const within = [...holders, value];
    if (Array.isArray(value)) return Array.from(value, (item, index) => this.copy(item, `${place}[${index}]`, within));
    if (!isPlainMap(value)) throw new NotPlain(`${place} is a ${nameOfKind(value)}, which is not plain data`);
    const copy = emptyMap<Json>();
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) copy[key] = this.copy(member, `${place}.${key}`, within);
    }
    return copy;
  }
}

/** Made by a literal here or in another realm, or without a prototype. */
function isPlainMap(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}

function nameOfKind(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function tooLarge(place: string): string {
  return `${place} is larger than ${maxOutputBytes} bytes: put large data into a file and give its path`;
}
