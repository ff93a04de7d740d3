#!/usr/bin/env node
/**
 * `npm run channel-live -- CHANNEL [--send]`: tries a connector against its real service, with credentials of your own from the
 * environment (docs/channels.md says which). It is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import { loadBundle } from './lib/bundle.mjs';
import { runMain } from './lib/prepare.mjs';

await runMain(async () => {
  /** @type {{ runLive: (words: readonly string[], environment: NodeJS.ProcessEnv, say: (line: string) => void) => Promise<boolean> }} */
  const { runLive } = await loadBundle({
    name: 'channel-live',
    entry: 'test/channels/live/command.ts',
    from: ['src/shared', 'src/main/engine', 'test/channels/live'],
  });
  const isFine = await runLive(process.argv.slice(2), process.env, (line) => console.log(line));
  return isFine ? 0 : 1;
});
