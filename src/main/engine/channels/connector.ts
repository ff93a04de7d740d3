import type { Capabilities } from '../../../shared/domain/channel/capabilities.ts';
import type { OfficialState } from '../../../shared/domain/chat/official-state.ts';
import type { NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import type { AccountId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';
import type { HubLink } from '../team/hub-link.ts';

export type HealthState = 'connecting' | 'ok' | 'offline' | 'auth' | 'tls' | 'rate-limited' | 'down';

export interface Health {
  readonly state: HealthState;
  readonly since: Instant;
  /** A closed, translatable code such as `host-not-found`, `connection-refused`, `timeout`, `wrong-password`, `certificate-expired`. */
  readonly code: string | null;
  /** The server's own words, for the curious; never holds a secret. */
  readonly detail: string;
  /** What is left of what the service lets us ask, as far as it tells or we count; null where nothing limits us. */
  readonly budget?: RateBudget | null;
  /** How long ago the newest thing happened that we have not taken yet, in milliseconds, where the channel tells. */
  readonly lagMs?: number | null;
}

/** Requests left until `resetAt`, of `limit`. */
export interface RateBudget {
  readonly left: number;
  readonly limit: number;
  readonly resetAt: Instant;
}

/** Something that happened on the channel. The engine stores it idempotently; a connector may repeat itself. */
export type ChannelEvent =
  | {
      readonly kind: 'message';
      readonly message: NormalizedMessage;
      readonly remoteRef: string;
      /** Files that came with it, where there is no source that holds them. */
      readonly files?: readonly InboundFile[];
    }
  /** The message at `remoteRef` was marked read or unread elsewhere. */
  | { readonly kind: 'seen'; readonly remoteRef: string; readonly seen: boolean }
  /** The message at `remoteRef` was removed on the server; we keep our copy and say so. */
  | { readonly kind: 'removed'; readonly remoteRef: string; readonly at?: Instant }
  /** The author changed the message at `remoteRef`. What it said before is kept. */
  | { readonly kind: 'edited'; readonly remoteRef: string; readonly text: string; readonly at: Instant }
  /** The customer has read our message with this client key, and all before it in the conversation. */
  | { readonly kind: 'read'; readonly remoteRef: string; readonly clientKey: string; readonly at: Instant }
  /** All remote references beginning with this prefix are void (UIDVALIDITY changed). */
  | { readonly kind: 'reset'; readonly remotePrefix: string };

export interface InboundFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Batch {
  readonly events: readonly ChannelEvent[];
  /** Versioned JSON that only the connector reads; stored in the same transaction as the events. */
  readonly cursor: string;
  /** True when calling `pull` again at once will give more. */
  readonly more: boolean;
  /** How far the backfill is, in messages; null when there is none. */
  readonly backfill: { readonly done: number; readonly total: number } | null;
}

export interface OutboundAttachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface OutboundMessage {
  readonly outboxId: OutboxId;
  /** Our own id of the message on the channel, chosen when it was queued (`<...@...>` for email). */
  readonly clientKey: string;
  readonly subject: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly text: string;
  /** Ids of the earlier messages in the thread, oldest first. */
  readonly parentKeys: readonly string[];
  /** The signed token for the plus-address, or null where the account has none. */
  readonly threadToken: string | null;
  readonly attachments: readonly OutboundAttachment[];
  /** The conversation and the customer's newest message in it, as its `origin` named them; absent for mail. */
  readonly conversation?: string;
  readonly inReplyTo?: string;
  /** Whether that message named our account, where its channel tells. */
  readonly isSummoned?: boolean;
  /** Who writes: a name that the customer may see; absent for a machine. */
  readonly authorName?: string;
  /** Set for what our bot says, and the answers that it offers for one tap where a channel can show them. */
  readonly bot?: { readonly options: readonly string[] };
  readonly writtenAt: Instant;
  /** Set for what a machine answers by itself (RFC 3834): these headers, and a sender that nothing comes back to. */
  readonly automatic?: { readonly headers: Readonly<Record<string, string>> };
}

export type SendResult =
  | {
      readonly status: 'sent';
      readonly at: Instant;
      readonly refused: readonly string[];
      /** What others name when they answer it, as `remoteRef`, where a conversation follows from that and from nothing else. */
      readonly refs?: readonly string[];
    }
  /** Certain that nobody got it. `permanent` false may be tried again, and not before `retryAt` where the service says so. */
  | {
      readonly status: 'rejected';
      readonly permanent: boolean;
      readonly code: string;
      readonly detail: string;
      readonly retryAt?: Instant;
    }
  /** The final bytes left us and no answer came: it may or may not have been delivered. */
  | { readonly status: 'unknown'; readonly detail: string };

/** What is known of a message whose fate is not. */
export type SendHint = Pick<OutboundMessage, 'conversation' | 'text' | 'writtenAt'>;

export interface SendHooks {
  /**
   * Called synchronously, once, right before the bytes that complete the message are released to the network.
   * The engine commits "handed over" there: a crash before it is safely retried, a crash after it is `unknown`.
   */
  readonly onHandover: () => void;
  readonly signal: AbortSignal;
}

/** A message of ours that has left, for a customer who was not there. */
export interface SentMessage {
  readonly clientKey: string;
  readonly at: Instant;
  readonly author: { readonly kind: 'agent' | 'bot' | 'system'; readonly name: string };
  readonly text: string;
  readonly options: readonly string[];
  /** Reads them; a file that is not here any more is left out. */
  readonly files: () => readonly OutboundAttachment[];
}

/** How a conversation stands, as far as its customer is told. */
export interface ConversationStanding {
  readonly with: 'bot' | 'agent' | 'nobody';
  /** Of whoever has it. */
  readonly name: string | null;
  /** When a person is there; null while one is, or nobody can say. */
  readonly backAt: Instant | null;
  /** Nobody is there to chat now. */
  readonly isOffline: boolean;
  /** The customer's newest message that is stored, and whether a person has looked at it. */
  readonly newest: { readonly nativeKey: string; readonly isRead: boolean } | null;
  /** The client key of what we said last; null when that is nothing. */
  readonly last?: string | null;
  /** Whether the forms of the site are answered by mail as well. */
  readonly isMailed?: boolean;
  /** Client keys of the newest answers that left by mail, and that a page would not hear of. */
  readonly mailed?: readonly string[];
  /** Who the team is elsewhere; null where it does not say. */
  readonly official?: OfficialState | null;
}

/** What a channel on which customers wait for us may ask about a conversation of its account. Cheap, and without a network. */
export interface Conversations {
  /**
   * What has left after the message with this client key, oldest first, the newest of it where it is much; null: from the beginning.
   * @param has the client keys of all that the customer has of late, where they say so: then whatever is not among them. What was
   *   written first is not always what left first.
   */
  sentAfter(conversation: string, clientKey: string | null, has?: readonly string[]): readonly SentMessage[];
  standing(conversation: string): ConversationStanding;
  /** Whose code of ours this is, and until when it is good; null when it is nobody's. */
  checkCode(code: string): { readonly name: string; readonly until: Instant } | null;
}

/** What a connector may use of the outside world. */
/** What a connector does not see itself, because another workstation held the account. */
export interface KnownMessages {
  /** The conversation that a message is in, by its `remoteRef`; null for one that nobody has. */
  readonly conversationOf: (ref: string) => string | null;
  /** The conversation of some message whose `remoteRef` begins so; null when there is none. */
  readonly conversationBelow: (prefix: string) => string | null;
}

export interface ConnectorIo {
  readonly clock: Clock;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly onHealth: (health: Health) => void;
  /** The customer is typing in this conversation, or has stopped. Nothing stores it. */
  readonly onTyping?: (conversation: string, isTyping: boolean) => void;
  /** A secret that the service has replaced (a refreshed token) must outlive us: it replaces the one in the vault. */
  readonly saveSecret?: (secret: string) => Promise<void>;
  /** The team's hub, for channels that travel over it; null while the workspace belongs to no team. */
  readonly hub?: () => Pick<HubLink, 'chat' | 'state' | 'onState'> | null;
  readonly conversations?: Conversations;
  /** What the team knows of messages of this account, whichever workstation fetched or sent them. */
  readonly known?: KnownMessages;
  /** The fence of the lease under which this connector runs; 0 in a workspace of one, null when it was lost. */
  readonly fence?: () => number | null;
}

/**
 * The contract between the engine and a channel. Push never carries truth, it only wakes `pull`.
 * Every network step has a deadline and obeys its AbortSignal. Errors are thrown as `ConnectorError`.
 */
export interface ChannelConnector extends AsyncDisposable {
  readonly accountId: AccountId;
  capabilities(): Capabilities;
  /** Opens connections; throws a ConnectorError with a readable code. */
  connect(signal: AbortSignal): Promise<void>;
  /** The next events after `cursor` (null: from the beginning). At most `maxMessages` messages. */
  pull(cursor: string | null, options: { readonly maxMessages: number; readonly signal: AbortSignal }): Promise<Batch>;
  /** Calls `wake` whenever `pull` may have something new. Resolves when the connection is lost or the signal aborts. */
  watch(wake: () => void, signal: AbortSignal): Promise<void>;
  /** Called after the transaction that stored `cursor`. */
  commit?(cursor: string): Promise<void>;
  send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult>;
  /**
   * Did the message with this client key arrive? Asked after a crash or an `unknown` result. The hint says what was sent, for
   * channels that take no key and know a message by its words alone; without one they can only tell what they still remember.
   */
  reconcile(clientKey: string, signal: AbortSignal, hint?: SendHint): Promise<'sent' | 'not-found' | 'undecidable'>;
  /** Somebody of ours types in the conversation, or has stopped. Never throws: it is a courtesy. */
  readonly typing?: (conversation: string, isTyping: boolean, authorName: string) => void;
  /** We have read the conversation up to this message. Never throws. */
  readonly markRead?: (conversation: string, nativeKey: string) => void;
  /** Conversations may stand otherwise than before: whoever has them, who has read them, who is there. Never throws. */
  standingsChanged?(): void;
}

/** A failure that a person can be told about; `code` is translated by the page, `detail` is the server's own words. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: string;
  readonly health: HealthState;
  readonly retryable: boolean;
  /** Not to be asked again before this; null when the service did not say. */
  readonly retryAt: Instant | null;
  constructor(code: string, options: { health: HealthState; retryable: boolean; detail: string; retryAt?: Instant; cause?: unknown }) {
    super(options.detail, { cause: options.cause });
    this.code = code;
    this.health = options.health;
    this.retryable = options.retryable;
    this.retryAt = options.retryAt ?? null;
  }
}
