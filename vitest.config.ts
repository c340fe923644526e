import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests run real tools and build packs of a few hundred pages.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
