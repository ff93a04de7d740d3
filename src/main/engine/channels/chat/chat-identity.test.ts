import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { instant } from '../../../../shared/domain/time.ts';
import { ANONYMOUS, siteIdentity } from './chat-identity.ts';
import { readChatSecret, writeChatSecret } from './chat-secret.ts';

const SECRET = 'a secret of the site that is long enough';
const AT = instant(Date.parse('2026-05-04T10:00:00Z'));
const SECONDS = AT / 1_000;

async function token(claims: Record<string, unknown>, alg = 'HS256', secret = SECRET): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret.padEnd(64, '.')));
}
const KEY = SECRET.padEnd(64, '.');
const GOOD = { sub: 'u-1', aud: 'shop', exp: SECONDS + 300, name: 'Mei', email: 'mei@shop.example', role: 'admin' };

test('who a site has signed is known by the name that the site gives them', async () => {
  expect(await siteIdentity(await token(GOOD), KEY, 'shop', AT)).toEqual({
    verification: 'signed',
    subject: 'u-1',
    name: 'Mei',
    email: 'mei@shop.example',
    facts: {
      'identity.sub': 'u-1',
      'identity.name': 'Mei',
      'identity.email': 'mei@shop.example',
      'identity.exp': '2026-05-04T10:05:00.000Z',
    },
  });
  expect(await siteIdentity(null, KEY, 'shop', AT)).toEqual(ANONYMOUS);
  // said while it was good, read days later: judged by when it was said
  expect((await siteIdentity(await token({ ...GOOD, exp: SECONDS - 30 }), KEY, 'shop', AT)).verification).toBe('signed');
});

test.each([
  ['expired', async () => token({ ...GOOD, exp: SECONDS - 120 })],
  ['wrong-audience', async () => token({ ...GOOD, aud: 'other' })],
  ['wrong-audience', async () => token({ sub: 'u-1', exp: SECONDS + 300 })],
  ['wrong-exp', async () => token({ sub: 'u-1', aud: 'shop' })],
  ['wrong-sub', async () => token({ aud: 'shop', exp: SECONDS + 300 })],
  ['wrong-sub', async () => token({ ...GOOD, sub: ' ' })],
  ['wrong-nbf', async () => token({ ...GOOD, nbf: SECONDS + 3_600 })],
  ['wrong-signature', async () => token(GOOD, 'HS256', 'another secret that is long enough too')],
  ['wrong-algorithm', async () => token(GOOD, 'HS512')],
  ['wrong-algorithm', async () => Promise.resolve(new UnsecuredJWT(GOOD).encode())],
  ['malformed', async () => Promise.resolve('no token at all')],
] as const)('a token is refused: %s', async (problem, made) => {
  const found = await siteIdentity(await made(), KEY, 'shop', AT);
  expect(found).toEqual({ ...ANONYMOUS, verification: 'failed', facts: { 'identity.problem': problem } });
});

test('a site without a secret believes nobody', async () => {
  expect(await siteIdentity(await token(GOOD), null, 'shop', AT)).toMatchObject({ verification: 'failed', subject: null });
});

test('the secret of an account is JSON or the bare key, and what is wrong is said without it', () => {
  const key = 'A'.repeat(184);
  expect(readChatSecret(`${key}\n`)).toEqual({ key, identitySecret: null });
  const both = { key, identitySecret: SECRET };
  expect(readChatSecret(writeChatSecret(both))).toEqual(both);
  for (const wrong of [
    '',
    'words',
    '[]',
    JSON.stringify({ v: 1, key, identitySecret: 'short-secret' }),
    JSON.stringify({ v: 2, key: 'hidden', identitySecret: null }),
  ]) {
    expect(() => readChatSecret(wrong)).toThrow(expect.objectContaining({ code: 'site-key-wrong' }));
    expect(() => readChatSecret(wrong)).not.toThrow(/short-secret|hidden|words/u);
  }
});
