import { expect, test } from 'vitest';
import { fillLanguages } from './fill-languages.ts';
import type { ChannelEvent } from '../channels/connector.ts';
import type { Store } from '../store/sql.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { instant } from '../../../shared/domain/time.ts';

/** A FAKE store that knows one contact, or none. */
const storeWith = (language: string | null): Store =>
  ({
    read: (look: (db: unknown) => unknown) => look({ get: () => (language === null ? undefined : { language, tier: 0 }) }),
  }) as unknown as Store;

function says(preview: string, change: Partial<NormalizedMessage> = {}): ChannelEvent {
  const message: NormalizedMessage = {
    channel: 'chat',
    direction: 'in',
    nativeKey: preview,
    thread: { tokens: [], ownKey: null, parentKeys: [] },
    subject: '',
    from: { address: 'v1@chat', name: '' },
    to: [],
    cc: [],
    replyTo: [],
    text: preview,
    html: null,
    preview,
    language: null,
    sentAt: instant(0),
    receivedAt: instant(0),
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    ...change,
  };
  return { kind: 'message', remoteRef: preview, message };
}

async function spoken(
  events: readonly ChannelEvent[],
  contacts: string | null = null,
): Promise<{ readonly found: unknown; readonly asked: unknown }> {
  const asked: string[] = [];
  const batch = await fillLanguages(
    storeWith(contacts),
    async (texts) => {
      asked.push(...texts);
      return Promise.resolve(texts.map(() => 'fr' as const));
    },
    { events, cursor: 'c', more: false, backfill: null },
  );
  return { found: batch.events.map((event) => (event.kind === 'message' ? event.message.language : null)), asked };
}

test('only what nobody could name is asked of the library, and never what is too short or no customer’s', async () => {
  expect(
    await spoken([
      says('Le code n’arrive jamais'),
      says('Where is it', { language: 'en' }),
      says('ok', { from: { address: 'v2@chat', name: '' } }),
      says('Le code n’arrive jamais', { direction: 'out' }),
      says('Le code n’arrive jamais', { auto: 'auto-reply' }),
    ]),
  ).toEqual({ found: ['fr', 'en', null, null, null], asked: ['Le code n’arrive jamais'] });
});

test('a short text is in what its author wrote in before, or has their site in', async () => {
  expect(await spoken([says('ok merci')], 'de')).toEqual({ found: ['de'], asked: [] });
  const author = { nativeId: 'v1', handle: null, verification: 'none', facts: { 'chat.locale': 'pt-BR' } } as const;
  expect(await spoken([says('ok', { origin: { conversation: 'v1', nativeKey: 'k', author, isPrivate: true } })])).toEqual({
    found: ['pt'],
    asked: [],
  });
});

test('what its channel took for Chinese or Russian is read again, knowing what its author writes', async () => {
  expect(await spoken([says('返金希望', { language: 'zh-Hans' })], 'ja')).toMatchObject({ found: ['ja'] });
  expect(await spoken([says('提款', { language: 'zh-Hans' })], 'zh-Hant')).toMatchObject({ found: ['zh-Hant'] });
  expect(await spoken([says('Добрий день', { language: 'ru' })], 'uk')).toMatchObject({ found: ['uk'] });
  expect(await spoken([says('请问你们什么时候发货', { language: 'zh-Hans' })], 'ja')).toMatchObject({ found: ['zh-Hans'] });
  // what the author's program says stays
  expect(await spoken([says('Hello there', { language: 'zh-Hans' })], 'ja')).toMatchObject({ found: ['zh-Hans'] });
});

test('what somebody wrote in a moment ago counts, though it is not stored yet; what others wrote in does not', async () => {
  const other = { from: { address: 'v2@chat', name: '' } };
  expect(
    await spoken([
      says('我已經付款但沒有收到', { language: 'zh-Hant' }),
      says('提款', { language: 'zh-Hans' }),
      says('提款', { language: 'zh-Hans', ...other }),
    ]),
  ).toMatchObject({ found: ['zh-Hant', 'zh-Hant', 'zh-Hans'] });
});

test('a site in Chinese says which Chinese', async () => {
  const author = { nativeId: 'v1', handle: null, verification: 'none', facts: { 'chat.locale': 'zh-TW' } } as const;
  const origin = { conversation: 'v1', nativeKey: 'k', author, isPrivate: true } as const;
  expect(await spoken([says('提款', { language: 'zh-Hans', origin })])).toMatchObject({ found: ['zh-Hant'] });
});

test('addresses and codes are not asked about', async () => {
  expect(await spoken([says('https://shop.example.com/account/orders/details'), says('support@shop.example.com please')])).toEqual({
    found: [null, null],
    asked: [],
  });
});
