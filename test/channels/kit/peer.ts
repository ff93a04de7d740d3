import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';
import type { StoredAccount } from '../../../src/main/engine/store/accounts.store.ts';
import type { Capabilities } from '../../../src/shared/domain/channel/capabilities.ts';
import type { Channel } from '../../../src/shared/domain/message.ts';

/**
 * What the conformance kit asks of the other side of a channel. One driver for each pair of a connector and a service; the kit runs the
 * connector in the real engine against it. A `fake` is written by us from the official description of a service that can not run here;
 * every result names it as one.
 */
export type PeerKind = 'real' | 'fake';

/** Customers that every peer knows. `robot` is a machine by the channel's own mark (Auto-Submitted, is_bot, a system user). */
export type Customer = 'mei' | 'jun' | 'robot';

/** Something that a customer says. */
export interface Said {
  /** Unique for the whole run: the kit finds the message by it. */
  readonly text: string;
  /** `mei` when left out. */
  readonly from?: Customer;
  /** When the channel says it was said, in epoch milliseconds; now when left out. Rounded as the channel rounds. */
  readonly at?: number;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

/** What has come out at a customer. */
export interface Received {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/**
 * How a service refuses for a while. `retryAfter` says in which form it names the time; `none`: it does not. `server-error`: 5xx or what
 * stands for it. `malformed`: an answer that can not be read. `slow`: no answer for `ms`.
 */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfter: 'seconds' | 'date' | 'json' | 'none'; readonly ms: number }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'slow'; readonly ms: number };

/**
 * Where a message that we send is cut off. `connect`: nobody listens. `body`: before its last byte arrived, so that nobody has it.
 * `answer`: it was taken, and the answer is lost. `half-answer`: it was taken, and the answer ends in the middle.
 */
export const SEND_STAGES = ['connect', 'body', 'answer', 'half-answer'] as const;
export type SendStage = (typeof SEND_STAGES)[number];

export interface ConnectorOptions {
  /** Instead of the current one. */
  readonly secret?: string;
  /** `quick` (the default): deadlines and intervals of at most two seconds, so that a check takes little time. */
  readonly timings?: 'quick' | 'production';
}

/** A service that runs, with one account of ours. Members that are left out are not possible on the channel: `Driver.reasons` says why. */
export interface Peer extends AsyncDisposable {
  /** As the engine would keep it. */
  readonly account: StoredAccount;
  /** The current secret: what rotates. The kit looks for it in everything that is logged and stored. */
  readonly secret: string;
  /** Every form in which secrets travel (the secret itself, base64 ...), those of the past included. */
  readonly secrets: readonly string[];
  /** A new connector, with settings that lead to this peer. */
  connector(io: ConnectorIo, options?: ConnectorOptions): ChannelConnector;

  /** A customer says something in their conversation with us; resolves when the service has it. Returns what names it afterwards. */
  inject(said: Said): Promise<string>;
  /** The customer changes what they said. */
  readonly edit?: (ref: string, text: string) => Promise<void>;
  /** The customer takes it back. */
  readonly remove?: (ref: string) => Promise<void>;
  /** The customer has read everything that we sent. */
  readonly readAll?: () => Promise<void>;
  /** The customer types. */
  readonly type?: (from: Customer) => Promise<void>;
  /** Everything that our account sent and the service took, in order. */
  sent(): Promise<readonly Received[]>;
  /** Whether the customer was shown that we type, since the last time this was asked. */
  readonly sawTyping?: () => Promise<boolean>;

  /** Requests, commands or connections that the service has seen so far: a measure for what was asked and when. */
  requests(): number;
  /** Resets all connections; new ones work. */
  dropTcp(): void;
  /** Connections stay up and nothing passes, until `restore`. */
  blackHole(): void;
  /** Back to normal, for everything but credentials. */
  restore(): Promise<void>;
  /** The next `count` requests for messages (`pull`) or the next `count` messages that we send (`send`) meet this. */
  readonly fault?: (where: 'pull' | 'send', fault: Fault, count: number) => void;
  /** The next message that we send is cut there. */
  cutNextSend(stage: SendStage): void;
  /** The secret is not valid any more; returns the new one. Rejects where `Driver.reasons` says why there is no such thing. */
  rotateAuth(): Promise<string>;
  /** The service stops and starts, with all it knew. */
  restart(): Promise<void>;
  /** What the service counts messages with begins anew, so that old positions look valid (UIDVALIDITY, update ids ...). */
  readonly resetCursorDomain?: () => Promise<void>;
  /** Puts everything malformed, huge or unknown that the service could hand us in front of what comes next. Returns how many. */
  readonly hostile?: () => Promise<number>;
  /** Something that reports the failure of a message that we sent; never to be answered. */
  readonly bounce?: () => Promise<void>;
  /** The same message comes by a second way (another folder, an overlapping page, a redelivery). */
  readonly repeat?: (ref: string) => Promise<void>;
  /** Nothing is under way inside the service any more. */
  settled(): Promise<void>;
}

/** Which checks can not be had on a channel and why, where its capabilities alone do not tell. */
export type Reasons = Readonly<
  Partial<
    Record<
      'fault' | 'rotateAuth' | 'resetCursorDomain' | 'hostile' | 'repeat' | 'bounce' | 'readAll' | 'type' | 'sawTyping' | 'edit' | 'remove',
      string
    >
  >
>;

export interface Driver {
  /** The folder of the connector, such as `telegram`. */
  readonly connector: string;
  /** What stands on the other side, such as `Dovecot and Postfix` or `Bot API`. */
  readonly peer: string;
  readonly kind: PeerKind;
  readonly channel: Channel;
  readonly capabilities: Capabilities;
  /** For optional members of `Peer` that are missing. The kit fails where one is missing without a reason. */
  readonly reasons: Reasons;
  /** Forms in which the service names when to come back; empty where its protocol has none. */
  readonly retryForms: readonly ('seconds' | 'date' | 'json' | 'none')[];
  /** Checks that touch what all its peers share, and therefore run alone. */
  readonly alone?: readonly string[];
  /** Fast checks that run by command alone, because tests of the channel itself ask the same in each `npm test`. */
  readonly byCommand?: readonly string[];
  /** Why it can not run on this machine; null when it can. A peer that can not run fails the kit. */
  obstacle(): string | null;
  /** Starts a service with no messages. */
  start(): Promise<Peer>;
  /** Ends what all its peers share. */
  readonly close?: () => Promise<void>;
}
