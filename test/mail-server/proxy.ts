import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificates.ts';

/** Which way bytes flow: from the client to the server, or back. */
export type Flow = 'to-server' | 'to-client';

/** What has passed through a proxy since it started. */
export interface ProxyCounters {
  readonly accepted: number;
  /** Connections open right now. */
  readonly open: number;
  readonly toServerBytes: number;
  readonly toClientBytes: number;
}

/** A TCP proxy on 127.0.0.1 that can misbehave the way networks do. */
export interface Proxy extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Resets every open connection (RST on both sides); new ones work. */
  dropAll(): void;
  /** Open and new connections stay up, but nothing passes any more, as behind a NAT that forgot its mapping. */
  blackHole(): void;
  /** Nobody listens any more: new connections are refused. Open ones are reset. */
  refuse(): Promise<void>;
  /** Back to normal for new connections; the ones that were in the black hole are reset. */
  restore(): Promise<void>;
  /** Resets a connection once `bytes` went this way on it; the last byte allowed through is byte number `bytes`. Null ends it. */
  cutAfterBytes(bytes: number | null, flow?: Flow): void;
  /** Resets a connection as soon as this text was seen on it: before it is passed on (`hold`), or once it has been (`pass`). Null ends it. */
  cutOnText(text: string | null, flow?: Flow, mode?: 'hold' | 'pass'): void;
  counters(): ProxyCounters;
  stop(): Promise<void>;
}

export interface ProxyTarget {
  readonly host: string;
  readonly port: number;
  /** Speak TLS to the client with this certificate, and plain to the server. */
  readonly tls?: Certificate;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly passed: Record<Flow, number>;
  readonly seen: Record<Flow, string>;
}

interface Cut {
  readonly flow: Flow;
  readonly bytes?: number;
  readonly text?: string;
  readonly mode?: 'hold' | 'pass';
}

class MisbehavingProxy implements Proxy {
  readonly host = '127.0.0.1';
  readonly #target: ProxyTarget;
  readonly #pairs = new Set<Pair>();
  readonly #total: Record<Flow, number> = { 'to-server': 0, 'to-client': 0 };
  #server: Server | null = null;
  #port = 0;
  #accepted = 0;
  #dark = false;
  #cut: Cut | null = null;

  constructor(target: ProxyTarget) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<void> {
    if (this.#server !== null) return;
    const accept = (client: Socket): void => this.#accept(client);
    const tls = this.#target.tls;
    const server = tls === undefined ? createServer(accept) : createTlsServer({ key: tls.key, cert: tls.cert }, accept);
    // a client that dislikes the certificate ends the handshake: nothing to report here
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, this.host, resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy got no port');
    this.#port = address.port;
    this.#server = server;
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    const server = connectTcp({ host: this.#target.host, port: this.#target.port });
    const pair: Pair = { client, server, passed: { 'to-server': 0, 'to-client': 0 }, seen: { 'to-server': '', 'to-client': '' } };
    this.#pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    this.#forward(pair, 'to-server', client, server);
    this.#forward(pair, 'to-client', server, client);
  }

  #forward(pair: Pair, flow: Flow, source: Socket, target: Socket): void {
    source.on('data', (chunk: Buffer) => this.#pass(pair, flow, chunk, source, target));
    source.on('end', () => {
      if (!this.#dark) target.end();
    });
    source.on('error', () => {
      if (!this.#dark) this.#reset(pair);
    });
    source.on('close', () => {
      if (this.#dark) return;
      target.end();
      if (pair.client.destroyed && pair.server.destroyed) this.#pairs.delete(pair);
    });
  }

  #pass(pair: Pair, flow: Flow, chunk: Buffer, source: Socket, target: Socket): void {
    if (this.#dark || target.destroyed) return;
    const cut = this.#cut?.flow === flow ? this.#cut : null;
    let allowed = chunk;
    let ends = false;
    if (cut?.bytes !== undefined && pair.passed[flow] + chunk.length >= cut.bytes) {
      allowed = chunk.subarray(0, Math.max(0, cut.bytes - pair.passed[flow]));
      ends = true;
    } else if (cut?.text !== undefined) {
      const text = pair.seen[flow] + chunk.toString('latin1');
      const at = text.indexOf(cut.text);
      if (at === -1) {
        pair.seen[flow] = text.slice(-cut.text.length);
      } else {
        // only what came before the text, or all of it up to its end, goes through
        const until = at + (cut.mode === 'pass' ? cut.text.length : 0) - pair.seen[flow].length;
        allowed = chunk.subarray(0, Math.max(0, until));
        ends = true;
      }
    }
    pair.passed[flow] += allowed.length;
    this.#total[flow] += allowed.length;
    if (ends) {
      // what was allowed must leave before the reset, or the system throws it away with the connection
      target.write(allowed, () => this.#reset(pair));
    } else if (!target.write(allowed)) {
      source.pause();
      target.once('drain', () => source.resume());
    }
  }

  #reset(pair: Pair): void {
    this.#pairs.delete(pair);
    for (const socket of [pair.client, pair.server]) {
      socket.on('error', () => {});
      socket.resetAndDestroy();
    }
  }

  dropAll(): void {
    for (const pair of this.#pairs) this.#reset(pair);
  }

  blackHole(): void {
    this.#dark = true;
  }

  async #unlisten(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.dropAll();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  async refuse(): Promise<void> {
    await this.#unlisten();
  }

  async restore(): Promise<void> {
    this.#cut = null;
    if (this.#dark) this.dropAll();
    this.#dark = false;
    await this.listen();
  }

  cutAfterBytes(bytes: number | null, flow: Flow = 'to-server'): void {
    this.#cut = bytes === null ? null : { flow, bytes };
  }

  cutOnText(text: string | null, flow: Flow = 'to-server', mode: 'hold' | 'pass' = 'hold'): void {
    this.#cut = text === null ? null : { flow, text, mode };
  }

  counters(): ProxyCounters {
    return {
      accepted: this.#accepted,
      open: this.#pairs.size,
      toServerBytes: this.#total['to-server'],
      toClientBytes: this.#total['to-client'],
    };
  }

  async stop(): Promise<void> {
    await this.#unlisten();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts a proxy on a free port. The caller stops it. */
export async function startProxy(target: ProxyTarget): Promise<Proxy> {
  const proxy = new MisbehavingProxy(target);
  await proxy.listen();
  return proxy;
}
