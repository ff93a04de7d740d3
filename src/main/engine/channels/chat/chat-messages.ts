import { channelAddress } from '../../../../shared/domain/channel/capabilities.ts';
import { MAIL_FACT } from '../../../../shared/domain/chat/mail-answer.ts';
import { MAIL_ADDRESS } from '../../../../shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromVisitor } from '../../../../shared/domain/chat/chat-wire.ts';
import { detectLanguage } from '../../../../shared/domain/language.ts';
import type { NormalizedMessage, Party } from '../../../../shared/domain/message.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { conversationOf, type Visitor } from './chat-seals.ts';
import type { SiteIdentity } from './chat-identity.ts';

type Said = Extract<FromVisitor, { readonly t: 'message' | 'ticket' }>;

const LONGEST_SUBJECT = 80;
const LONGEST_PREVIEW = 200;

/** A message of a visitor on the channel; what they called it themselves comes behind the colon. */
export function nativeKeyOf(visitor: string, id: string): string {
  return `${visitor}:${id}`;
}

/** What the visitor called their message. */
export function ownIdOf(nativeKey: string): string {
  return nativeKey.slice(nativeKey.indexOf(':') + 1);
}

/** The first line, cut where a word ends. */
function subjectOf(text: string): string {
  const [line = ''] = text.trim().split('\n');
  if (line.length <= LONGEST_SUBJECT) return line.trim();
  const cut = line.slice(0, LONGEST_SUBJECT);
  const end = cut.lastIndexOf(' ');
  return `${end > LONGEST_SUBJECT / 2 ? cut.slice(0, end) : cut.replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** Two sites may give the same name to two people. */
function signedIdOf(subject: string, site: string): string {
  return `user:${subject}~${site}`;
}

/**
 * Whom a message is from. Somebody whom the site has signed is known by the site's name for them, everybody else by their key: the two
 * are never the same contact, whatever either says.
 */
function senderOf(visitor: Visitor, site: string, identity: SiteIdentity, said: Said): Party {
  const claimed = said.t === 'ticket' ? said.name.trim() : '';
  if (identity.subject !== null)
    return { address: channelAddress('chat', signedIdOf(identity.subject, site)), name: identity.name ?? (claimed || identity.subject) };
  // who says no name is told apart by the beginning of their key
  return { address: channelAddress('chat', visitor.name), name: claimed === '' ? `#${visitor.name.slice(0, 4).toUpperCase()}` : claimed };
}

/** Where the visitor asked to be answered by mail: what they typed, or what their site signed. Nothing is known of who reads there. */
function replyToOf(identity: SiteIdentity, said: Said): readonly Party[] {
  const typed = said.t === 'ticket' ? said.email.trim().toLowerCase() : '';
  const address = MAIL_ADDRESS.test(typed) ? typed : (identity.email ?? '').toLowerCase();
  return MAIL_ADDRESS.test(address) ? [{ address, name: said.t === 'ticket' ? said.name.trim() : (identity.name ?? '') }] : [];
}

/** Whoever fills in a form asks for an answer by mail; whoever chats is there. */
function mailFactOf(said: Said, [to]: readonly Party[]): Readonly<Record<string, string>> {
  return said.t === 'ticket' && to !== undefined ? { [MAIL_FACT]: to.address } : {};
}

/**
 * @param at when the hub stored it: a visitor's clock is not believed
 * @param broken files of which a piece is missing, or which are not what the visitor said
 */
export function toMessage(
  said: Said,
  visitor: Visitor,
  site: string,
  identity: SiteIdentity,
  at: Instant,
  broken: readonly ChatFile[],
): NormalizedMessage {
  const isTicket = said.t === 'ticket';
  const conversation = conversationOf(visitor);
  const nativeKey = nativeKeyOf(visitor.name, said.id);
  const text = said.text.trim();
  const replyTo = replyToOf(identity, said);
  return {
    channel: isTicket ? 'web' : 'chat',
    direction: 'in',
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: [`conv:${conversation}`] },
    subject: isTicket && said.subject.trim() !== '' ? said.subject.trim() : subjectOf(text),
    from: senderOf(visitor, site, identity, said),
    to: [],
    cc: [],
    replyTo,
    text,
    html: null,
    preview: text.slice(0, LONGEST_PREVIEW).replace(/[\uD800-\uDBFF]$/u, ''),
    language: detectLanguage(text),
    sentAt: at,
    receivedAt: at,
    senderOffsetMinutes: said.offsetMinutes,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: broken.length === 0 ? [] : ['file-damaged'],
    raw: null,
    seen: false,
    origin: {
      conversation,
      nativeKey,
      author: {
        nativeId: identity.subject === null ? visitor.name : signedIdOf(identity.subject, site),
        handle: null,
        verification: identity.verification,
        facts: {
          ...identity.facts,
          ...mailFactOf(said, replyTo),
          ...(said.locale === '' ? {} : { 'chat.locale': said.locale }),
          ...(said.zone === null ? {} : { 'chat.zone': said.zone }),
          ...(broken.length === 0
            ? {}
            : {
                'chat.broken-files': broken
                  .map(({ name }) => name)
                  .join(', ')
                  .slice(0, 500),
              }),
        },
      },
      isPrivate: true,
      ...(said.intake === null ? {} : { intake: said.intake }),
    },
  };
}
