/** What a map has under a key; `undefined` where it is no map or has no such key. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

/** `null` where it is no JSON. */
export function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    // Whoever needs the file as JSON gets its own error; here it tells nothing.
    return null;
  }
}
