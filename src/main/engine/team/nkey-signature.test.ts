import { createUser, createAccount, fromPublic, type KeyPair } from '@nats-io/nkeys';
import { expect, test } from 'vitest';
import { createVerifier, signerOf } from './nkey-signature.ts';

function seedOf(pair: KeyPair): string {
  return new TextDecoder().decode(pair.getSeed());
}
const bytes = new TextEncoder().encode('{"type":"case.claimed"}');

test('a signature of ours is one to the library, and the other way round', () => {
  // keys are random: a few, so that a wrong bit in decoding shows
  for (let round = 0; round < 5; round += 1) {
    const pair = createUser();
    const signer = signerOf(seedOf(pair));
    expect(signer.publicKey).toBe(pair.getPublicKey());
    const signature = signer.sign(bytes);
    expect(signature.length).toBe(64);
    expect(fromPublic(signer.publicKey).verify(bytes, new Uint8Array(signature))).toBe(true);
    expect(createVerifier().isBy(signer.publicKey, bytes, pair.sign(bytes))).toBe(true);
  }
});

test('another key, other bytes, a damaged signature and a key that is none are refused without throwing', async () => {
  const signer = signerOf(seedOf(createUser()));
  const signature = signer.sign(bytes);
  const { isBy, isByLater } = createVerifier();
  expect(isBy(signer.publicKey, bytes, signature)).toBe(true);
  expect(await isByLater(signer.publicKey, bytes, signature)).toBe(true);
  expect(await isByLater(signer.publicKey, bytes.subarray(1), signature)).toBe(false);
  expect(await isByLater(signer.publicKey, bytes, signature.subarray(1))).toBe(false);
  expect(await isByLater('U', bytes, signature)).toBe(false);
  expect(isBy(createUser().getPublicKey(), bytes, signature)).toBe(false);
  expect(isBy(signer.publicKey, bytes.subarray(1), signature)).toBe(false);
  for (const at of [0, 31, 63]) {
    const damaged = Buffer.from(signature);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(isBy(signer.publicKey, bytes, damaged)).toBe(false);
  }
  expect(isBy(signer.publicKey, bytes, signature.subarray(1))).toBe(false);
  for (const key of ['', 'U', signer.publicKey.slice(0, -1), createAccount().getPublicKey()])
    expect(isBy(key, bytes, signature)).toBe(false);
});

test('a seed that is damaged or not a user’s is refused', () => {
  const seed = seedOf(createUser());
  const at = 20;
  const damaged = `${seed.slice(0, at)}${seed[at] === 'A' ? 'B' : 'A'}${seed.slice(at + 1)}`;
  expect(() => signerOf(damaged)).toThrow(/./u);
  expect(() => signerOf(seedOf(createAccount()))).toThrow(RangeError);
});
