import { channelAddress } from '../../../../shared/domain/channel/capabilities.ts';
import { detectLanguage } from '../../../../shared/domain/language.ts';
import type { MessageOrigin, NormalizedMessage } from '../../../../shared/domain/message.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { XDirect, XPost, XUser } from './x-reading.ts';

export function postRef(id: string): string {
  return `post:${id}`;
}

export function directRef(id: string): string {
  return `dm:${id}`;
}

/** Where an answer goes; null for a conversation of another channel. */
export function placeOf(conversation: string): { readonly kind: 'post' | 'dm'; readonly id: string } | null {
  const [, kind, id] = /^(post|dm):([\d-]{1,60})$/u.exec(conversation) ?? [];
  return id === undefined ? null : { kind: kind === 'dm' ? 'dm' : 'post', id };
}

interface Own {
  readonly userId: string;
  readonly handle: string;
  /** Our own key of what we wrote, when we know that we did. */
  readonly clientKey: string | null;
  readonly isOld: boolean;
}

export function normalizePost(post: XPost, author: XUser | undefined, own: Own): NormalizedMessage {
  const isSummon = post.mentions.includes(own.handle.toLowerCase()) || named(post.text, own.handle);
  return message({
    ref: postRef(post.firstId),
    conversation: postRef(post.conversationId),
    nativeKey: post.id,
    authorId: post.authorId,
    author,
    text: post.text,
    at: post.createdAt,
    own,
    isPrivate: false,
    isSummon,
  });
}

export function normalizeDirect(event: XDirect, author: XUser | undefined, own: Own): NormalizedMessage {
  return message({
    ref: directRef(event.id),
    conversation: directRef(event.conversationId),
    nativeKey: event.id,
    authorId: event.senderId,
    author,
    text: event.text,
    at: event.createdAt,
    own,
    isPrivate: true,
  });
}

function named(text: string, handle: string): boolean {
  return new RegExp(`(?:^|[^\\w@])@${handle}(?!\\w)`, 'iu').test(text);
}

interface Parts {
  readonly ref: string;
  readonly conversation: string;
  readonly nativeKey: string;
  readonly authorId: string;
  readonly author: XUser | undefined;
  readonly text: string;
  readonly at: Instant;
  readonly own: Own;
  readonly isPrivate: boolean;
  readonly isSummon?: boolean;
}

function message(parts: Parts): NormalizedMessage {
  const { ref, conversation, authorId, author, text, own } = parts;
  const direction = authorId === own.userId ? 'out' : 'in';
  const preview = text.replaceAll(/\s+/gu, ' ').trim().slice(0, 200);
  const handle = author === undefined || author.username === '' ? null : `@${author.username}`;
  const origin: MessageOrigin = {
    conversation,
    nativeKey: parts.nativeKey,
    author: {
      nativeId: authorId,
      handle,
      verification: 'platform',
      facts: author?.verifiedType === null || author?.verifiedType === undefined ? {} : { 'x.verified-type': author.verifiedType },
    },
    isPrivate: parts.isPrivate,
    ...(parts.isSummon === undefined ? {} : { isSummon: parts.isSummon }),
  };
  return {
    channel: 'x',
    direction,
    nativeKey: ref,
    thread: { tokens: [], ownKey: direction === 'out' ? (own.clientKey ?? `${ref}@x`) : null, parentKeys: [`conv:${conversation}`] },
    // nothing on X has one: its first words are what a list can show
    subject: preview.slice(0, 80),
    from: { address: channelAddress('x', authorId), name: author?.name ?? handle ?? '' },
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview,
    language: direction === 'in' ? detectLanguage(text) : null,
    sentAt: parts.at,
    receivedAt: parts.at,
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: own.isOld,
    origin,
  };
}
