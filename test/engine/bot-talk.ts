import { accountIdFor } from '../../src/main/engine/identity.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

/** A site's live chat that begins with the bot, and what its visitors say. */

export const ACCOUNT: StoredAccount = {
  uid: accountIdFor('chat', 'shop'),
  kind: 'chat',
  address: 'shop',
  name: 'Shop',
  tokenKey: '00'.repeat(32),
  createdAt: instant(0),
  removedAt: null,
  settings: null,
  channel: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: 'A'.repeat(87), playbook: 'general' },
};

let serial = 0;

/** What a visitor of the site says, as the connector of live chats hands it over. */
export function chatMessage(clock: Clock, text: string, change: Partial<NormalizedMessage> = {}, visitor = 'v1'): NormalizedMessage {
  serial += 1;
  const nativeKey = `chat-${String(serial)}`;
  return {
    channel: 'chat',
    direction: 'in',
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: [`conv:${visitor}`] },
    subject: 'Chat',
    from: { address: `${visitor}@chat`, name: 'Mei' },
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: text,
    language: /\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en',
    sentAt: clock.now(),
    receivedAt: clock.now(),
    senderOffsetMinutes: 0,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    origin: {
      conversation: visitor,
      nativeKey,
      author: { nativeId: visitor, handle: null, verification: 'none', facts: {} },
      isPrivate: true,
    },
    ...change,
  };
}
