import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: [
      'core/**/*.test.ts',
      'platform/**/*.test.ts',
      'modules/**/*.test.ts',
      'modules/**/*.test.tsx',
      'apps/**/*.test.ts',
      'ui-kit/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
    ],
    globalSetup: ['platform/testkit/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
