import { defineConfig } from 'vitest/config';
import { scratchFolder } from './test/rigs/scratch-folder.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    passWithNoTests: false,
    pool: 'forks',
    // Most tests wait for processes of their own: a worker that is held back for the main thread is a core that idles.
    maxWorkers: '100%',
    env: { TMPDIR: scratchFolder() },
  },
});
