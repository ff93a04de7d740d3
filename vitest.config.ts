import { defineConfig } from 'vitest/config';

const shared = {
  define: { __PINNED_ELECTRON__: '"0.0.0-test"' },
  oxc: { target: 'node20' },
};

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          // rules are pure: their files need no worker each, and share what they load
          name: 'unit-rules',
          include: ['src/shared/domain/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.long.test.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: '100%',
          sequence: { shuffle: { files: true } },
          setupFiles: ['test/property-seed.ts'],
          testTimeout: 30_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs', 'test/**/*.test.ts'],
          exclude: ['src/shared/domain/**', '**/*.int.test.ts', '**/*.long.test.ts', '**/node_modules/**'],
          pool: 'threads',
          // they only compute, and the stage runs alone: without it one core would be left idle, which of two is half
          maxWorkers: '100%',
          // a busy machine is no reason to fail: tests wait for states, and say so long before this
          testTimeout: 30_000,
          setupFiles: ['test/renderer/setup.ts', 'test/property-seed.ts'],
          env: { TZ: 'UTC' },
        },
      },
      {
        ...shared,
        test: {
          name: 'engine',
          setupFiles: ['test/property-seed.ts'],
          include: ['src/**/*.int.test.ts', 'test/**/*.int.test.ts'],
          pool: 'forks',
          // their folders and ports are their own; to load the engine anew for each file took a quarter of the time
          isolate: false,
          // real servers and database files, on ports and in folders of their own; half of the time they wait, so more than one a core
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        ...shared,
        test: {
          // by command only: `npm run hub-check`
          name: 'hub',
          include: ['test/hub/*.long.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        ...shared,
        test: {
          // by command only: `npm run channel-kit`
          name: 'channel-kit',
          include: ['test/channels/kit/*.long.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
});
