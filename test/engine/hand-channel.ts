import { CAPABILITIES } from '../../src/shared/domain/channel/capabilities.ts';
import { startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { ConnectorError } from '../../src/main/engine/channels/connector.ts';
import type { ChannelConnector, OutboundMessage, SendHooks, SendResult } from '../../src/main/engine/channels/connector.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

/** The mailbox of the workstations of `startWithChannel`. */
export const HAND_ACCOUNT: StoredAccount = {
  uid: accountIdFor('sample', 'support@team.test'),
  kind: 'sample',
  address: 'support@team.test',
  name: 'Team Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(0),
  removedAt: null,
  settings: null,
};

/** A channel that is no channel: tests deliver into it and say what becomes of what is sent. */
export class HandChannel {
  readonly sent: OutboundMessage[] = [];
  /** What the channel does with a message; accepts it at once unless the test says otherwise. */
  answer: (message: OutboundMessage, hooks: SendHooks) => Promise<SendResult>;
  readonly #clock: Clock;
  readonly #messages: NormalizedMessage[] = [];
  #fetched = 0;
  #isOnline = true;
  #wake: () => void = () => undefined;
  #cut: (error: Error) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.answer = this.accept;
  }

  readonly accept = async (_message: OutboundMessage, hooks: SendHooks): Promise<SendResult> => {
    hooks.onHandover();
    return Promise.resolve({ status: 'sent', at: this.#clock.now(), refused: [] });
  };

  /** Messages for the mailbox, fetched at once when it is online. */
  deliver(...messages: readonly NormalizedMessage[]): void {
    this.#messages.push(...messages);
    this.#wake();
  }

  /** The network goes; `restore` and a nudge bring it back. */
  cut(): void {
    this.#isOnline = false;
    this.#cut(offline());
  }

  restore(): void {
    this.#isOnline = true;
  }

  connector(): ChannelConnector {
    return {
      accountId: HAND_ACCOUNT.uid,
      capabilities: () => CAPABILITIES.email,
      connect: async () => (this.#isOnline ? Promise.resolve() : Promise.reject(offline())),
      pull: async (cursor) => {
        const from = Number(cursor ?? 0);
        const taken = this.#messages.slice(from);
        const events = taken.map((message, index) => ({ kind: 'message', message, remoteRef: `hand/${from + index}` }) as const);
        this.#fetched = from + taken.length;
        return Promise.resolve({ events, cursor: String(this.#fetched), more: false, backfill: null });
      },
      watch: async (wake, signal) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) resolve();
          if (!this.#isOnline) reject(offline());
          this.#wake = wake;
          this.#cut = reject;
          // what came before anybody watched must not wait for the next one
          if (this.#messages.length > this.#fetched) wake();
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      send: async (message, hooks) => {
        this.sent.push(message);
        return this.answer(message, hooks);
      },
      reconcile: async () => Promise.resolve('undecidable'),
      [Symbol.asyncDispose]: async () => Promise.resolve(),
    };
  }
}

function offline(): ConnectorError {
  return new ConnectorError('connection-refused', { health: 'offline', retryable: true, detail: 'cut by the test' });
}

/** A workstation whose only mailbox is a channel by hand. */
export async function startWithChannel(clock: Clock): Promise<{ readonly station: Workstation; readonly channel: HandChannel }> {
  const channel = new HandChannel(clock);
  const station = await startWorkstation({
    clock,
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => {
      store.write((tx) => saveAccount(tx, HAND_ACCOUNT));
      return Promise.resolve();
    },
  });
  return { station, channel };
}

let serial = 0;

/** A mail of a customer to the mailbox, as the email connector would hand it over. */
export function customerMail(clock: Clock, change: Partial<NormalizedMessage> = {}): NormalizedMessage {
  serial += 1;
  const key = `hand-${serial}@customer.test`;
  const from = change.from ?? { address: 'mei@customer.test', name: 'Mei Tanaka' };
  return {
    channel: 'email',
    direction: 'in',
    nativeKey: key,
    thread: { tokens: [], ownKey: `<${key}>`, parentKeys: [] },
    subject: 'A question',
    to: [{ address: HAND_ACCOUNT.address, name: '' }],
    cc: [],
    replyTo: [],
    text: 'When will it arrive?',
    html: null,
    preview: 'When will it arrive?',
    language: 'en',
    sentAt: clock.now(),
    receivedAt: clock.now(),
    senderOffsetMinutes: 540,
    auto: 'none',
    answerHints: {
      from: [from.address],
      returnPath: from.address,
      autoSubmitted: '',
      precedence: '',
      suppress: '',
      loop: '',
      hasListHeader: false,
    },
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    ...change,
    from,
  };
}

/** The case of a message that has been fetched; null while it has not. */
export function caseOfMessage(station: Workstation, message: NormalizedMessage): CaseId | null {
  const key = message.thread.ownKey?.replace(/^<(.*)>$/u, '$1') ?? '';
  return (
    station.engine.store.read((db) =>
      db.get<{ uid: CaseId }>('SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.own_key = @key', { key }),
    )?.uid ?? null
  );
}
