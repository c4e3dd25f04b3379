/** How every suite runs: on what was built, in threads of one process, not isolated, for nothing is ambient. */
export const inThreads = {
  globalSetup: 'test/support/build.ts',
  setupFiles: 'test/support/contract-setup.ts',
  pool: 'threads',
  isolate: false,
  maxWorkers: 2,
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;
