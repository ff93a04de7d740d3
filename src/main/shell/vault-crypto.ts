import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

/** How the key comes out of the passphrase (scrypt, RFC 7914). Kept beside the secrets: it is not itself secret. */
export interface KeyDerivation {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** Base64 of 16 random bytes. */
  readonly salt: string;
}

/** One text, sealed with AES-256-GCM; all fields are base64. */
export interface Sealed {
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

const STRONGEST_N = 2 ** 17;
const WEAKEST_N = 2 ** 15;
const BLOCK = 8;

/**
 * Parameters for a new vault: N = 2^17 (128 MB, the recommendation for interactive use), less where that memory is not free.
 * @param freeBytes memory that is free now
 */
export function chooseDerivation(freeBytes: number): KeyDerivation {
  let N = STRONGEST_N;
  // four times what scrypt needs, so that unlocking never pushes the rest of the desk into swap
  while (N > WEAKEST_N && 128 * N * BLOCK * 4 > freeBytes) N /= 2;
  return { N, r: BLOCK, p: 1, salt: randomBytes(16).toString('base64') };
}

/** Whether parameters read from a file are such as we write; others would weaken the vault or exhaust the memory. */
export function isDerivationSound({ N, r, p, salt }: KeyDerivation): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(N));
  return isPowerOfTwo && N >= WEAKEST_N && N <= 2 ** 20 && r === BLOCK && p === 1 && Buffer.from(salt, 'base64').length >= 16;
}

/** The key of 32 bytes for a passphrase. The same text typed on another keyboard (other Unicode form) gives the same key. */
export async function deriveKey(passphrase: string, { N, r, p, salt }: KeyDerivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      32,
      { N, r, p, maxmem: 128 * N * r + 32 * 1024 * 1024 },
      (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      },
    );
  });
}

/** Seals a text. `context` is bound to it: it opens only under the same one, so that two entries can not be swapped. */
export function seal(key: Buffer, text: string, context: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
}

/** The sealed text; null when the key or the context is another one, or a byte was changed. */
export function unseal(key: Buffer, sealed: Sealed, context: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
