import { createHmac, timingSafeEqual } from 'node:crypto';

// 26 letters and 6 digits that survive any mail system's change of case
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 bits: 64 would do against guessing, and sixteen base32 characters carry 80 anyway. */
const SIGNATURE_CHARACTERS = 16;
const TOKEN = /^([0-9a-z-]{1,40})\.([a-z2-7]{16})$/u;

function signature(body: string, key: Uint8Array): string {
  const digest = createHmac('sha256', key).update(`meridian thread token 1\n${body}`).digest();
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text.slice(0, SIGNATURE_CHARACTERS);
}

/**
 * The token that ties an answer to its case: it goes into the Reply-To address (`local+t_<token>@domain`), where it survives
 * mail programs that lose the References. Lower case throughout, safe in an address.
 * @param caseBody the case id without its prefix: lower-case letters, digits and hyphens, at most 40 (the local part of an address ends at 64)
 * @param key at least 32 secret bytes, equal on every workstation of the team
 */
export function signThreadToken(caseBody: string, key: Uint8Array): string {
  if (!/^[0-9a-z-]{1,40}$/u.test(caseBody)) throw new RangeError(`cannot sign ${JSON.stringify(caseBody)}`);
  if (key.length < 32) throw new RangeError('the key is too short');
  return `${caseBody}.${signature(caseBody, key)}`;
}

/** The case body that a token names, or null when it was not signed with this key. Takes equally long either way. */
export function verifyThreadToken(token: string, key: Uint8Array): string | null {
  const parts = TOKEN.exec(token.toLowerCase());
  const [, body = '', given = ''] = parts ?? [];
  const expected = Buffer.from(signature(body, key));
  const offered = Buffer.from(given.padEnd(SIGNATURE_CHARACTERS, '-').slice(0, SIGNATURE_CHARACTERS));
  return timingSafeEqual(expected, offered) && parts !== null ? body : null;
}
