import os from 'node:os';
import { z } from 'zod';
import { readJsonFile, writeFileAtomically } from './atomic-file.ts';
import { chooseDerivation, deriveKey, isDerivationSound, seal, unseal } from './vault-crypto.ts';
import type { KeyDerivation, Sealed } from './vault-crypto.ts';

const sealedSchema = z.strictObject({ iv: z.string(), tag: z.string(), data: z.string() });
const fileSchema = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({ N: z.number(), r: z.number(), p: z.number(), salt: z.string() }),
  verifier: sealedSchema,
  secrets: z.record(z.string(), sealedSchema),
});
interface VaultFile {
  readonly version: 1;
  readonly kdf: KeyDerivation;
  readonly verifier: Sealed;
  readonly secrets: Readonly<Record<string, Sealed>>;
}

export const MIN_PASSPHRASE_LENGTH = 10;
const VERIFIER_TEXT = 'meridian';
const VERIFIER_CONTEXT = 'meridian-vault/1/verifier';
/** Tries that may be wrong before waiting starts. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

export interface VaultOptions {
  readonly file: string;
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number;
  readonly freeBytes?: () => number;
}

/**
 * Secrets under a passphrase, in one file, for desks without a keychain. The key is in memory while it is unlocked and
 * nowhere else. Knows nothing of Electron.
 */
export class Vault {
  readonly #path: string;
  readonly #now: () => number;
  readonly #freeBytes: () => number;
  #key: Buffer | null = null;
  #wrongTries = 0;
  #waitUntil = 0;
  /** Deriving a key takes half a second and 128 MB: one at a time. */
  #isDeriving = false;

  constructor({ file, now = () => performance.now(), freeBytes = () => os.freemem() }: VaultOptions) {
    this.#path = file;
    this.#now = now;
    this.#freeBytes = freeBytes;
  }

  /** Throws when the file is there but damaged; it is never taken for an empty one. */
  get state(): 'empty' | 'locked' | 'ready' {
    if (this.#key !== null) return 'ready';
    return this.#read() === null ? 'empty' : 'locked';
  }

  /** Makes the vault and leaves it unlocked. */
  async create(passphrase: string): Promise<'ok' | 'too-short' | 'exists'> {
    if (this.#read() !== null || this.#isDeriving) return 'exists';
    if ([...passphrase.trim()].length < MIN_PASSPHRASE_LENGTH) return 'too-short';
    const kdf = chooseDerivation(this.#freeBytes());
    const key = await this.#derive(passphrase, kdf);
    this.#write({ version: 1, kdf, verifier: seal(key, VERIFIER_TEXT, VERIFIER_CONTEXT), secrets: {} });
    this.#key = key;
    return 'ok';
  }

  /** Unlocks with the passphrase. After three wrong tries every further one has to wait, longer each time. */
  async unlock(passphrase: string): Promise<'ok' | 'wrong' | 'wait'> {
    if (this.#key !== null) return 'ok';
    if (this.#isDeriving || this.#now() < this.#waitUntil) return 'wait';
    const content = this.#read();
    if (content === null) return 'wrong';
    const key = await this.#derive(passphrase, content.kdf);
    if (unseal(key, content.verifier, VERIFIER_CONTEXT) !== VERIFIER_TEXT) {
      key.fill(0);
      this.#wrongTries += 1;
      const over = this.#wrongTries - FREE_TRIES;
      if (over >= 0) this.#waitUntil = this.#now() + Math.min(FIRST_WAIT_MS * 2 ** over, LONGEST_WAIT_MS);
      return 'wrong';
    }
    this.#wrongTries = 0;
    this.#key = key;
    return 'ok';
  }

  /** Forgets the key. */
  lock(): void {
    this.#key?.fill(0);
    this.#key = null;
  }

  /** The secret; null when there is none, the vault is locked, or the entry was tampered with. */
  get(ref: string): string | null {
    const sealed = this.#key === null ? undefined : this.#read()?.secrets[ref];
    return this.#key === null || sealed === undefined ? null : unseal(this.#key, sealed, contextOf(ref));
  }

  set(ref: string, value: string): 'ok' | 'locked' {
    const content = this.#read();
    if (this.#key === null || content === null) return 'locked';
    this.#write({ ...content, secrets: { ...content.secrets, [ref]: seal(this.#key, value, contextOf(ref)) } });
    return 'ok';
  }

  /** Removes a secret; needs no passphrase. */
  delete(ref: string): void {
    const content = this.#read();
    if (content === null || content.secrets[ref] === undefined) return;
    const { [ref]: _removed, ...secrets } = content.secrets;
    this.#write({ ...content, secrets });
  }

  /** Every secret that opens, by name; empty while locked. */
  all(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const ref of Object.keys(this.#read()?.secrets ?? {})) {
      const value = this.get(ref);
      if (value !== null) found.set(ref, value);
    }
    return found;
  }

  /** How many secrets the file holds, whether or not they can be opened. */
  get count(): number {
    return Object.keys(this.#read()?.secrets ?? {}).length;
  }

  async #derive(passphrase: string, kdf: KeyDerivation): Promise<Buffer> {
    this.#isDeriving = true;
    try {
      return await deriveKey(passphrase, kdf);
    } finally {
      this.#isDeriving = false;
    }
  }

  #read(): VaultFile | null {
    const value = readJsonFile(this.#path);
    if (value === null) return null;
    const content = fileSchema.parse(value);
    if (!isDerivationSound(content.kdf)) throw new Error('the vault file asks for an unsound key derivation');
    return content;
  }

  #write(content: VaultFile): void {
    writeFileAtomically(this.#path, `${JSON.stringify(content, null, 2)}\n`);
  }
}

function contextOf(ref: string): string {
  return `meridian-vault/1/secret/${ref}`;
}
