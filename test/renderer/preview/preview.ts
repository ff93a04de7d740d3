import { FakeEngine } from '../fake-engine.ts';
import { fakeWorld } from './fake-world.ts';

/**
 * Shows the page with a FAKE engine in a plain browser, for looking at screens: `?scenario=sample|empty|first-run|
 * problem|offline|locked|preparing|full&stop=1&locale=zh-CN&theme=dark`.
 */
const query = new URLSearchParams(location.search);
const engine = new FakeEngine(fakeWorld(query, () => engine));

Object.defineProperty(window, 'meridian', {
  value: {
    requestPort: () => {
      const port = engine.connect();
      window.postMessage({ meridian: 'engine-port' }, location.origin, [port]);
    },
  },
});
Object.defineProperty(window, 'fakeEngine', { value: engine });

// oxlint-disable-next-line no-restricted-imports -- the preview is the page itself, with another engine behind it
await import('../../../src/renderer/main.tsx');
