import { SEAL_SALT } from './chat-seal.ts';
import type { SealKey, Sealing } from './chat-seal.ts';

/** Bytes that Web Crypto takes: none that several threads share. */
type Bytes = Uint8Array<ArrayBuffer>;

type Algorithm = Readonly<Record<string, unknown>> & { readonly name: string };

/**
 * The part of Web Crypto (W3C, Level 2) that sealing needs; `globalThis.crypto` of browsers and of Node fits. Keys are opaque: the
 * types of the two worlds are not the same, and nothing here looks into one.
 */
export interface WebCryptoPart {
  readonly subtle: {
    digest(algorithm: string, data: Bytes): Promise<ArrayBuffer>;
    generateKey(algorithm: Algorithm & { readonly namedCurve: string }, extractable: boolean, usages: string[]): Promise<unknown>;
    importKey(format: 'raw' | 'pkcs8', data: Bytes, algorithm: Algorithm, extractable: boolean, usages: string[]): Promise<unknown>;
    exportKey(format: 'raw' | 'pkcs8', key: never): Promise<ArrayBuffer>;
    deriveBits(algorithm: never, key: never, bits: number): Promise<ArrayBuffer>;
    deriveKey(algorithm: never, key: never, derived: never, extractable: boolean, usages: never): Promise<unknown>;
    encrypt(algorithm: never, key: never, data: Bytes): Promise<ArrayBuffer>;
    decrypt(algorithm: never, key: never, data: Bytes): Promise<ArrayBuffer>;
  };
  getRandomValues(array: Bytes): Bytes;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const SECRET_BITS = 256;

/** Keys and algorithms go back to where they came from as they are. */
function opaque(value: unknown): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an opaque value of the platform's own
  return value as never;
}

function ascii(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Sealing by Web Crypto: the same file in the widget, in the engine and in tests. Algorithms are those that `chat-seal` names. */
export function webSealing(crypto: WebCryptoPart): Sealing {
  const { subtle } = crypto;
  const gcm = (iv: Uint8Array, additional: Uint8Array): never =>
    opaque({ name: 'AES-GCM', iv: new Uint8Array(iv), additionalData: new Uint8Array(additional) });
  return {
    async derive(ownPrivate, theirPublicRaw, info) {
      const theirs = await subtle.importKey('raw', new Uint8Array(theirPublicRaw), CURVE, false, []);
      const secret = await subtle.deriveBits(opaque({ name: 'ECDH', public: theirs }), opaque(ownPrivate), SECRET_BITS);
      const material = await subtle.importKey('raw', new Uint8Array(secret), { name: 'HKDF' }, false, ['deriveKey']);
      const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: ascii(SEAL_SALT), info: ascii(info) };
      const key = await subtle.deriveKey(
        opaque(hkdf),
        opaque(material),
        opaque({ name: 'AES-GCM', length: 256 }),
        false,
        opaque(['encrypt', 'decrypt']),
      );
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand of an opaque key
      return key as SealKey;
    },
    async seal(key, iv, plain, additional) {
      return new Uint8Array(await subtle.encrypt(gcm(iv, additional), opaque(key), new Uint8Array(plain)));
    },
    async open(key, iv, box, additional) {
      return new Uint8Array(await subtle.decrypt(gcm(iv, additional), opaque(key), new Uint8Array(box)));
    },
    async sha256(bytes) {
      return new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(bytes)));
    },
    random(count) {
      return crypto.getRandomValues(new Uint8Array(count));
    },
  };
}

/** A key pair of a visitor or a site. `publicRaw` is the uncompressed point, 65 bytes. */
export interface ChatKeyPair {
  readonly privateKey: unknown;
  readonly publicRaw: Uint8Array;
}

/** @param extractable whether the private half can ever be taken out (a site's is kept in a vault); a visitor's can not, so no script can carry it off */
export async function makeChatKeys({ subtle }: WebCryptoPart, extractable: boolean): Promise<ChatKeyPair> {
  const pair = await subtle.generateKey(CURVE, extractable, ['deriveBits']);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- generateKey of ECDH makes a pair
  const { privateKey, publicKey } = pair as { readonly privateKey: unknown; readonly publicKey: unknown };
  return { privateKey, publicRaw: new Uint8Array(await subtle.exportKey('raw', opaque(publicKey))) };
}

/** The private half as PKCS #8, to be kept as a secret. Rejects for a key that was not made extractable. */
export async function exportChatKey({ subtle }: WebCryptoPart, privateKey: unknown): Promise<Uint8Array> {
  return new Uint8Array(await subtle.exportKey('pkcs8', opaque(privateKey)));
}

/** Reads what `exportChatKey` wrote; the key that comes back can not be taken out again. Rejects when it is no key of this curve. */
export async function importChatKey({ subtle }: WebCryptoPart, pkcs8: Uint8Array): Promise<unknown> {
  return subtle.importKey('pkcs8', new Uint8Array(pkcs8), CURVE, false, ['deriveBits']);
}
