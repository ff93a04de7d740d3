import { webcrypto } from 'node:crypto';
import { fromBase64Url, openFrame, sealFrame, toBase64Url, type Utf8 } from '../../../../shared/domain/chat/chat-frames.ts';
import { sealInfo, visitorOf, type SealKey } from '../../../../shared/domain/chat/chat-seal.ts';
import { chatSubject, readFrame, readFromVisitor } from '../../../../shared/domain/chat/chat-wire.ts';
import type { FromTeam, FromVisitor } from '../../../../shared/domain/chat/chat-wire.ts';
import { importChatKey, webSealing } from '../../../../shared/domain/chat/web-sealing.ts';
import { ConnectorError } from '../connector.ts';

/** Who a visitor is and what answers to them are sealed with. The name is the hash of the key, so neither can be exchanged. */
export interface Visitor {
  readonly name: string;
  /** P-256, raw, base64url. */
  readonly key: string;
}

/** What could not be opened, and why, without a word of it. */
export type Unopened = 'no-frame' | 'forged-name' | 'not-for-us' | 'malformed';

const sealing = webSealing(webcrypto);
const utf8: Utf8 = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};
const crypto = { sealing, utf8 };

/** Keys of so many visitors are kept; deriving one takes a fraction of a millisecond. */
const MOST_KEYS = 2_000;
const CONVERSATION = /^([0-9a-z]{26})\.([A-Za-z0-9_-]{87})$/u;

/** The conversation of a visitor as the engine keeps it: all that is needed to seal an answer, also after years. */
export function conversationOf({ name, key }: Visitor): string {
  return `${name}.${key}`;
}

/** Null for what is none. */
export function visitorFrom(conversation: string): Visitor | null {
  const [, name, key] = CONVERSATION.exec(conversation) ?? [];
  return name === undefined || key === undefined ? null : { name, key };
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await sealing.sha256(bytes)).toString('hex');
}

/** Whether the private half belongs to the public one. `pkcs8` and `publicKey` in base64url. */
export async function isPair(pkcs8: string, publicKey: string): Promise<boolean> {
  try {
    const bytes = Uint8Array.from(Buffer.from(pkcs8, 'base64url'));
    const own = await webcrypto.subtle.importKey('pkcs8', bytes, { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const { x, y } = await webcrypto.subtle.exportKey('jwk', own);
    const raw = Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
    return raw.toString('base64url') === publicKey;
  } catch {
    return false;
  }
}

/** Opens what visitors of one site say, and seals what they are told. */
export class ChatSeals {
  readonly #site: string;
  readonly #own: unknown;
  readonly #keys = new Map<string, Promise<{ readonly in: SealKey; readonly out: SealKey } | null>>();

  private constructor(site: string, own: unknown) {
    this.#site = site;
    this.#own = own;
  }

  /** @param pkcs8 the site's private key, base64url. Throws a ConnectorError when it is none. */
  static async make(site: string, pkcs8: string): Promise<ChatSeals> {
    try {
      return new ChatSeals(site, await importChatKey(webcrypto, Buffer.from(pkcs8, 'base64url')));
    } catch (error) {
      throw new ConnectorError('site-key-wrong', {
        health: 'auth',
        retryable: false,
        detail: 'the secret is no key of P-256',
        cause: error,
      });
    }
  }

  /** @param kind where it was said: what is sealed for one subject is good for no other */
  async open(
    kind: 'chat' | 'live',
    name: string,
    data: string,
  ): Promise<{ readonly said: FromVisitor; readonly visitor: Visitor } | Unopened> {
    const frame = readFrame(data);
    if (frame?.key === undefined) return 'no-frame';
    const visitor: Visitor = { name, key: frame.key };
    const keys = await this.#keysOf(visitor);
    if (keys === null) return 'forged-name';
    const value = await openFrame(crypto, keys.in, chatSubject(kind, 'in', this.#site, name), frame);
    if (value === null) return 'not-for-us';
    const said = readFromVisitor(value);
    return said === null ? 'malformed' : { said, visitor };
  }

  /** Throws a RangeError for a visitor whose name is not that of their key. */
  async seal(kind: 'chat' | 'live', visitor: Visitor, told: FromTeam): Promise<string> {
    const keys = await this.#keysOf(visitor);
    if (keys === null) throw new RangeError('there is no such visitor');
    return sealFrame(crypto, keys.out, chatSubject(kind, 'out', this.#site, visitor.name), told, null);
  }

  /** Null when the name is not that of the key, or the key is none. */
  async #keysOf(visitor: Visitor): Promise<{ readonly in: SealKey; readonly out: SealKey } | null> {
    const id = conversationOf(visitor);
    const known = this.#keys.get(id);
    if (known !== undefined) {
      // the one that was used last goes last
      this.#keys.delete(id);
      this.#keys.set(id, known);
      return known;
    }
    const made = this.#derive(visitor);
    this.#keys.set(id, made);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > MOST_KEYS && oldest !== undefined) this.#keys.delete(oldest);
    return made;
  }

  async #derive({ name, key }: Visitor): Promise<{ readonly in: SealKey; readonly out: SealKey } | null> {
    const raw = fromBase64Url(key);
    // another spelling of the same bytes would be another conversation
    if (raw === null || toBase64Url(raw) !== key || visitorOf(await sealing.sha256(raw)) !== name) return null;
    try {
      return {
        in: await sealing.derive(this.#own, raw, sealInfo('in', this.#site, name)),
        out: await sealing.derive(this.#own, raw, sealInfo('out', this.#site, name)),
      };
    } catch {
      return null;
    }
  }
}
