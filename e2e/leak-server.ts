import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that hostile mail calls: whatever arrives is a leak. */
export interface LeakServer {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly hits: readonly string[];
  /** TCP connections, with or without a request. */
  readonly connections: () => number;
  /** Serves this text at `/page/<name>`, unprotected. */
  addPage(name: string, html: string): string;
  close(): Promise<void>;
}

const PIXEL = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

export async function startLeakServer(): Promise<LeakServer> {
  const hits: string[] = [];
  const pages = new Map<string, string>();
  let connections = 0;
  const server = http.createServer((request, response) => {
    const url = request.url ?? '/';
    const page = pages.get(url);
    if (page !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
      return;
    }
    hits.push(url);
    if (url.endsWith('.js')) response.setHeader('content-type', 'text/javascript').end(`console.log('ran-${/\d+/u.exec(url)?.[0] ?? ''}')`);
    else response.setHeader('content-type', 'image/gif').end(PIXEL);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  return {
    origin,
    hits,
    connections: () => connections,
    addPage: (name, html) => {
      pages.set(`/page/${name}`, html);
      return `${origin}/page/${name}`;
    },
    close: async () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
