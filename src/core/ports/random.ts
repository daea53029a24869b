/** Chance, injected so that a seed can replay it. */
export interface Random {
  /** 0 or more, below 1. */
  unit(): number;
  /** `length` characters of `[0-9a-z]`, hard to guess. */
  token(length: number): string;
}
