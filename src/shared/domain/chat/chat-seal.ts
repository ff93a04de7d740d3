/**
 * How a conversation is sealed. Web Crypto is the same in browsers and in Node, so both sides use this file; the part of it that is
 * needed is handed in, because the domain knows neither.
 *
 * ECDH on P-256 between the visitor's key and the site's key; HKDF-SHA-256 (RFC 5869) with the salt `meridian-chat-1` and the
 * direction, site and visitor as info makes a key for each direction; AES-256-GCM with a random 96-bit nonce, and the subject as
 * additional data, so that an entry can not be moved to another conversation. Keys are random for each visitor and few entries are
 * sealed with one, far from the 2^32 that random nonces allow (NIST SP 800-38D).
 */

export interface SealKey {
  readonly __brand: 'SealKey';
}

/** The part of Web Crypto that is used, on opaque keys. */
export interface Sealing {
  /** The key of one direction. `info` is what HKDF binds it to. */
  derive(ownPrivate: unknown, theirPublicRaw: Uint8Array, info: string): Promise<SealKey>;
  seal(key: SealKey, iv: Uint8Array, plain: Uint8Array, additional: Uint8Array): Promise<Uint8Array>;
  /** Rejects when it was not sealed with this key and this additional data. */
  open(key: SealKey, iv: Uint8Array, box: Uint8Array, additional: Uint8Array): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  random(count: number): Uint8Array;
}

export const SEAL_SALT = 'meridian-chat-1';

export function sealInfo(way: 'in' | 'out', site: string, visitor: string): string {
  return `${way} ${site} ${visitor}`;
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** The name of a visitor: 130 bits of SHA-256 over their public key. Who has not made the key can not take the name. */
export function visitorOf(publicKeySha256: Uint8Array): string {
  let name = '';
  let held = 0;
  let bits = 0;
  for (const byte of publicKeySha256) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && name.length < 26) {
      bits -= 5;
      name += CROCKFORD.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return name;
}
