import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'lambdas/**/*.test.ts'],
    exclude: ['test/contract/**', 'test/conformance/**'],
    globalSetup: 'test/support/build.ts',
    setupFiles: 'test/support/contract-setup.ts',
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
