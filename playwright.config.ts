import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // a busy machine is no reason to fail: what a test waits for has its own, shorter time
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // one display, one app; scripts/test.mjs has a display for each of its workers
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
});
