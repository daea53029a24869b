// Runs after `npm ci`, under whatever Node the machine has: makes `npx vwmp` in a checkout find the command at once.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';

const link = new URL('../node_modules/.bin/vwmp', import.meta.url);
if (process.platform !== 'win32' && existsSync(new URL('../node_modules', import.meta.url))) {
  mkdirSync(new URL('.', link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../bin/vwmp.js', link);
}
