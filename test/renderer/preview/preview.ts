import { FakeEngine } from '../fake-engine.ts';
import { fakeWorld } from './fake-world.ts';

/**
 * Shows the page with a FAKE engine in a plain browser, for looking at screens: `?scenario=sample|empty|first-run|
 * problem|offline|locked|preparing|full&stop=1&locale=zh-CN&theme=dark`, and `&team=live|offline|...` for a team on a hub.
 */
const query = new URLSearchParams(location.search);
let port: MessagePort | null = null;
const engine = new FakeEngine(fakeWorld(query, () => engine));

Object.defineProperty(window, 'meridian', {
  value: {
    requestPort: () => {
      port = engine.connect();
      const ports = [port];
      setTimeout(() => window.dispatchEvent(new MessageEvent('message', { data: { meridian: 'engine-port' }, ports, source: window })));
    },
  },
});
/** For the console: stops the fake as a crash would. Electron tells a page that its port has ended; a browser does not. */
Object.defineProperty(window, 'stopFakeEngine', {
  value: () => {
    engine.stop();
    port?.dispatchEvent(new Event('close'));
  },
});

await import('../../../src/renderer/main.tsx');
