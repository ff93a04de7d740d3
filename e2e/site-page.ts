import { once } from 'node:events';
import { createServer } from 'node:http';
import { bundleWidget } from '../scripts/widget.mjs';

/** A web page of an invented shop with the chat widget in it, on loopback. */
export interface SitePage extends AsyncDisposable {
  readonly url: string;
}

/** @param snippet what Settings > Channels gives for the site; the place of the script is put in here */
export async function serveSite(snippet: string): Promise<SitePage> {
  const widget = await bundleWidget();
  const script = snippet.replace(/src="[^"]*"/u, 'src="/meridian-widget.js"');
  const html = `<!doctype html><html><meta charset="utf-8"><title>Acme Exchange</title><body><h1>Acme Exchange</h1>${script}</body></html>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/meridian-widget.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' });
    response.end(isScript ? widget : html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
