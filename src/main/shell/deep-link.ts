import { isId } from '../../shared/domain/ids.ts';
import type { CaseId, MessageId } from '../../shared/domain/ids.ts';

/**
 * The scheme under which other programs may name a case (`meridian://case/<id>`) or a message of it (`#<id>` behind that), hand over an invite (`meridian://join/<text>`) or bring
 * a forum's answer (`meridian://forum-key?payload=<text>`).
 */
export const DEEP_LINK_SCHEME = 'meridian';

/** What a link asks for. An invite is passed on as it came: the engine reads it, and a person says whether to follow it. */
export type DeepLink =
  | { readonly kind: 'case'; readonly caseId: CaseId; readonly messageId?: MessageId }
  /** `text` is the whole link, with its beginning in small letters. */
  | { readonly kind: 'invite'; readonly text: string }
  /** Encrypted for the sign-in that asked for it; for anything else it is nothing. */
  | { readonly kind: 'forum-key'; readonly payload: string };

/** An invite is no longer than this; see hub-invite.ts. */
const MAX_LENGTH = 16_384;
const LINK = /^meridian:\/\/(?<what>case|join)\/(?<rest>[^/?#]+)\/?(?:#(?<part>[^/?#]+))?$/iu;

/** 256 bytes in Base64, which a forum breaks into lines. Nothing else may stand in the address. */
const FORUM_KEY = /^meridian:\/\/forum-key\/?\?payload=(?<payload>(?:[A-Za-z0-9+/=_-]|%2b|%2f|%3d|%0a|%0d){300,1200})$/iu;

/** What a link asks for; null for anything but a well-formed link. Any program may send one: it only ever shows something. */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > MAX_LENGTH) return null;
  const { payload } = FORUM_KEY.exec(text)?.groups ?? {};
  if (payload !== undefined) return { kind: 'forum-key', payload: decodeURIComponent(payload) };
  const { what, rest, part } = LINK.exec(text)?.groups ?? {};
  if (what?.toLowerCase() === 'case') {
    if (!isId('case', rest)) return null;
    if (part === undefined) return { kind: 'case', caseId: rest };
    return isId('msg', part) ? { kind: 'case', caseId: rest, messageId: part } : null;
  }
  if (rest === undefined || part !== undefined || !/^[A-Za-z0-9_-]+$/u.test(rest)) return null;
  return { kind: 'invite', text: `${DEEP_LINK_SCHEME}://join/${rest}` };
}

/** The first word of a command line that is a deep link. */
export function findDeepLink(words: readonly string[]): string | null {
  return words.find((word) => parseDeepLink(word) !== null) ?? null;
}
