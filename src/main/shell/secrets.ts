import fs from 'node:fs';
import path from 'node:path';
import type { VaultStatus } from '../../shared/contract/shell.contract.ts';
import { KeychainSecrets } from './keychain.ts';
import type { Keychain } from './keychain.ts';
import { Vault } from './vault.ts';

/**
 * Where passwords live: in the operating system's keychain, or, where it has none that protects, under a passphrase.
 * When a keychain appears later, a passphrase vault is moved into it the next time that it is unlocked; when a keychain
 * disappears, what it held stays in its file until it is back, and new passwords go under a passphrase.
 */
export class Secrets {
  readonly #folder: string;
  readonly #keychain: Keychain;
  readonly #inKeychain: KeychainSecrets;
  readonly #vault: Vault;

  constructor(folder: string, keychain: Keychain, vault: Vault = new Vault({ file: vaultFile(folder) })) {
    this.#folder = folder;
    this.#keychain = keychain;
    this.#inKeychain = new KeychainSecrets(path.join(folder, 'secrets.json'), keychain);
    this.#vault = vault;
  }

  status(): VaultStatus {
    if (this.#usesKeychain()) return { backend: 'keychain', state: 'ready' };
    return { backend: 'passphrase', state: this.#vault.state, reason: this.#keychain.reason ?? 'no-keychain' };
  }

  async create(passphrase: string): Promise<'ok' | 'too-short' | 'exists'> {
    return this.#usesKeychain() ? 'exists' : this.#vault.create(passphrase);
  }

  async unlock(passphrase: string): Promise<'ok' | 'wrong' | 'wait'> {
    if (this.#usesKeychain()) return 'ok';
    const result = await this.#vault.unlock(passphrase);
    if (result === 'ok' && this.#keychain.isAvailable) this.#moveIntoKeychain();
    return result;
  }

  get(ref: string): string | null {
    return this.#usesKeychain() ? this.#inKeychain.get(ref) : this.#vault.get(ref);
  }

  set(ref: string, value: string): 'ok' | 'locked' {
    if (!this.#usesKeychain()) return this.#vault.set(ref, value);
    this.#inKeychain.set(ref, value);
    return 'ok';
  }

  delete(ref: string): void {
    this.#inKeychain.delete(ref);
    this.#vault.delete(ref);
  }

  /** The keychain, unless a vault from a time without one still holds secrets. */
  #usesKeychain(): boolean {
    return this.#keychain.isAvailable && this.#vault.count === 0;
  }

  /** The vault's are the newer ones. Its file goes only after each of them was read back from the keychain. */
  #moveIntoKeychain(): void {
    const secrets = this.#vault.all();
    for (const [ref, value] of secrets) this.#inKeychain.set(ref, value);
    const isComplete = secrets.size === this.#vault.count && [...secrets].every(([ref, value]) => this.#inKeychain.get(ref) === value);
    if (!isComplete) return;
    fs.rmSync(vaultFile(this.#folder), { force: true });
    this.#vault.lock();
  }
}

function vaultFile(folder: string): string {
  return path.join(folder, 'vault.json');
}
