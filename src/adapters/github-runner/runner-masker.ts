import type { Json } from '../../core/model/json.ts';
import type { Masker, MaskStream } from '../../core/ports/masker.ts';
import type { RunnerConsole } from './runner-console.ts';

/** The runner masks whatever it is told; shorter texts would wreck the log of the whole job. */
const shortest = 4;

/** Tells the runner what it has to mask, each line once. */
export class RunnerMasks {
  readonly #console: RunnerConsole;
  readonly #told = new Set<string>();

  constructor(console: RunnerConsole) {
    this.#console = console;
  }

  tell(secret: string): void {
    for (const line of linesToMask(secret)) {
      if (this.#told.has(line)) continue;
      this.#told.add(line);
      this.#console.command('add-mask', {}, line);
    }
  }
}

/** Makes every secret known to the runner too: what later steps of the job print passes only through that. */
export class RunnerMasker implements Masker {
  readonly #masker: Masker;
  readonly #masks: RunnerMasks;

  constructor(masker: Masker, masks: RunnerMasks) {
    this.#masker = masker;
    this.#masks = masks;
  }

  add(secret: string): void {
    this.#masker.add(secret);
    this.#masks.tell(secret);
  }

  mask(text: string): string {
    return this.#masker.mask(text);
  }

  maskJson<T extends Json>(value: T): T {
    return this.#masker.maskJson(value);
  }

  stream(): MaskStream {
    return this.#masker.stream();
  }
}

/**
 * The lines of a secret that are worth masking. The runner splits what it gets into lines itself and would mask a
 * line that is one brace.
 */
function linesToMask(secret: string): readonly string[] {
  return secret
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortest);
}
