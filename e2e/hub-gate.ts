import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A way to a hub that a test can shut: what is connected is cut, and nobody gets through until it is opened. Bytes pass as they are. */
export class HubGate {
  /** `tls://localhost:port`, for an invite. */
  readonly server: string;
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  /** From the workstation to the hub. */
  readonly #ways = new Map<Socket, Socket>();
  #isHeld = false;
  #isOpen = true;

  private constructor(listener: Server, port: number, target: { readonly host: string; readonly port: number }) {
    this.#listener = listener;
    this.server = `tls://localhost:${String(port)}`;
    listener.on('connection', (inner) => {
      if (!this.#isOpen) {
        inner.destroy();
        return;
      }
      const outer = connect(target);
      for (const socket of [inner, outer]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          inner.destroy();
          outer.destroy();
        });
      }
      this.#ways.set(inner, outer);
      inner.on('close', () => this.#ways.delete(inner));
      if (!this.#isHeld) inner.pipe(outer);
      outer.pipe(inner);
    });
  }

  /** @param server `tls://host:port` of the hub */
  static async before(server: string): Promise<HubGate> {
    const url = new URL(server.replace(/^tls:/u, 'http:'));
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('the gate has no port');
    return new HubGate(listener, address.port, { host: '127.0.0.1', port: Number(url.port) });
  }

  shut(): void {
    this.#isOpen = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** What the workstation says from now on is on its way until `release`; what the hub says gets through. */
  hold(): void {
    this.#isHeld = true;
    for (const [inner, outer] of this.#ways) inner.unpipe(outer);
  }

  release(): void {
    this.#isHeld = false;
    for (const [inner, outer] of this.#ways) inner.pipe(outer);
  }

  open(): void {
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.shut();
    this.#listener.close();
    await once(this.#listener, 'close');
  }
}
