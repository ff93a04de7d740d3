/** Crockford's base 32: no I, L, O and U, so that it can be read out and written down. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check sign is of 37 signs, so that it finds every wrong sign and every swap of neighbours. */
const CHECK_ALPHABET = `${ALPHABET}*~$=U`;
/** Signs before the check sign: 55 bits. */
const SIGNS = 11;
const DAY = 86_400_000;

/** A keyed hash (HMAC-SHA-256): at least eight bytes. */
export type Hmac = (secret: Uint8Array, message: string) => Uint8Array;

export interface AuthenticityClaim {
  /** Who speaks: the id of the agent in the team's list. */
  readonly agentId: string;
  /** What about: the reference that the customer sees (`M-1042`), or an empty text when the code is for no conversation. */
  readonly conversation: string;
}

/**
 * A code by which a customer can find out whether somebody who says to be of us is: shown to the agent in the app, told to the customer by
 * the agent, and checked by the customer where we are beyond doubt (typed into a page of our own, or asked for in the app's own chat),
 * where {@link checkAuthenticity} names the agent. Twelve signs in three groups (`7K2M-Q9XD-4T0*`); valid on the UTC day it was made and
 * the next.
 *
 * What it is against: somebody who never was of us and writes or calls as if. They know neither the secret nor a code for this customer's
 * conversation, and 55 bits are not guessed where a page limits tries. What it is not against: one who gets a code out of an agent or a
 * customer and uses it for the same conversation on the same day (that is why it names the conversation, and why the page must say which);
 * one who lures the customer to a page of their own to check it there; an agent of ours who cheats; a stolen secret. So it proves who
 * speaks, never that what they ask for is right: nobody of us asks for a recovery phrase, with a code or without.
 *
 * @param at when, epoch milliseconds
 */
export function authenticityCode(claim: AuthenticityClaim, secret: Uint8Array, hmac: Hmac, at: number): string {
  const signs = signsOf(claim, secret, hmac, dayOf(at));
  const text = signs + checkSignOf(signs);
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

export type AuthenticityResult =
  /** It is the code of this claim; `day` is the UTC day it was made on, in days since 1970. */
  | { readonly outcome: 'genuine'; readonly claim: AuthenticityClaim; readonly day: number }
  /** Not a code at all, or mistyped: the check sign does not fit. */
  | { readonly outcome: 'mistyped' }
  /** A code of nobody who was asked about, or of another day or conversation. */
  | { readonly outcome: 'unknown' };

/**
 * Whose code it is, among the agents and conversations that come into question. Reads what people write: small letters, blanks, `O` for
 * nought, `I` and `L` for one.
 *
 * @param at when it is checked, epoch milliseconds
 */
export function checkAuthenticity(
  code: string,
  candidates: readonly AuthenticityClaim[],
  secret: Uint8Array,
  hmac: Hmac,
  at: number,
): AuthenticityResult {
  const text = readCode(code);
  if (text === null) return { outcome: 'mistyped' };
  for (const day of [dayOf(at), dayOf(at) - 1]) {
    for (const claim of candidates) {
      if (isSame(signsOf(claim, secret, hmac, day), text)) return { outcome: 'genuine', claim, day };
    }
  }
  return { outcome: 'unknown' };
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

function signsOf(claim: AuthenticityClaim, secret: Uint8Array, hmac: Hmac, day: number): string {
  // lengths first: no two claims make the same message
  const message = ['meridian-authenticity-1', claim.agentId, claim.conversation, String(day)].map(
    (part) => `${String(part.length)}:${part}`,
  );
  const bytes = hmac(secret, message.join('|'));
  if (bytes.length < 8) throw new RangeError('a keyed hash of at least eight bytes');
  let value = 0n;
  for (const byte of bytes.slice(0, 8)) value = (value << 8n) | BigInt(byte);
  let signs = '';
  for (let index = 0; index < SIGNS; index += 1) {
    signs += ALPHABET[Number(value & 31n)] ?? '';
    value >>= 5n;
  }
  return signs;
}

/** Crockford's check sign: the number modulo 37. */
function checkSignOf(signs: string): string {
  let rest = 0;
  for (const sign of signs) rest = (rest * 32 + ALPHABET.indexOf(sign)) % 37;
  return CHECK_ALPHABET[rest] ?? '';
}

/** The signs without the check sign, null when they are not of a code. */
function readCode(code: string): string | null {
  const text = code.toUpperCase().replaceAll(/[\s\u2010-\u2015_.-]/gu, '');
  if (text.length !== SIGNS + 1) return null;
  const signs = text.slice(0, SIGNS).replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
  const check = text.slice(SIGNS).replace('O', '0').replace(/[IL]/u, '1');
  if ([...signs].some((sign) => !ALPHABET.includes(sign))) return null;
  return checkSignOf(signs) === check ? signs : null;
}

/** In a time that does not tell how much of it is right. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
