import { defineConfig } from 'vitest/config';
import { inThreads } from './test/support/vitest.ts';

export default defineConfig({
  test: {
    ...inThreads,
    include: ['test/conformance/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/conformance/install.ts'],
    testTimeout: 60_000,
  },
});
