import { rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import path from 'node:path';
import { GatewayError } from './gateway-settings.ts';

/** On Linux the path of a socket has no room for more. */
const LONGEST_PATH = 100;
const ANSWER_LIMIT_MS = 5_000;

function socketPath(folder: string): string {
  const file = path.join(path.resolve(folder), 'gateway.sock');
  if (Buffer.byteLength(file) > LONGEST_PATH) throw new GatewayError(`the folder ${folder} has too long a path for the socket in it`);
  return file;
}

/** What the gateway of a folder says of itself; null when none runs there. */
export async function askGateway(folder: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = createConnection(socketPath(folder));
    socket.setTimeout(ANSWER_LIMIT_MS, () => {
      socket.destroy();
      reject(new GatewayError('the gateway does not answer'));
    });
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    socket.on('end', () => {
      resolve(text);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}

async function listening(file: string, answer: () => string): Promise<Server | null> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(answer());
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(file, () => {
      resolve(server);
    });
  });
}

/**
 * Takes a folder for this process and answers whoever asks how it is. A process id in a file would not do: in a container every gateway
 * has the same. A socket whose process is gone answers nobody.
 * @throws GatewayError when a gateway runs there
 */
export async function takeFolder(folder: string, answer: () => string): Promise<AsyncDisposable> {
  const file = socketPath(folder);
  const inUse = new GatewayError(`a gateway runs in ${folder} already`);
  let server = await listening(file, answer);
  if (server === null) {
    if ((await askGateway(folder)) !== null) throw inUse;
    await rm(file, { force: true });
    server = await listening(file, answer);
    if (server === null) throw inUse;
  }
  const own = server;
  return {
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        own.close(resolve);
      });
      await rm(file, { force: true });
    },
  };
}
