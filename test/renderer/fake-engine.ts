import type { CallName, Contract, Input, Output, QueryName } from '../../src/shared/contract/contract.ts';
import type { CallResult, EngineToPage, PageToEngine } from '../../src/shared/contract/define.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';

/** What the fake answers to a name: a value, or a failure with its code. */
type Handlers = {
  readonly [Name in CallName]?: (input: Input<Name>) => CallResult<Output<Name>, string> | Promise<CallResult<Output<Name>, string>>;
};

/**
 * A FAKE engine: answers calls from functions and keeps subscriptions, over a real MessagePort, without any of the
 * engine's rules. For component tests and for looking at screens in states that are hard to reach. Whether the page
 * works with the real engine is shown by the end-to-end tests.
 */
export class FakeEngine {
  readonly #handlers: Handlers;
  readonly #ports = new Set<MessagePort>();
  readonly #subscriptions = new Map<number, { readonly port: MessagePort; readonly name: string; readonly input: unknown }>();
  #version = 0;
  readonly calls: { readonly name: string; readonly input: unknown }[] = [];
  /** Every live query that was begun, in order, the ended ones among them. */
  readonly begun: { readonly name: string; readonly input: unknown }[] = [];

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  /** A new port to this engine, for the page. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#ports.add(port1);
    port1.addEventListener('message', (event: MessageEvent<PageToEngine>) => void this.#receive(port1, event.data));
    port1.start();
    return port2;
  }

  /** Answers all subscriptions of these names again, as the engine does after a change. */
  async changed(...names: readonly QueryName[]): Promise<void> {
    this.#version += 1;
    for (const [id, { port, name, input }] of this.#subscriptions) {
      if (!names.some((each) => each === name)) continue;
      send(port, { t: 'data', id, version: this.#version, result: await this.#answer(name, input) });
    }
  }

  tell(event: EngineEvent): void {
    for (const port of this.#ports) send(port, { t: 'event', event });
  }

  /** Goes away, as after a crash. */
  stop(): void {
    for (const port of this.#ports) port.close();
    this.#ports.clear();
    this.#subscriptions.clear();
  }

  async #receive(port: MessagePort, message: PageToEngine): Promise<void> {
    switch (message.t) {
      case 'call':
        this.calls.push({ name: message.name, input: message.input });
        send(port, { t: 'result', id: message.id, result: await this.#answer(message.name, message.input) });
        return;
      case 'subscribe':
        this.#subscriptions.set(message.id, { port, name: message.name, input: message.input });
        this.begun.push({ name: message.name, input: message.input });
        send(port, { t: 'data', id: message.id, version: this.#version, result: await this.#answer(message.name, message.input) });
        return;
      case 'attend':
        // it answers everything at once anyway
        return;
      case 'unsubscribe':
        this.#subscriptions.delete(message.id);
    }
  }

  async #answer(name: string, input: unknown): Promise<CallResult<unknown, string>> {
    // A fake may trust the page: names and inputs are typed where the page calls.
    const handler = this.#handlers[name as keyof Contract] as
      | ((input: unknown) => CallResult<unknown, string> | Promise<CallResult<unknown, string>>)
      | undefined;
    return handler === undefined
      ? { ok: false, error: { code: 'internal', detail: `the fake engine does not know ${name}` } }
      : handler(input);
  }
}

function send(port: MessagePort, message: EngineToPage): void {
  port.postMessage(message);
}
