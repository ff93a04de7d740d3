import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

// one folder for the run and all its workers, which read this file, too; the first to read it removes it
if (process.env['MERIDIAN_SAMPLE_TEMPLATES'] === undefined) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-samples-'));
  process.env['MERIDIAN_SAMPLE_TEMPLATES'] = folder;
  process.on('exit', () => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
}

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
