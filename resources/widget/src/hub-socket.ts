import { connectLine, NatsParser, publication } from './nats-protocol.ts';
import type { HubMessage } from './nats-protocol.ts';

/** How a widget is connected. `refused`: the hub does not know the site's user; it is asked again, seldom. */
export type HubState = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

/** A connection to the hub, as the tab that has it sees it. */
export interface HubLine {
  readonly state: HubState;
  /** Hears what is said to a subject, now and whenever the connection is back. */
  listen(subject: string, heard: (payload: Uint8Array) => void): void;
  start(): void;
  stop(): void;
  /** The network may be back: tries now. */
  nudge(): void;
  /** Says what is over in a moment; nobody hears it while there is no connection. */
  say(subject: string, text: string): void;
  /** Resolves when the hub has stored it, or had it already under this id. Rejects with NotStored. */
  store(subject: string, text: string, messageId: string): Promise<void>;
}

/** The part of a WebSocket that is used. */
export interface SocketLike {
  binaryType: string;
  addEventListener(type: 'message' | 'close' | 'error', heard: (event: unknown) => void): void;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface HubAddress {
  /** `wss://host:port`; `ws:` on the machine itself alone. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface HubSocketOptions extends HubAddress {
  readonly open: (url: string) => SocketLike;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly onState: (state: HubState) => void;
}

/** Why something was not stored: `offline` and `silent` may be tried again as they are; `refused` says what the hub said. */
export class NotStored extends Error {
  override readonly name = 'NotStored';
  readonly code: 'offline' | 'silent' | 'refused';

  constructor(code: NotStored['code'], detail = '') {
    super(`${code} ${detail}`.trim());
    this.code = code;
  }
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const REFUSED_PAUSE_MS = 60_000;
const CONNECT_LIMIT_MS = 10_000;
const ANSWER_LIMIT_MS = 10_000;
const PING_EVERY_MS = 20_000;

interface Waiting {
  readonly done: () => void;
  readonly fail: (error: NotStored) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * One connection to the hub that comes back by itself: at once when the network is back, else after pauses that double up to half a
 * minute, each shortened by chance, so that not all visitors of a site come at the same moment.
 */
export class HubSocket implements HubLine {
  readonly #options: HubSocketOptions;
  readonly #listeners = new Map<string, (payload: Uint8Array) => void>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #inbox: string;
  #socket: SocketLike | null = null;
  #state: HubState = 'idle';
  #attempts = 0;
  #answers = 0;
  #isRefused = false;
  #isStopped = true;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HubSocketOptions) {
    this.#options = options;
    const own = Array.from({ length: 16 }, () => Math.floor(options.random() * 36).toString(36)).join('');
    // as inboxPrefixOf in the hub's permissions names it
    this.#inbox = `_INBOX_${options.user}.${own}`;
  }

  get state(): HubState {
    return this.#state;
  }

  listen(subject: string, heard: (payload: Uint8Array) => void): void {
    this.#listeners.set(subject, heard);
    if (this.#state === 'online') this.#socket?.send(`SUB ${subject} ${String(this.#listeners.size + 1)}\r\n`);
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    this.#leave();
    this.#become('idle');
  }

  nudge(): void {
    if (this.#isStopped || this.#state === 'online' || this.#socket !== null) return;
    this.#attempts = 0;
    this.#connect();
  }

  say(subject: string, text: string): void {
    if (this.#state === 'online') this.#socket?.send(publication(subject, null, null, text));
  }

  async store(subject: string, text: string, messageId: string): Promise<void> {
    const socket = this.#socket;
    if (this.#state !== 'online' || socket === null) throw new NotStored('offline');
    this.#answers += 1;
    const reply = `${this.#inbox}.${String(this.#answers)}`;
    await new Promise<void>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(reply);
      };
      const timer = setTimeout(() => {
        end();
        reject(new NotStored('silent'));
      }, ANSWER_LIMIT_MS);
      this.#waiting.set(reply, {
        timer,
        done: () => {
          end();
          resolve();
        },
        fail: (error) => {
          end();
          reject(error);
        },
      });
      socket.send(publication(subject, reply, messageId, text));
    });
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#become('connecting');
    let socket: SocketLike;
    try {
      socket = this.#options.open(this.#options.url);
    } catch {
      this.#again();
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const parser = new NatsParser();
    let isGreeted = false;
    this.#expectWithin(CONNECT_LIMIT_MS);
    socket.addEventListener('message', (event) => {
      if (this.#socket !== socket) return;
      const data = typeof event === 'object' && event !== null && 'data' in event ? event.data : null;
      try {
        const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new TextEncoder().encode(String(data));
        for (const said of parser.push(bytes)) {
          if (said.op === 'message') this.#deliver(said.message);
          else if (said.op === 'error') this.#complain(said.reason);
          else if (said.op === 'info') {
            // servers say it again whenever one of them comes or goes
            if (!isGreeted) this.#greet(socket);
            isGreeted = true;
          } else if (said.op === 'ping') socket.send('PONG\r\n');
          else this.#isAlive(socket);
        }
      } catch {
        this.#lost(socket);
      }
    });
    for (const end of ['close', 'error'] as const) socket.addEventListener(end, () => this.#lost(socket));
  }

  /** Signs in. A server that takes it answers the ping; one that does not says why and closes. */
  #greet(socket: SocketLike): void {
    const { user, password } = this.#options;
    const listening = [...this.#listeners.keys()].map((subject, at) => `SUB ${subject} ${String(at + 2)}\r\n`);
    socket.send(`${connectLine(user, password)}SUB ${this.#inbox}.* 1\r\n${listening.join('')}PING\r\n`);
  }

  #isAlive(socket: SocketLike): void {
    this.#attempts = 0;
    this.#isRefused = false;
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      socket.send('PING\r\n');
      this.#expectWithin(ANSWER_LIMIT_MS);
    }, PING_EVERY_MS);
    this.#become('online');
  }

  #expectWithin(ms: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (this.#socket !== null) this.#lost(this.#socket);
    }, ms);
  }

  #complain(reason: string): void {
    // a permission that is missing is said without closing: whoever waits for it hears nothing, and gives up in time
    if (/authoriz|authentic|user/iu.test(reason) && !/permissions violation/iu.test(reason)) this.#isRefused = true;
  }

  #deliver({ subject, status, payload }: HubMessage): void {
    const waiting = this.#waiting.get(subject);
    if (waiting === undefined) {
      this.#listeners.get(subject)?.(payload);
      return;
    }
    if (status === 503) waiting.fail(new NotStored('silent', 'nobody stores it'));
    else judge(payload, waiting);
  }

  #lost(socket: SocketLike): void {
    if (this.#socket !== socket) return;
    this.#leave();
    if (this.#isStopped) return;
    this.#again();
  }

  #leave(): void {
    clearTimeout(this.#watch);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    for (const waiting of this.#waiting.values()) waiting.fail(new NotStored('offline'));
  }

  #again(): void {
    this.#become(this.#isRefused ? 'refused' : 'offline');
    const longest = this.#isRefused ? REFUSED_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), longest * (0.5 + this.#options.random() / 2));
  }

  #become(state: HubState): void {
    // while it tries again it still is offline to the person who looks
    if (state === this.#state || (state === 'connecting' && (this.#state === 'offline' || this.#state === 'refused'))) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** The answer of a stream: `{"stream":…,"seq":…}`, with `duplicate` for one it had; or an error. */
function judge(payload: Uint8Array, { done, fail }: Waiting): void {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    found = null;
  }
  const error = typeof found === 'object' && found !== null && 'error' in found ? found.error : null;
  if (error === null && typeof found === 'object' && found !== null && 'seq' in found) done();
  else fail(new NotStored('refused', JSON.stringify(error)));
}
