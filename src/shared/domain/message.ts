import type { Instant } from './time.ts';

/** Where a message came from or goes to. */
export const CHANNELS = ['email', 'chat', 'telegram', 'x', 'web', 'community'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Direction = 'in' | 'out';

/** A person on a channel. For email `address` is the lower-cased mailbox address. */
export interface Party {
  readonly address: string;
  readonly name: string;
}

/** Why a message was not written by a person for us; `none` means that it was. `bot`: our own bot wrote it. */
export const AUTO_KINDS = ['none', 'auto-reply', 'auto-generated', 'list', 'bounce', 'bot'] as const;
export type AutoKind = (typeof AUTO_KINDS)[number];

/** A delivery failure reported for something that we sent. */
export interface BounceInfo {
  readonly originalMessageId: string | null;
  readonly recipient: string | null;
  /** The remote server's words, for the agent to read. */
  readonly diagnostic: string;
  /** 5.x.x is permanent, 4.x.x is temporary (RFC 3463). */
  readonly permanent: boolean;
}

/** A file that came with a message; its bytes are taken out of the kept source on demand. */
export interface AttachmentMeta {
  /** Position in the parsed message, stable for one source. */
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly contentId: string | null;
  readonly inline: boolean;
  readonly sha256: string;
  /** Present for an embedded mail (message/rfc822). */
  readonly embedded: { readonly subject: string; readonly from: string; readonly summary: string } | null;
}

/** What ties a message to earlier ones, in order of trust: our own signed token first, then message ids. */
export interface ThreadHints {
  /** Signed plus-address tokens found in the addresses it was delivered to; not yet verified. */
  readonly tokens: readonly string[];
  /** The message's own id on the channel (normalised Message-ID for email), or null. */
  readonly ownKey: string | null;
  /** Ids of earlier messages in the thread, oldest first (References, then In-Reply-To). */
  readonly parentKeys: readonly string[];
}

/** What tells whether a machine may answer a message (RFC 3834). Header values as they came; empty where there is none. */
export interface AnswerHints {
  /** Addresses of all From headers, in order. */
  readonly from: readonly string[];
  /** Envelope sender: empty for `<>`, null when the channel does not tell. */
  readonly returnPath: string | null;
  readonly autoSubmitted: string;
  readonly precedence: string;
  /** X-Auto-Response-Suppress. */
  readonly suppress: string;
  /** X-Loop. */
  readonly loop: string;
  /** Whether it has any header of a mailing list (List-Id, List-Unsubscribe ...). */
  readonly hasListHeader: boolean;
}

/**
 * How sure it is who wrote a message. `none`: they say so themselves. `platform`: the service vouches for an account, not for a person.
 * `signed`: our own site signed who they are. `failed`: a signature was there and is not good.
 */
export const VERIFICATIONS = ['none', 'platform', 'signed', 'failed'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** Answers of a form that asks for all that is needed at once. Keys are closed so that the page has words for them. */
export const INTAKE_FIELDS = ['when', 'did', 'happened', 'expected', 'device', 'os', 'appVersion', 'transaction'] as const;
export type IntakeField = (typeof INTAKE_FIELDS)[number];
export type Intake = Readonly<Partial<Record<IntakeField, string>>>;

/** Where a message of a chat-like channel belongs, and what is known of its author. Mail has none. */
export interface MessageOrigin {
  /** The conversation on the channel, which answers go to. Only the connector reads it. */
  readonly conversation: string;
  /** The message on the channel, for answers that name it. */
  readonly nativeKey: string;
  readonly author: {
    /** What the service calls them and never changes. */
    readonly nativeId: string;
    /** The name that they chose and may change, such as `@mei_c`; null when there is none. */
    readonly handle: string | null;
    readonly verification: Verification;
    /** What the service says of them, such as `{ "x.verified-type": "business" }`. */
    readonly facts: Readonly<Record<string, string>>;
  };
  /** Whether they named our account, on channels where that decides if we may answer. */
  readonly isSummon?: boolean | undefined;
  readonly isPrivate: boolean;
  readonly intake?: Intake | undefined;
}

/** A message as every channel connector hands it to the engine. Plain data; equal input gives equal ids everywhere. */
export interface NormalizedMessage {
  readonly channel: Channel;
  readonly direction: Direction;
  /** Unique for the account, derived from the message itself (never from a server's counter). */
  readonly nativeKey: string;
  readonly thread: ThreadHints;
  readonly subject: string;
  readonly from: Party;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly replyTo: readonly Party[];
  readonly text: string;
  readonly html: string | null;
  /** At most 200 characters of what the sender wrote, without quotes. */
  readonly preview: string;
  readonly language: string | null;
  readonly sentAt: Instant;
  /** When it came, by the channel; never by the sender's word alone. */
  readonly receivedAt: Instant;
  /** Minutes east of UTC on the sender's clock, when the channel tells. */
  readonly senderOffsetMinutes: number | null;
  readonly auto: AutoKind;
  /** Absent where nothing is known of them: no machine answers then. */
  readonly answerHints?: AnswerHints;
  readonly bounce: BounceInfo | null;
  readonly attachments: readonly AttachmentMeta[];
  /** Closed codes such as `several-from-headers`; shown to the agent. */
  readonly warnings: readonly string[];
  /** The source as received; kept so that a better parser can read it again. Null when the channel has none. */
  readonly raw: Uint8Array | null;
  /** True when the other side already marked it as read. */
  readonly seen: boolean;
  readonly origin?: MessageOrigin;
}
