import { randomBytes } from 'node:crypto';
import type { Random } from '../../core/ports/random.ts';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Bytes from here up would make the first characters of the alphabet likelier than the others. */
const fairBytes = 256 - (256 % alphabet.length);

/** Chance from the operating system. */
export class SystemRandom implements Random {
  unit(): number {
    return randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
  }

  token(length: number): string {
    let token = '';
    while (token.length < length) {
      for (const byte of randomBytes(length - token.length)) {
        if (byte < fairBytes) token += alphabet.charAt(byte % alphabet.length);
      }
    }
    return token;
  }
}
