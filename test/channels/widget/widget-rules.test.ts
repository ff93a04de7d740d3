import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { browserFacts } from '../../../resources/widget/src/browser-facts.ts';
import { secretIn } from '../../../resources/widget/src/secret-warning.ts';
import { readSettings } from '../../../resources/widget/src/settings.ts';
import { textParts } from '../../../resources/widget/src/ui/rich-text.ts';
import { LANGUAGES, wordsFor } from '../../../resources/widget/src/words/languages.ts';
import { bundleWidget } from '../../../scripts/widget.mjs';

const PHRASE = 'abandon ability able about above absent absorb abstract absurd abuse access accident';

describe('what a visitor must not send', () => {
  test.each([
    ['recovery-phrase', PHRASE],
    [
      'recovery-phrase',
      `my words are:\n${PHRASE.split(' ')
        .map((word, at) => `${String(at + 1)}. ${word}`)
        .join('\n')}`,
    ],
    ['recovery-phrase', PHRASE.split(' ').join(', ')],
    ['recovery-phrase', 'あいこくしん あいさつ あいだ あおぞら あかちゃん あきる あけがた あける あこがれる あさい あさひ あしあと'],
    ['recovery-phrase', '的 一 是 在 不 了 有 和 人 这 中 大'],
    ['private-key', '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ'],
    ['private-key', 'here: KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617 ok?'],
    ['private-key', '-----BEGIN PRIVATE KEY-----\nMIIE'],
    ['private-key', `my private key is 0x${'4c'.repeat(32)}`],
    ['private-key', '4c'.repeat(32)],
    ['card-number', 'my visa card 4539 1488 0343 6467 was charged'],
    ['one-time-code', 'the verification code is 482913'],
    ['password', 'my password is Tr0ub4dor&3'],
  ] as const)('%s: %s', (kind, text) => {
    expect(secretIn(text)?.kind).toBe(kind);
  });

  test('a key with a shape of its own can not be sent at all, a guess can', () => {
    expect(secretIn('5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ')?.isCertain).toBe(true);
    expect(secretIn(PHRASE)?.isCertain).toBe(false);
  });

  test.each([
    'I sent 0.5 BTC an hour ago, and it is still pending. Can you please look at what happened to my transfer?',
    `the transaction is 0x${'4c'.repeat(32)}`,
    `tx hash ${'ab'.repeat(32)} on the block explorer`,
    'Hola, hice un retiro ayer por la tarde y todavía no aparece en mi cuenta bancaria, necesito ayuda urgente con esto por favor',
    '我昨天提现了五百美元，到现在还没有到账，请帮我查一下是什么原因',
    '昨日の夕方に出金しましたが、まだ口座に反映されていません。確認していただけますか。',
    'order 4111-2222 from yesterday, invoice 20261129',
    'Withdrawal stuck pending since monday morning, support ticket never answered, kindly check account status',
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    '',
  ])('harmless: %s', (text) => {
    expect(secretIn(text)).toBeNull();
  });
});

describe('addresses in what the team says', () => {
  test('become links that say where they lead, without what ends the sentence', () => {
    expect(textParts('See https://help.example.com/a?b=1. Or (http://x.example)!')).toEqual([
      { text: 'See ' },
      { text: 'https://help.example.com/a?b=1', href: 'https://help.example.com/a?b=1', host: 'help.example.com' },
      { text: '. Or (' },
      { text: 'http://x.example', href: 'http://x.example/', host: 'x.example' },
      { text: ')!' },
    ]);
  });

  test('look-alike letters show in the host, and names before a host make no link', () => {
    expect(textParts('https://раypal.example')).toMatchObject([{ host: 'xn--ypal-43d9g.example' }]);
    expect(textParts('https://exchange.example@evil.example/')).toEqual([{ text: 'https://exchange.example@evil.example/' }]);
  });

  test('nothing else is one', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example', 'www.example.com', '<a href="x">y</a>']) {
      expect(textParts(text)).toEqual([{ text }]);
    }
  });
});

describe('what a browser says of itself', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
      0,
      '',
      'Windows',
      'Chrome 130',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
      0,
      '',
      'Windows',
      'Edge 130',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      5,
      'iPhone',
      'iOS 17.5',
      'Safari 17.5',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      5,
      'iPad',
      'iPadOS',
      'Safari 17.5',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
      5,
      'Android',
      'Android 10',
      'Chrome 130',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Mobile Safari/537.36',
      5,
      'Pixel 8',
      'Android 14',
      'Chrome 119',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 0, '', 'Linux', 'Firefox 128'],
    ['something else', 0, '', '', ''],
  ])('%s', (userAgent, touchPoints, device, os, appVersion) => {
    expect(browserFacts(userAgent, touchPoints)).toEqual({ device, os, appVersion });
  });
});

describe('what the script element says', () => {
  const key = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url');
  const good = { site: 'shop', hub: 'wss://chat.example.com', password: 'pw', key };

  test('is read, with the site as the user', () => {
    expect(readSettings({ ...good, locale: 'zh-CN' }, ['en'])).toMatchObject({ site: 'shop', user: 'shop', languages: ['zh-CN', 'en'] });
    expect(readSettings({ ...good, hub: 'ws://127.0.0.1:9222' }, []).hub).toBe('ws://127.0.0.1:9222');
  });

  test.each([
    ['data-site', { site: 'a.b' }],
    ['data-site', { site: '>' }],
    ['data-user', { user: 'A B' }],
    ['data-password', { password: '' }],
    ['data-hub', { hub: 'ws://chat.example.com' }],
    ['data-hub', { hub: 'https://chat.example.com' }],
    ['data-hub', { hub: 'ws://127.0.0.1.evil.example' }],
    ['data-key', { key: key.slice(2) }],
    ['data-key', { key: key.replace('B', 'C') }],
  ])('names what is wrong: %s in %o', (name, wrong) => {
    expect(() => readSettings({ ...good, ...wrong }, [])).toThrow(name);
  });
});

test('the language is the first that there are words for', () => {
  expect(wordsFor(['fr-FR', 'zh-Hant-TW', 'en']).locale).toBe('zh-CN');
  expect(wordsFor(['ja-JP']).locale).toBe('ja');
  expect(wordsFor(['de']).locale).toBe('en');
});

test('every language says something of its own', () => {
  const said = (words: object): string[] =>
    Object.values(words).flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? said(value) : [],
    );
  const english = new Set(said(LANGUAGES.en));
  for (const words of [LANGUAGES.zh, LANGUAGES.ja, LANGUAGES.es]) {
    expect(said(words)).toHaveLength(said(LANGUAGES.en).length);
    expect(said(words).filter((text) => english.has(text))).toEqual([]);
  }
});

test('all of it is one script under 40 kB gzipped, which needs no exception of a policy', async () => {
  const code = await bundleWidget();
  expect(gzipSync(code, { level: 9 }).length).toBeLessThan(40_000);
  expect(code).not.toMatch(/\beval\(|new Function\(|\.innerHTML|insertAdjacentHTML|document\.write|\.outerHTML/u);
});
