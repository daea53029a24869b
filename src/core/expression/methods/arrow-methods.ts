/** The methods of lists whose argument is an arrow function. */
export const arrowMethods: ReadonlySet<string> = new Set(['map', 'filter', 'some', 'every', 'find']);
