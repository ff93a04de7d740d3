import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeychainSecrets } from './keychain.ts';
import type { Keychain } from './keychain.ts';
import { Secrets } from './secrets.ts';
import { Vault } from './vault.ts';

/** A stand-in for the system's keychain: reversible, and able to fail the ways the real ones do. */
class StandInKeychain implements Keychain {
  name = 'gnome_libsecret';
  isAvailable = true;
  mark = 'v11';
  pad = 0x5a;
  get reason(): 'no-keychain' | null {
    return this.isAvailable ? null : 'no-keychain';
  }
  encrypt(text: string): Buffer {
    if (!this.isAvailable) throw new Error('no keyring');
    return Buffer.concat([Buffer.from(this.mark), this.#xor(Buffer.from(text))]);
  }
  decrypt(sealed: Buffer): string {
    if (!this.isAvailable) throw new Error('no keyring');
    const text = this.#xor(sealed.subarray(3)).toString('utf8');
    if (/[^ -~]/u.test(text)) throw new Error('another key');
    return text;
  }
  #xor(bytes: Buffer): Buffer {
    return Buffer.from(bytes.map((byte) => byte ^ this.pad));
  }
}

const PASSPHRASE = 'correct horse battery';
let folder: string;
let keychain: StandInKeychain;

function open(): Secrets {
  return new Secrets(folder, keychain, new Vault({ file: path.join(folder, 'vault.json'), freeBytes: () => 1 }));
}
function stored(): Record<string, Record<string, string>> {
  const content = JSON.parse(fs.readFileSync(path.join(folder, 'secrets.json'), 'utf8')) as {
    secrets: Record<string, Record<string, string>>;
  };
  return content.secrets;
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-secrets-'));
  keychain = new StandInKeychain();
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('secrets in the keychain', () => {
  it('are kept with the name of what protects them, for their owner only', () => {
    expect(open().status()).toEqual({ backend: 'keychain', state: 'ready' });
    expect(open().set('a', 'sesame')).toBe('ok');
    expect(open().get('a')).toBe('sesame');
    expect(Object.keys(stored()['a'] ?? {})).toEqual(['gnome_libsecret']);
    expect(fs.readFileSync(path.join(folder, 'secrets.json'), 'utf8')).not.toContain('sesame');
    expect(fs.statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    open().delete('a');
    expect(open().get('a')).toBeNull();
  });

  it('are refused when the keychain encrypts with the constant that everybody knows', () => {
    const secrets = new KeychainSecrets(path.join(folder, 'secrets.json'), keychain, 'linux');
    keychain.mark = 'v10';
    expect(() => {
      secrets.set('a', 'sesame');
    }).toThrow('everybody knows');
    expect(fs.existsSync(path.join(folder, 'secrets.json'))).toBe(false);
    // on Windows the same mark is the ordinary one
    const onWindows = new KeychainSecrets(path.join(folder, 'secrets.json'), keychain, 'win32');
    onWindows.set('a', 'sesame');
    expect(onWindows.get('a')).toBe('sesame');
    // and what came here from elsewhere is not believed
    expect(secrets.get('a')).toBeNull();
  });

  it('are never overwritten by another keychain that can not read them', () => {
    open().set('a', 'old');
    const before = stored()['a']?.['gnome_libsecret'];
    keychain.name = 'kwallet5';
    keychain.pad = 0x33;
    expect(open().get('a')).toBeNull();
    open().set('a', 'new');
    expect(open().get('a')).toBe('new');
    expect(stored()['a']?.['gnome_libsecret']).toBe(before);
    keychain.name = 'gnome_libsecret';
    keychain.pad = 0x5a;
    expect(open().get('a')).toBe('old');
  });
});

describe('a keychain that comes and goes', () => {
  it('leaves its secrets alone while a passphrase takes over, and says why', async () => {
    open().set('a', 'in the keychain');
    const before = stored();
    keychain.isAvailable = false;
    const secrets = open();
    expect(secrets.status()).toEqual({ backend: 'passphrase', state: 'empty', reason: 'no-keychain' });
    expect(secrets.get('a')).toBeNull();
    expect(secrets.set('a', 'typed again')).toBe('locked');
    expect(await secrets.create(PASSPHRASE)).toBe('ok');
    expect(secrets.set('a', 'typed again')).toBe('ok');
    expect(secrets.get('a')).toBe('typed again');
    expect(stored()).toEqual(before);
  });

  it('takes over the vault at its next unlocking, and only then the vault goes', async () => {
    keychain.isAvailable = false;
    const without = open();
    await without.create(PASSPHRASE);
    without.set('a', 'under a passphrase');
    keychain.isAvailable = true;
    const secrets = open();
    expect(secrets.status()).toMatchObject({ backend: 'passphrase', state: 'locked' });
    expect(secrets.get('a')).toBeNull();
    expect(await secrets.unlock('not the passphrase')).toBe('wrong');
    expect(fs.existsSync(path.join(folder, 'vault.json'))).toBe(true);
    expect(await secrets.unlock(PASSPHRASE)).toBe('ok');
    expect(secrets.status()).toEqual({ backend: 'keychain', state: 'ready' });
    expect(secrets.get('a')).toBe('under a passphrase');
    expect(fs.existsSync(path.join(folder, 'vault.json'))).toBe(false);
  });

  it('keeps the vault when the keychain does not give back what it was given', async () => {
    keychain.isAvailable = false;
    const without = open();
    await without.create(PASSPHRASE);
    without.set('a', 'under a passphrase');
    keychain.isAvailable = true;
    keychain.decrypt = () => 'something else';
    const secrets = open();
    expect(await secrets.unlock(PASSPHRASE)).toBe('ok');
    expect(secrets.status()).toMatchObject({ backend: 'passphrase', state: 'ready' });
    expect(secrets.get('a')).toBe('under a passphrase');
  });
});
