import type { SealKey, Sealing } from './chat-seal.ts';
import { readFrame } from './chat-wire.ts';
import type { ChatFrame, FromTeam, FromVisitor } from './chat-wire.ts';

/** Text to UTF-8 and back; TextEncoder and TextDecoder do it, of which the domain knows nothing. */
export interface Utf8 {
  encode(text: string): Uint8Array;
  /** Throws for bytes that are no UTF-8 where that is asked of it. */
  decode(bytes: Uint8Array): string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NONCE_BYTES = 12;

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET.charAt((held << (6 - bits)) & 63);
}

/** Null for what is no base64url. Bits that fill up the last character are not looked at. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 255;
    at += 1;
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/**
 * Seals what one side says for one subject.
 * @param publicRaw the visitor's public key, in entries of visitors alone
 */
export async function sealFrame(
  { sealing, utf8 }: { readonly sealing: Sealing; readonly utf8: Utf8 },
  key: SealKey,
  subject: string,
  said: FromVisitor | FromTeam,
  publicRaw: Uint8Array | null,
): Promise<string> {
  const iv = sealing.random(NONCE_BYTES);
  const box = await sealing.seal(key, iv, utf8.encode(JSON.stringify(said)), utf8.encode(subject));
  const frame: ChatFrame = {
    v: 1,
    ...(publicRaw === null ? {} : { key: toBase64Url(publicRaw) }),
    iv: toBase64Url(iv),
    box: toBase64Url(box),
  };
  return JSON.stringify(frame);
}

/**
 * What was sealed for this subject, to be read by `readFromVisitor` or `readFromTeam`; null for what is no frame, was sealed with
 * another key or for another subject, or is no JSON.
 */
export async function openFrame(
  { sealing, utf8 }: { readonly sealing: Sealing; readonly utf8: Utf8 },
  key: SealKey,
  subject: string,
  frame: ChatFrame | string,
): Promise<unknown> {
  const found = typeof frame === 'string' ? readFrame(frame) : frame;
  const iv = found === null ? null : fromBase64Url(found.iv);
  const box = found === null ? null : fromBase64Url(found.box);
  if (iv === null || box === null) return null;
  try {
    const plain = await sealing.open(key, iv, box, utf8.encode(subject));
    return JSON.parse(utf8.decode(plain));
  } catch {
    return null;
  }
}
