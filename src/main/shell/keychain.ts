import { z } from 'zod';
import { readJsonFile, writeFileAtomically } from './atomic-file.ts';

/** The operating system's keychain, as far as we need it; a test stands in for it. */
export interface Keychain {
  /** What protects: `keychain` (macOS), `dpapi` (Windows), `gnome_libsecret`, `kwallet5` ... Kept with each secret. */
  readonly name: string;
  /** False where the system has none that deserves the name. */
  readonly isAvailable: boolean;
  /** Why not; null while it is available. */
  readonly reason: 'no-keychain' | 'plain-text-keychain' | null;
  encrypt(text: string): Buffer;
  /** Throws when it can not. */
  decrypt(sealed: Buffer): string;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** By name of the secret, then by what protects it: another keychain never overwrites what it can not read. */
  secrets: z.record(z.string(), z.record(z.string(), z.string())),
});
type KeychainFile = z.infer<typeof fileSchema>;

/** How Chromium marks what is encrypted with a constant that anybody can look up. */
const PLAIN_TEXT_MARK = 'v10';

/** Secrets encrypted by the keychain, in one file of ours. */
export class KeychainSecrets {
  readonly #path: string;
  readonly #keychain: Keychain;
  readonly #refusesPlainText: boolean;

  constructor(file: string, keychain: Keychain, platform: NodeJS.Platform = process.platform) {
    this.#path = file;
    this.#keychain = keychain;
    // on the other systems the same mark is the ordinary one
    this.#refusesPlainText = platform === 'linux';
  }

  /** The secret; null when there is none, or it was encrypted by another keychain, or can not be decrypted now. */
  get(ref: string): string | null {
    const stored = this.#read().secrets[ref]?.[this.#keychain.name];
    if (stored === undefined) return null;
    const sealed = Buffer.from(stored, 'base64');
    if (this.#isPlainText(sealed)) return null;
    try {
      return this.#keychain.decrypt(sealed);
    } catch {
      return null;
    }
  }

  /** Throws when the keychain can not encrypt, or only pretends to. */
  set(ref: string, value: string): void {
    const sealed = this.#keychain.encrypt(value);
    if (this.#isPlainText(sealed)) throw new Error('the keychain encrypts with a key that everybody knows');
    const content = this.#read();
    const others = content.secrets[ref] ?? {};
    this.#write({ ...content, secrets: { ...content.secrets, [ref]: { ...others, [this.#keychain.name]: sealed.toString('base64') } } });
  }

  /** Removes a secret under every keychain: the person wants it gone. */
  delete(ref: string): void {
    const content = this.#read();
    if (content.secrets[ref] === undefined) return;
    const { [ref]: _removed, ...secrets } = content.secrets;
    this.#write({ ...content, secrets });
  }

  #isPlainText(sealed: Buffer): boolean {
    return this.#refusesPlainText && sealed.subarray(0, PLAIN_TEXT_MARK.length).toString('latin1') === PLAIN_TEXT_MARK;
  }

  #read(): KeychainFile {
    const value = readJsonFile(this.#path);
    return value === null ? { version: 1, secrets: {} } : fileSchema.parse(value);
  }

  #write(content: KeychainFile): void {
    writeFileAtomically(this.#path, `${JSON.stringify(content, null, 2)}\n`);
  }
}
