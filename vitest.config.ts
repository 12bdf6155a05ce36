import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '.assay/**'],
    globalSetup: ['test/support/shared-services.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    pool: 'forks',
    // The same flags as in apps/node24.mjs: the product runs with them.
    execArgv: [
      '--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning',
      '--enable-experimental-regexp-engine-on-excessive-backtracks',
      '--no-parallel-scavenge', '--retain-maps-for-n-gc=100', '--no-memory-reducer-favors-memory',
    ],
    // Services start on first use, a JVM among them, on two cores.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
