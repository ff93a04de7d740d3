import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (Linux: from 32768, others: from 49152), and above those of well-known services. A port
 * that the system chose may be the near end of somebody's connection a moment later, and a server then can not listen there.
 */
const FIRST = 12_000;
const AFTER_LAST = 32_000;
const ATTEMPTS = 100;

/** `count` different TCP ports on loopback that nobody listens on right now, and that no connection is given. */
export async function freePorts(count: number): Promise<number[]> {
  // all are held open together, so that the same one is not found twice
  const held: { readonly port: number; readonly server: Server }[] = [];
  try {
    for (let attempt = 0; held.length < count; attempt += 1) {
      if (attempt >= count + ATTEMPTS) throw new Error('no free ports were found');
      const port = randomInt(FIRST, AFTER_LAST);
      const server = await listenOn(port);
      if (server !== null) held.push({ port, server });
    }
    return held.map(({ port }) => port);
  } finally {
    await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  }
}

/** A server there, or null when the port is taken. */
async function listenOn(port: number): Promise<Server | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
