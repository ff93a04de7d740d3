import { constants, generateKeyPair, privateDecrypt, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { asObject, parseJson, textAt } from '../json-reading.ts';

const makePair = promisify(generateKeyPair);

/** A request for a key that a person has to agree to in their browser. */
export interface KeyRequest {
  /** The page of the forum that asks them. */
  readonly url: string;
  readonly privateKey: string;
  readonly nonce: string;
}

/**
 * Begins the handshake of Discourse's user API keys ("User API keys specification", meta.discourse.org/t/48536): the forum shows what is
 * asked for, and encrypts the key for a pair that was made for this request alone. Without `auth_redirect` it shows the payload to copy:
 * forums let through only redirects that they were told of.
 * @param server without a slash at its end
 */
export async function beginKeyRequest(server: string, redirect: string | null = null): Promise<KeyRequest> {
  const { publicKey, privateKey } = await makePair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const nonce = randomBytes(16).toString('hex');
  const url = new URL(`${server}/user-api-key/new`);
  url.search = new URLSearchParams({
    application_name: 'Meridian',
    // one for each request: a forum destroys the keys that it gave out before to the same client
    client_id: `meridian-${randomBytes(16).toString('hex')}`,
    scopes: 'read,write',
    public_key: publicKey,
    nonce,
    // newer forums then encrypt with OAEP; older ones ignore it
    padding: 'oaep',
    ...(redirect === null ? {} : { auth_redirect: redirect }),
  }).toString();
  return { url: url.href, privateKey, nonce };
}

/**
 * The key in what the forum showed. Takes the payload alone, with the blanks of copying, and a whole redirect address that holds it.
 * Null when it is no answer to this request.
 */
export function readKeyPayload(request: Pick<KeyRequest, 'privateKey' | 'nonce'>, pasted: string): string | null {
  const encrypted = payloadBytes(pasted);
  // both paddings of 2048 bits give exactly this
  if (encrypted.length !== 256) return null;
  for (const clear of [decryptOaep(request.privateKey, encrypted), decryptV15(request.privateKey, encrypted)]) {
    const answer = clear === null ? null : asObject(parseJson(clear));
    const key = answer === null ? null : textAt(answer, 'key');
    const nonce = answer === null ? null : textAt(answer, 'nonce');
    if (key !== null && key !== '' && nonce !== null && isEqual(nonce, request.nonce)) return key;
  }
  return null;
}

function decryptOaep(key: string, encrypted: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING }, encrypted);
  } catch {
    return null;
  }
}

/**
 * Older forums encrypt with PKCS #1 v1.5 (RFC 8017, 7.2.2), which Node refuses to take off since it can tell attackers who ask often what
 * a text was. Here nobody can ask: one answer is pasted by hand, for a pair that is used once.
 */
function decryptV15(key: string, encrypted: Buffer): Buffer | null {
  try {
    const padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
    const end = padded.indexOf(0, 2);
    return padded[0] === 0 && padded[1] === 2 && end >= 10 ? padded.subarray(end + 1) : null;
  } catch {
    return null;
  }
}

function payloadBytes(pasted: string): Buffer {
  const text = pasted.trim().slice(0, 10_000);
  const inAddress = /[?&]payload=([^&#\s]+)/u.exec(text)?.[1];
  return Buffer.from(inAddress === undefined ? text.replaceAll(/\s+/gu, '') : decoded(inAddress).replaceAll(/\s+/gu, ''), 'base64');
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

function isEqual(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(two)];
  return a.length === b.length && timingSafeEqual(a, b);
}
