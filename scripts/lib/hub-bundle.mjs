/** The hub command as plain JavaScript: what it does is in src/main/hub. */
import { loadBundle } from './bundle.mjs';

/** @returns {Promise<{ runHub: (words: readonly string[], machine: object) => Promise<number> }>} */
export function loadHubCommand() {
  return loadBundle({
    name: 'hub',
    entry: 'src/main/hub/hub-command.ts',
    from: ['src/main/hub', 'src/main/engine/team', 'src/main/engine/interchange', 'src/shared'],
  });
}
