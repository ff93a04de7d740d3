const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The bytes of a base58 text, null when a character is none of the alphabet. */
export function decodeBase58(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    let carry = ALPHABET.indexOf(character);
    if (carry === -1) return null;
    for (let index = 0; index < bytes.length; index += 1) {
      carry += (bytes[index] ?? 0) * 58;
      bytes[index] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  for (const character of text) {
    if (character !== '1') break;
    bytes.push(0);
  }
  return Uint8Array.from(bytes.toReversed());
}

/** The payload of a base58check text (its last four bytes are the first of the double hash), null when the checksum is wrong. */
export function decodeBase58Check(text: string, sha256: (bytes: Uint8Array) => Uint8Array): Uint8Array | null {
  const bytes = decodeBase58(text);
  if (bytes === null || bytes.length < 5) return null;
  const payload = bytes.slice(0, -4);
  const checksum = sha256(sha256(payload));
  for (let index = 0; index < 4; index += 1) if (checksum[index] !== bytes[payload.length + index]) return null;
  return payload;
}
