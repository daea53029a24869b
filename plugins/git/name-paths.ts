/** Paths in one message. */
export const mostNamed = 10;

/** Paths for people: the first ones, and how many more there are. */
export function named(paths: readonly string[]): string {
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  return `${paths.slice(0, mostNamed).join(', ')}${more}`;
}
