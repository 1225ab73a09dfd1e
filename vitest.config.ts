import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    environment: 'node',
    // All cores, although one is left over by default: on two that would be half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
  },
});
