import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { APP_HOST, APP_SCHEME, MAIL_SCHEME, mailBodyToken } from './addresses.ts';
import type { MailBodies } from './mail-bodies.ts';
import { APP_HEADERS, contentTypeOf, fileInside, mailHeaders } from './served-files.ts';

/** Names our schemes to Chromium; must run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    // secure only so that the page may frame it; it can fetch nothing and is fetched by nobody
    { scheme: MAIL_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

function refused(status: number): Response {
  return new Response(null, {
    status,
    headers: { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' },
  });
}

/** Serves the built page from a folder, under its policy. */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET') return refused(405);
    const url = new URL(request.url);
    const file = url.host === APP_HOST ? fileInside(folder, url.pathname) : null;
    if (file === null) return refused(404);
    try {
      const body = await readFile(file);
      return new Response(new Uint8Array(body), { headers: { ...APP_HEADERS, 'content-type': contentTypeOf(path.extname(file)) } });
    } catch {
      return refused(404);
    }
  });
}

/** Serves mail bodies from memory, each under its own address and the strictest policy there is. */
export function serveMailBodies(bodies: MailBodies, embedder: string): void {
  const headers = mailHeaders(embedder);
  protocol.handle(MAIL_SCHEME, (request) => {
    const token = request.method === 'GET' ? mailBodyToken(request.url) : null;
    const body = token === null ? null : bodies.get(token);
    return body === null ? refused(404) : new Response(body.html, { headers });
  });
}
