/** A web server on loopback with the page of an invented exchange that has Meridian's chat: for the demo command and for tests. */
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { root } from './paths.mjs';

const pages = path.join(root, 'resources/widget/demo');

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/**
 * Serves the page. Its policy is the strictest that the chat works with; docs/live-chat.md says the same.
 * @param {{
 *   widget: string,
 *   hub: string,
 *   site: string,
 *   password: string,
 *   key: string,
 *   name?: string,
 *   port?: number,
 *   identity?: () => Promise<{ token: string, name: string }>,
 * }} options `widget` is the script; `identity` signs somebody in as the site's own server would
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveWidgetSite({ widget, hub, site, password, key, name = 'Lumen support', port = 0, identity }) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${new URL(hub).origin}`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    /** @param {string} type @param {string | Buffer} body */
    const send = (type, body) => {
      response.writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      response.end(body);
    };
    if (pathname === '/') {
      const attributes = { site, hub, user: site, password, key, locale: searchParams.get('locale') ?? '', name };
      const written = Object.entries(attributes).map(([attribute, value]) => `data-${attribute}="${escaped(value)}"`);
      send(
        'text/html',
        fs.readFileSync(path.join(pages, 'index.html'), 'utf8').replace('@ATTRIBUTES@', () => written.join(' ')),
      );
    } else if (pathname === '/meridian-widget.js') send('text/javascript', widget);
    else if (pathname === '/demo.js') send('text/javascript', fs.readFileSync(path.join(pages, 'demo.js')));
    else if (pathname === '/demo.css') send('text/css', fs.readFileSync(path.join(pages, 'demo.css')));
    else if (pathname === '/identity' && identity !== undefined) {
      identity().then(
        (signed) => send('application/json', JSON.stringify(signed)),
        () => response.writeHead(500).end(),
      );
    } else response.writeHead(404).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
