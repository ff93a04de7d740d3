import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { fromPublic, fromSeed } from '@nats-io/nkeys';

/**
 * Signatures with the keys that people sign in with. An NKEY is an Ed25519 key in base 32; the library's own arithmetic verifies
 * some seventy events a second and Node's thousands, so the library only checks what a key looks like.
 */

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410): as PKCS #8, and as SubjectPublicKeyInfo. */
const PRIVATE_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEADER = Buffer.from('302a300506032b6570032100', 'hex');

/** Base 32 of RFC 4648 without padding. */
function decoded(text: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = (held << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

/** Throws on anything but a user's seed (`SU...`) with a correct checksum. */
function privateKeyOf(seed: string): KeyObject {
  if (!seed.startsWith('SU')) throw new RangeError('the seed is not one of a user');
  fromSeed(new TextEncoder().encode(seed));
  // two bytes say what it is, two at the end are the checksum
  const raw = decoded(seed).subarray(2, 2 + KEY_BYTES);
  return createPrivateKey({ key: Buffer.concat([PRIVATE_HEADER, raw]), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(key: string): KeyObject {
  if (!key.startsWith('U')) throw new RangeError('the key is not one of a user');
  fromPublic(key);
  const raw = decoded(key).subarray(1, 1 + KEY_BYTES);
  return createPublicKey({ key: Buffer.concat([PUBLIC_HEADER, raw]), format: 'der', type: 'spki' });
}

export interface Signer {
  /** `U...`, as in the directory of the hub. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Buffer;
}

/** Throws when the seed (`SU...`, from an invite) is not a user's or was damaged. */
export function signerOf(seed: string): Signer {
  const key = privateKeyOf(seed);
  return { publicKey: fromSeed(new TextEncoder().encode(seed)).getPublicKey(), sign: (bytes) => sign(null, bytes, key) };
}

/** Checks signatures; keys that it met before are ready at once. */
export interface Verifier {
  /** False also for a key that is none: what comes from a log never throws. */
  readonly isBy: (publicKey: string, bytes: Uint8Array, signature: Uint8Array) => boolean;
  /** The same on other threads, several at a time: thousands of events keep this one free, and use the cores that there are. */
  readonly isByLater: (publicKey: string, bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>;
}

/** Keys of one team: a few for each person. More than so many are somebody trying. */
const MOST_KEYS = 10_000;

export function createVerifier(): Verifier {
  const keys = new Map<string, KeyObject | null>();
  const keyOf = (publicKey: string): KeyObject | null => {
    const known = keys.get(publicKey);
    if (known !== undefined) return known;
    let key: KeyObject | null = null;
    try {
      key = publicKeyOf(publicKey);
    } catch {
      // remembered as none
    }
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(publicKey, key);
    return key;
  };
  return {
    isBy: (publicKey, bytes, signature) => {
      const key = keyOf(publicKey);
      return key !== null && verify(null, bytes, key, signature);
    },
    isByLater: async (publicKey, bytes, signature) => {
      const key = keyOf(publicKey);
      if (key === null) return false;
      return new Promise((resolve) => verify(null, bytes, key, signature, (error, isValid) => resolve(error === null && isValid)));
    },
  };
}
