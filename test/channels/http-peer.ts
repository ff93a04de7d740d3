import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Fault, SendStage } from './kit/peer.ts';

/** What a fake service is asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is bytes. */
  readonly body: unknown;
}

export interface HttpPeerOptions {
  readonly answer: (asked: Asked) => Reply;
  /** Which requests faults are meant for; null for those that they leave alone. */
  readonly areaOf: (asked: Pick<Asked, 'method' | 'path'>) => 'pull' | 'send' | null;
  /** How the service says that it is asked too often. */
  readonly rateLimited: (fault: Extract<Fault, { readonly kind: 'rate-limited' }>) => Reply;
}

/** An HTTP server on this machine that can be made to fail in every way a network and a service can. Knows nothing of any service. */
export interface HttpPeer extends AsyncDisposable {
  readonly origin: string;
  requests(): number;
  dropTcp(): void;
  blackHole(): void;
  restore(): Promise<void>;
  fault(where: 'pull' | 'send', fault: Fault, count: number): void;
  cutNextSend(stage: SendStage): void;
  restart(): Promise<void>;
}

export async function startHttpPeer(options: HttpPeerOptions): Promise<HttpPeer> {
  const sockets = new Set<Socket>();
  const held = new Set<Socket>();
  let faults: { where: 'pull' | 'send'; fault: Fault; left: number }[] = [];
  let cut: SendStage | null = null;
  let isHole = false;
  let requests = 0;
  let port = 0;
  let server = http.createServer();

  function reply(response: http.ServerResponse, { status, headers, body }: Reply, half = false): void {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    response.writeHead(status, {
      'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json; charset=utf-8',
      date: new Date().toUTCString(),
      ...headers,
      'content-length': bytes.length,
    });
    if (!half) {
      response.end(bytes);
      return;
    }
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  }

  async function handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    requests += 1;
    const url = new URL(request.url ?? '/', 'http://peer');
    const area = options.areaOf({ method: request.method ?? 'GET', path: url.pathname });
    const stage = area === 'send' ? cut : null;
    if (stage !== null) cut = null;
    if (stage === 'body') {
      request.socket.resetAndDestroy();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    if (isHole) {
      held.add(request.socket);
      return;
    }
    const found = area === null ? undefined : faults.find((each) => each.where === area && each.left > 0);
    if (found !== undefined) {
      found.left -= 1;
      if (found.fault.kind === 'rate-limited') return reply(response, options.rateLimited(found.fault));
      if (found.fault.kind === 'server-error') return reply(response, { status: 502, body: Buffer.from('<html>Bad Gateway</html>') });
      if (found.fault.kind === 'slow') {
        const { ms } = found.fault;
        await new Promise((resolve) => {
          setTimeout(resolve, ms);
        });
      }
    }
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    const answer = options.answer(asked);
    if (stage === 'answer') {
      request.socket.resetAndDestroy();
      return;
    }
    if (found?.fault.kind === 'malformed') return reply(response, { status: 200, body: Buffer.from('{"half": ') });
    reply(response, answer, stage === 'half-answer');
  }

  async function listen(): Promise<void> {
    server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      handle(request, response).catch(() => request.socket.destroy());
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        held.delete(socket);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  }

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }

  await listen();
  return {
    get origin() {
      return `http://127.0.0.1:${String(port)}`;
    },
    requests: () => requests,
    dropTcp: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    blackHole: () => {
      isHole = true;
    },
    restore: async () => {
      isHole = false;
      faults = [];
      cut = null;
      for (const socket of held) socket.destroy();
      if (!server.listening) await listen();
    },
    fault: (where, fault, count) => {
      faults.push({ where, fault, left: count });
    },
    cutNextSend: (stage) => {
      if (stage === 'connect') server.close();
      else cut = stage;
    },
    restart: async () => {
      await close();
      await listen();
    },
    [Symbol.asyncDispose]: close,
  };
}
