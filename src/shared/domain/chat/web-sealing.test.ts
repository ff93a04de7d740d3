import { createCipheriv, createECDH, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, openFrame, sealFrame, toBase64Url } from './chat-frames.ts';
import { sealInfo, SEAL_SALT, visitorOf } from './chat-seal.ts';
import { readFrame, VISITOR_PATTERN } from './chat-wire.ts';
import type { FromTeam } from './chat-wire.ts';
import { exportChatKey, importChatKey, makeChatKeys, webSealing } from './web-sealing.ts';

const sealing = webSealing(globalThis.crypto);
const encoder = new TextEncoder();
const utf8 = { encode: (text: string) => encoder.encode(text), decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes) };
const tools = { sealing, utf8 };
const SUBJECT = 'chat.out.shop.visitor';
const said: FromTeam = { t: 'got', upTo: 'message-1234', isRead: true };

describe('sealing by Web Crypto', () => {
  test('both sides come to the same key, each direction and conversation to its own', async () => {
    const [visitor, site] = [await makeChatKeys(globalThis.crypto, false), await makeChatKeys(globalThis.crypto, true)];
    const ofVisitor = await sealing.derive(visitor.privateKey, site.publicRaw, sealInfo('out', 'shop', 'v1'));
    const ofSite = await sealing.derive(site.privateKey, visitor.publicRaw, sealInfo('out', 'shop', 'v1'));
    const frame = await sealFrame(tools, ofSite, SUBJECT, said, null);
    expect(await openFrame(tools, ofVisitor, SUBJECT, frame)).toEqual(said);
    for (const info of [sealInfo('in', 'shop', 'v1'), sealInfo('out', 'other', 'v1'), sealInfo('out', 'shop', 'v2')]) {
      expect(await openFrame(tools, await sealing.derive(visitor.privateKey, site.publicRaw, info), SUBJECT, frame)).toBeNull();
    }
  });

  test('an entry can not be moved to another subject, nor changed', async () => {
    const [one, other] = [await makeChatKeys(globalThis.crypto, false), await makeChatKeys(globalThis.crypto, false)];
    const key = await sealing.derive(one.privateKey, other.publicRaw, 'info');
    const frame = await sealFrame(tools, key, SUBJECT, said, one.publicRaw);
    expect(await openFrame(tools, key, 'chat.out.shop.another', frame)).toBeNull();
    const read = readFrame(frame);
    if (read === null) throw new Error('no frame');
    expect(read.key).toBe(toBase64Url(one.publicRaw));
    const flipped = `${read.box.startsWith('A') ? 'B' : 'A'}${read.box.slice(1)}`;
    expect(await openFrame(tools, key, SUBJECT, { ...read, box: flipped })).toBeNull();
    expect(await openFrame(tools, key, SUBJECT, 'no frame')).toBeNull();
  });

  test('it is what the standards say: another implementation seals, and this one opens', async () => {
    const theirs = createECDH('prime256v1');
    const ours = await makeChatKeys(globalThis.crypto, false);
    const secret = theirs.generateKeys() && theirs.computeSecret(ours.publicRaw);
    const info = sealInfo('in', 'shop', 'v1');
    const raw = new Uint8Array(hkdfSync('sha256', secret, SEAL_SALT, info, 32));
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', raw, iv).setAAD(encoder.encode(SUBJECT));
    const box = Buffer.concat([cipher.update(JSON.stringify(said), 'utf8'), cipher.final(), cipher.getAuthTag()]);
    const key = await sealing.derive(ours.privateKey, new Uint8Array(theirs.getPublicKey()), info);
    const frame = { v: 1, iv: iv.toString('base64url'), box: box.toString('base64url') } as const;
    expect(await openFrame(tools, key, SUBJECT, frame)).toEqual(said);
  });

  test('the key of a site is kept as a secret and read again; that of a visitor can not be taken out', async () => {
    const site = await makeChatKeys(globalThis.crypto, true);
    const visitor = await makeChatKeys(globalThis.crypto, false);
    const again = await importChatKey(globalThis.crypto, await exportChatKey(globalThis.crypto, site.privateKey));
    const frame = await sealFrame(tools, await sealing.derive(again, visitor.publicRaw, 'i'), SUBJECT, said, null);
    expect(await openFrame(tools, await sealing.derive(visitor.privateKey, site.publicRaw, 'i'), SUBJECT, frame)).toEqual(said);
    await expect(exportChatKey(globalThis.crypto, visitor.privateKey)).rejects.toThrow(/extractable/u);
  });

  test('a visitor is named by the hash of the key', async () => {
    const { publicRaw } = await makeChatKeys(globalThis.crypto, false);
    expect(Buffer.from(await sealing.sha256(publicRaw)).equals(createHash('sha256').update(publicRaw).digest())).toBe(true);
    expect(visitorOf(await sealing.sha256(publicRaw))).toMatch(VISITOR_PATTERN);
  });
});

describe('base64url', () => {
  test('as Node writes and reads it, at every length', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = randomBytes(length);
      expect(toBase64Url(bytes)).toBe(bytes.toString('base64url'));
      expect(fromBase64Url(bytes.toString('base64url'))).toEqual(new Uint8Array(bytes));
    }
    expect(fromBase64Url('AAAAA')).toBeNull();
    expect(fromBase64Url('AA+A')).toBeNull();
  });
});
