import { channelAddress } from '../../../../shared/domain/channel/capabilities.ts';
import { detectLanguage } from '../../../../shared/domain/language.ts';
import type { NormalizedMessage, Party } from '../../../../shared/domain/message.ts';
import { visibleText } from '../../../../shared/domain/quotes.ts';
import type { ForumPost } from './forum-post.ts';

/** What a post becomes depends on where it stands. */
export interface PostPlace {
  readonly host: string;
  readonly isPrivate: boolean;
  /** Of the topic; the post itself may not say. */
  readonly title: string;
  /** Our own key of what we posted, when we know that we did. */
  readonly clientKey: string | null;
  /** Old enough that nobody is to be told of it. */
  readonly isOld: boolean;
}

export function conversationOf(topicId: number): string {
  return `topic:${String(topicId)}`;
}

/** The topic of a conversation; null for one of another channel. */
export function topicOf(conversation: string): number | null {
  const digits = /^topic:(\d{1,15})$/u.exec(conversation)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function remoteRefOf(postId: number): string {
  return `post:${String(postId)}`;
}

/** The place in its topic of the post that an `origin` names; null when it names none. */
export function postNumberOf(nativeKey: string): number | null {
  const digits = /^\d+\/(\d{1,9})$/u.exec(nativeKey)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Users of two forums have the same numbers. */
function nativeIdOf(post: ForumPost, host: string): string {
  return `${String(post.userId)}~${host}`;
}

/** A post in the form that every channel hands to the engine. */
export function normalizePost(post: ForumPost, text: string, place: PostPlace): NormalizedMessage {
  const nativeId = nativeIdOf(post, place.host);
  const from: Party = { address: channelAddress('community', nativeId), name: post.name.trim() === '' ? post.username : post.name };
  const own = visibleText(text);
  const direction = post.isOwn ? 'out' : 'in';
  return {
    channel: 'community',
    direction,
    nativeKey: remoteRefOf(post.id),
    thread: {
      tokens: [],
      ownKey: direction === 'out' ? (place.clientKey ?? `${remoteRefOf(post.id)}@${place.host}`) : null,
      parentKeys: [`conv:${conversationOf(post.topicId)}`],
    },
    subject: (post.title ?? place.title).slice(0, 500),
    from,
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: own.replaceAll(/\s+/gu, ' ').slice(0, 200),
    language: direction === 'in' ? detectLanguage(own) : null,
    sentAt: post.createdAt,
    receivedAt: post.createdAt,
    senderOffsetMinutes: null,
    // the forum's own users (system, its bot) have numbers below zero
    auto: post.userId < 0 ? 'auto-generated' : 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: place.isOld,
    origin: {
      conversation: conversationOf(post.topicId),
      nativeKey: `${String(post.id)}/${String(post.number)}`,
      author: {
        nativeId,
        handle: `@${post.username}`,
        verification: 'platform',
        facts: {
          ...(post.staff === null ? {} : { 'discourse.staff': post.staff }),
          ...(post.trustLevel === null ? {} : { 'discourse.trust-level': String(post.trustLevel) }),
        },
      },
      isPrivate: place.isPrivate,
    },
  };
}
