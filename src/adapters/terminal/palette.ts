import { styleText } from 'node:util';

/** Colours by meaning. Without colours every function gives its text back. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly info: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

export function paletteOf(coloured: boolean): Palette {
  const painter = (style: Style) => (text: string) =>
    coloured ? styleText(style, text, { validateStream: false }) : text;
  return {
    good: painter('green'),
    bad: painter('red'),
    warn: painter('yellow'),
    info: painter('cyan'),
    dim: painter('dim'),
    strong: painter('bold'),
  };
}

/** The usual rules: NO_COLOR wins, then FORCE_COLOR, then whether the stream is a terminal. */
export function wantsColour(env: { readonly [name: string]: string | undefined }, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}
