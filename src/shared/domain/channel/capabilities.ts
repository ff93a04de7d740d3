import type { Channel, MessageOrigin } from '../message.ts';

/** Which side may do something, as seen from us: `in` is the customer's doing that we learn of, `out` ours. */
export type Way = 'in' | 'out' | 'both' | 'none';

/** How a channel counts the length of a text. `weighted`: X, where most scripts but Latin count two a character. */
export type LengthUnit = 'utf16' | 'codepoint' | 'weighted';

/** When and at what price one may answer at all. */
export interface ReplyPolicy {
  /** Milliseconds after the customer's last message in which an answer is let through; null for ever. */
  readonly windowMs: number | null;
  /** An answer is let through only to somebody who named our account. */
  readonly isSummonNeeded: boolean;
  /** In US dollars; null where sending is free. */
  readonly costUsd: { readonly plain: number; readonly summoned: number; readonly withLink: number } | null;
}

/**
 * What a channel can do. Plain data: the composer, the outbox and the conformance kit obey the same table, also where the account is
 * connected at another workstation. A connector that declares something is tested for it; what it does not declare it refuses.
 */
export interface Capabilities {
  readonly ingest: 'push' | 'long-poll' | 'poll';
  /** `exclusive`: a second reader takes events away from the first, so only the holder of the lease may read. */
  readonly cursorOwnership: 'shared' | 'exclusive';
  /** `window`: as far back as the service keeps it. */
  readonly backfill: 'full' | 'window' | 'none';
  readonly threads: 'native' | 'headers' | 'none';
  readonly edits: Way;
  readonly deletes: Way;
  readonly typing: Way;
  readonly readReceipts: Way;
  /** Whether the channel refuses doubles by key, can tell afterwards if a message arrived (`probe`), or neither. */
  readonly sendIdempotency: 'key' | 'probe' | 'none';
  readonly text: { readonly max: number; readonly unit: LengthUnit; readonly isHtml: boolean };
  readonly attachments: { readonly maxBytes: number; readonly maxCount: number };
  readonly reply: ReplyPolicy;
  /** What is known of a sender beyond what they say themselves, such as `dkim`, `signed-identity`, `platform-id`. */
  readonly senderVerification: readonly string[];
}

const MIB = 1024 * 1024;
const ALWAYS: ReplyPolicy = { windowMs: null, isSummonNeeded: false, costUsd: null };

const EMAIL: Capabilities = {
  ingest: 'push',
  cursorOwnership: 'shared',
  backfill: 'full',
  threads: 'headers',
  edits: 'none',
  deletes: 'in',
  typing: 'none',
  readReceipts: 'none',
  sendIdempotency: 'probe',
  text: { max: 1_000_000, unit: 'utf16', isHtml: false },
  // what most providers accept once base64 has added its third
  attachments: { maxBytes: 18 * MIB, maxCount: 50 },
  reply: ALWAYS,
  senderVerification: ['authentication-results'],
};

/** Live chat and web tickets travel over the team's own hub; a message must fit into one of its entries. */
const CHAT: Capabilities = {
  ingest: 'push',
  cursorOwnership: 'shared',
  backfill: 'full',
  threads: 'native',
  edits: 'none',
  deletes: 'none',
  typing: 'both',
  readReceipts: 'both',
  sendIdempotency: 'key',
  text: { max: 4_000, unit: 'utf16', isHtml: false },
  attachments: { maxBytes: 10 * MIB, maxCount: 5 },
  reply: ALWAYS,
  senderVerification: ['signed-identity'],
};

/**
 * Telegram Bot API: text 1-4096 characters after entity parsing (counted in UTF-16 units), uploads 50 MB; no idempotency parameter;
 * deletions are not told to bots; bots see no read marks.
 */
const TELEGRAM: Capabilities = {
  ingest: 'long-poll',
  cursorOwnership: 'exclusive',
  backfill: 'none',
  threads: 'native',
  edits: 'in',
  deletes: 'none',
  typing: 'out',
  readReceipts: 'none',
  sendIdempotency: 'none',
  text: { max: 4_096, unit: 'utf16', isHtml: false },
  attachments: { maxBytes: 50 * 1_000_000, maxCount: 10 },
  reply: ALWAYS,
  senderVerification: ['platform-id'],
};

/**
 * X API v2: posts of 280 weighted characters, direct messages of 10,000. Automated answers to posts only where the author named us
 * (since 2026-02-23); prices of self-serve access: 0.015 a post, 0.01 a summoned answer, 0.20 with a link.
 */
const X: Capabilities = {
  ingest: 'poll',
  cursorOwnership: 'shared',
  backfill: 'window',
  threads: 'native',
  edits: 'in',
  deletes: 'none',
  typing: 'none',
  readReceipts: 'none',
  sendIdempotency: 'probe',
  text: { max: 280, unit: 'weighted', isHtml: false },
  attachments: { maxBytes: 0, maxCount: 0 },
  reply: { windowMs: null, isSummonNeeded: true, costUsd: { plain: 0.015, summoned: 0.01, withLink: 0.2 } },
  senderVerification: ['platform-id', 'x.verified-type'],
};

/** Discourse: posts of 32,000 characters by default; a user API key is good for 20 requests a minute and 2,880 a day. */
const COMMUNITY: Capabilities = {
  ingest: 'poll',
  cursorOwnership: 'shared',
  backfill: 'window',
  threads: 'native',
  edits: 'in',
  deletes: 'in',
  typing: 'none',
  readReceipts: 'none',
  sendIdempotency: 'probe',
  text: { max: 32_000, unit: 'codepoint', isHtml: false },
  attachments: { maxBytes: 4 * MIB, maxCount: 10 },
  reply: ALWAYS,
  senderVerification: ['platform-id', 'discourse.staff'],
};

/** By channel. `web` is the ticket form of a site: nobody is there who could type or read at once. */
export const CAPABILITIES: Readonly<Record<Channel, Capabilities>> = {
  email: EMAIL,
  chat: CHAT,
  web: { ...CHAT, typing: 'none', readReceipts: 'none', text: { max: 20_000, unit: 'utf16', isHtml: false } },
  telegram: TELEGRAM,
  x: X,
  community: COMMUNITY,
};

/** A direct message on X: private, longer, and nobody has to be named; the price is that of a request. */
export const X_DIRECT: Capabilities = {
  ...X,
  edits: 'none',
  text: { max: 10_000, unit: 'codepoint', isHtml: false },
  reply: { windowMs: null, isSummonNeeded: false, costUsd: { plain: 0.015, summoned: 0.015, withLink: 0.015 } },
};

/** What counts for an answer in a conversation; `origin` of the customer's newest message, null for mail. */
export function capabilitiesFor(channel: Channel, origin: Pick<MessageOrigin, 'isPrivate'> | null): Capabilities {
  return channel === 'x' && origin?.isPrivate === true ? X_DIRECT : CAPABILITIES[channel];
}

const NATIVE = /[^A-Za-z0-9._~-]/gu;

/**
 * The address of somebody on a channel that has no addresses: `48211@telegram`, `v-7f3a@chat`. It stands where mail has one, in
 * contacts and recipients; people are shown the handle instead.
 * @param nativeId what the service calls them and never changes, never a name that they chose
 */
export function channelAddress(channel: Channel, nativeId: string): string {
  return `${nativeId.replaceAll(NATIVE, (each) => `=${(each.codePointAt(0) ?? 0).toString(16)}=`)}@${channel}`;
}
