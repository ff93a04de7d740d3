import type { CallResult, EngineToPage, PageToEngine } from '../../shared/contract/define.ts';
import type { Subscribed } from './live-queries.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in component tests. */
    readonly meridian?: { requestPort(): void };
  }
}

/** What the transport needs of a MessagePort; a test passes one end of a MessageChannel. */
export type EnginePort = Pick<MessagePort, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'start' | 'close'>;

/** connecting: no engine yet. connected: it answers. stopped: it was there and is gone; the shell starts it again. */
export type ConnectionState = 'connecting' | 'connected' | 'stopped';

type AnyResult = CallResult<unknown, string>;

interface Subscription {
  readonly name: string;
  readonly input: unknown;
  readonly onData: (result: AnyResult) => void;
  isShown: boolean;
  /** Newest version seen from the engine that is connected now; versions start again with a new engine. */
  version: number;
}

const ENGINE_STOPPED: AnyResult = { ok: false, error: { code: 'engine-stopped', detail: 'the engine is not running' } };

/**
 * Calls and subscriptions over the one port to the engine. A subscription outlives the engine: when a new port comes,
 * everything is asked for again. A command whose answer is awaited is repeated when a new port takes the place of one that lives: its operation id
 * makes it happen once. Where the engine has gone, a call fails with `engine-stopped` and the person decides.
 */
export class Transport {
  #port: EnginePort | null = null;
  #state: ConnectionState = 'connecting';
  #nextId = 1;
  /** Calls made before the first engine was there; they wait for it. */
  #waiting: PageToEngine[] = [];
  readonly #calls = new Map<number, { readonly message: PageToEngine; readonly resolve: (result: AnyResult) => void }>();
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #eventHandlers = new Set<(event: EngineEvent) => void>();
  readonly #stateHandlers = new Set<() => void>();

  get state(): ConnectionState {
    return this.#state;
  }

  /** Speaks to a (new) engine from here on. Commands that are pending are repeated, other calls fail; subscriptions are asked for again. */
  attach(port: EnginePort): void {
    const again = [...this.#calls.values()].filter(({ message }) => this.#port !== null && hasOperation(message));
    for (const { message } of again) if (message.t === 'call') this.#calls.delete(message.id);
    this.#detach();
    this.#port = port;
    port.addEventListener('message', this.#onMessage);
    port.addEventListener('close', this.#onClose);
    port.start();
    for (const [id, subscription] of this.#subscriptions) {
      subscription.version = -1;
      this.#post({ t: 'subscribe', id, name: subscription.name, input: subscription.input, isShown: subscription.isShown });
    }
    for (const call of again) {
      if (call.message.t === 'call') this.#calls.set(call.message.id, call);
      this.#post(call.message);
    }
    for (const message of this.#waiting) this.#post(message);
    this.#waiting = [];
    this.#setState('connected');
  }

  async call(name: string, input: unknown): Promise<AnyResult> {
    if (this.#state === 'stopped') return ENGINE_STOPPED;
    const id = this.#nextId++;
    const message: PageToEngine = { t: 'call', id, name, input };
    const answer = new Promise<AnyResult>((resolve) => {
      this.#calls.set(id, { message, resolve });
    });
    if (this.#port === null) this.#waiting.push(message);
    else this.#post(message);
    return answer;
  }

  /** Calls `onData` with the answer and with every newer one until it is stopped. What is not shown is answered when nothing else waits, and less often. */
  subscribe(name: string, input: unknown, onData: (result: AnyResult) => void, isShown = true): Subscribed {
    const id = this.#nextId++;
    const subscription: Subscription = { name, input, onData, isShown, version: -1 };
    this.#subscriptions.set(id, subscription);
    this.#post({ t: 'subscribe', id, name, input, isShown });
    return {
      attend: (isShownNow) => {
        if (subscription.isShown === isShownNow || !this.#subscriptions.has(id)) return;
        subscription.isShown = isShownNow;
        this.#post({ t: 'attend', id, isShown: isShownNow });
      },
      stop: () => {
        if (this.#subscriptions.delete(id)) this.#post({ t: 'unsubscribe', id });
      },
    };
  }

  onEvent(handler: (event: EngineEvent) => void): () => void {
    this.#eventHandlers.add(handler);
    return () => this.#eventHandlers.delete(handler);
  }

  onStateChange(handler: () => void): () => void {
    this.#stateHandlers.add(handler);
    return () => this.#stateHandlers.delete(handler);
  }

  readonly #onMessage = (message: MessageEvent): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine is our own code on the trusted side of the port
    this.#receive(message.data as EngineToPage);
  };

  readonly #onClose = (): void => {
    this.#detach();
    this.#setState('stopped');
  };

  #receive(message: EngineToPage): void {
    switch (message.t) {
      case 'result': {
        const pending = this.#calls.get(message.id);
        this.#calls.delete(message.id);
        pending?.resolve(message.result);
        return;
      }
      case 'data': {
        const subscription = this.#subscriptions.get(message.id);
        // An answer that was overtaken by a newer one is old news.
        if (subscription === undefined || message.version <= subscription.version) return;
        subscription.version = message.version;
        subscription.onData(message.result);
        return;
      }
      case 'event':
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
        for (const handler of this.#eventHandlers) handler(message.event as EngineEvent);
    }
  }

  #post(message: PageToEngine): void {
    this.#port?.postMessage(message);
  }

  #detach(): void {
    const port = this.#port;
    if (port === null) return;
    this.#port = null;
    port.removeEventListener('message', this.#onMessage);
    port.removeEventListener('close', this.#onClose);
    port.close();
    const pending = [...this.#calls.values()];
    this.#calls.clear();
    for (const { resolve } of pending) resolve(ENGINE_STOPPED);
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const handler of this.#stateHandlers) handler();
  }
}

/**
 * Waits for engine ports that the preload script hands to this window and attaches each to the transport; asks for
 * the first one. A message from any other window (a mail frame, an opener) is ignored.
 */
export function listenForPorts(transport: Transport, page: Window): () => void {
  const onMessage = (message: MessageEvent<unknown>): void => {
    if (message.source !== page || !isPortMessage(message.data)) return;
    const [port] = message.ports;
    if (port !== undefined) transport.attach(port);
  };
  page.addEventListener('message', onMessage);
  page.meridian?.requestPort();
  return () => page.removeEventListener('message', onMessage);
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'meridian' in data && data.meridian === 'engine-port';
}

/** Whether a call may be repeated: the same operation again gets the first answer and changes nothing. */
function hasOperation(message: PageToEngine): boolean {
  return message.t === 'call' && typeof message.input === 'object' && message.input !== null && 'opId' in message.input;
}
