import { defineConfig } from 'vitest/config';
import { inThreads } from './test/support/vitest.ts';

export default defineConfig({ test: { ...inThreads, include: ['test/contract/**/*.test.ts'] } });
