import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDerivation, isDerivationSound } from './vault-crypto.ts';
import { Vault } from './vault.ts';

const PASSPHRASE = 'correct horse battery';
/** So little memory that the weakest allowed parameters are chosen: the tests need no half second a try. */
const LITTLE_MEMORY = (): number => 1;

/** Windows keeps access lists instead; a profile folder is its owner's there. */
const OWNER_ONLY = process.platform === 'win32' ? 0o666 : 0o600;
function permissions(name: string): number {
  return fs.statSync(name).mode & 0o777;
}

let folder: string;
let file: string;
let now: number;

function openVault(): Vault {
  return new Vault({ file, now: () => now, freeBytes: LITTLE_MEMORY });
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-vault-'));
  file = path.join(folder, 'vault.json');
  now = 1_000;
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('a passphrase vault', () => {
  it('keeps a secret across a restart, and gives it out only while unlocked', async () => {
    const vault = openVault();
    expect(vault.state).toBe('empty');
    expect(await vault.create(PASSPHRASE)).toBe('ok');
    expect(vault.set('account/1', 'p4ssw0rd 密码')).toBe('ok');
    expect(vault.get('account/1')).toBe('p4ssw0rd 密码');

    const again = openVault();
    expect(again.state).toBe('locked');
    expect(again.get('account/1')).toBeNull();
    expect(again.set('account/2', 'x')).toBe('locked');
    expect(await again.unlock('correct horse batterY')).toBe('wrong');
    expect(again.state).toBe('locked');
    expect(await again.unlock(PASSPHRASE)).toBe('ok');
    expect(again.get('account/1')).toBe('p4ssw0rd 密码');
    again.lock();
    expect(again.get('account/1')).toBeNull();
  });

  it('writes neither secret nor passphrase, for its owner only', async () => {
    const vault = openVault();
    await vault.create(PASSPHRASE);
    vault.set('account/1', 'sesame-open');
    const text = fs.readFileSync(file, 'utf8');
    for (const hidden of ['sesame-open', Buffer.from('sesame-open').toString('base64'), PASSPHRASE]) expect(text).not.toContain(hidden);
    expect(permissions(file)).toBe(OWNER_ONLY);
    expect(fs.readdirSync(folder)).toEqual(['vault.json']);
  });

  it('binds each secret to its name: swapped or changed entries do not open', async () => {
    const vault = openVault();
    await vault.create(PASSPHRASE);
    vault.set('a', 'first');
    vault.set('b', 'second');
    const content = JSON.parse(fs.readFileSync(file, 'utf8')) as { secrets: Record<string, { data: string }> };
    const { a, b } = content.secrets;
    fs.writeFileSync(file, JSON.stringify({ ...content, secrets: { a: b, b: a } }));
    expect([vault.get('a'), vault.get('b')]).toEqual([null, null]);
    const flipped = Buffer.from(a?.data ?? '', 'base64');
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    fs.writeFileSync(file, JSON.stringify({ ...content, secrets: { a: { ...a, data: flipped.toString('base64') }, b } }));
    expect([vault.get('a'), vault.get('b')]).toEqual([null, 'second']);
  });

  it('refuses short passphrases and a second vault', async () => {
    const vault = openVault();
    expect(await vault.create('nine char')).toBe('too-short');
    expect(await vault.create('         9')).toBe('too-short');
    expect(fs.existsSync(file)).toBe(false);
    expect(await vault.create(PASSPHRASE)).toBe('ok');
    expect(await openVault().create('another passphrase')).toBe('exists');
  });

  it('makes wrong tries wait longer and longer, without trying', async () => {
    await openVault().create(PASSPHRASE);
    const vault = openVault();
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await vault.unlock('wrong wrong wrong')).toBe('wrong');
    expect(await vault.unlock(PASSPHRASE)).toBe('wait');
    now += 1_999;
    expect(await vault.unlock(PASSPHRASE)).toBe('wait');
    now += 1;
    expect(await vault.unlock('wrong wrong wrong')).toBe('wrong');
    now += 3_999;
    expect(await vault.unlock(PASSPHRASE)).toBe('wait');
    now += 1;
    expect(await vault.unlock(PASSPHRASE)).toBe('ok');
  });

  it('takes another Unicode form of the passphrase for the same', async () => {
    await openVault().create('caf\u00e9 au lait');
    expect(await openVault().unlock('cafe\u0301 au lait')).toBe('ok');
  });

  it('never takes a damaged file for an empty one', async () => {
    fs.writeFileSync(file, '{"version":1,');
    const vault = openVault();
    expect(() => vault.state).toThrow('JSON');
    await expect(vault.create(PASSPHRASE)).rejects.toThrow('JSON');
    expect(fs.readFileSync(file, 'utf8')).toBe('{"version":1,');
  });

  it('refuses a file whose key derivation was weakened', async () => {
    await openVault().create(PASSPHRASE);
    const content = JSON.parse(fs.readFileSync(file, 'utf8')) as { kdf: { N: number } };
    fs.writeFileSync(file, JSON.stringify({ ...content, kdf: { ...content.kdf, N: 2 } }));
    await expect(openVault().unlock(PASSPHRASE)).rejects.toThrow('unsound');
  });

  it('deletes without a passphrase', async () => {
    const vault = openVault();
    await vault.create(PASSPHRASE);
    vault.set('a', 'first');
    vault.set('b', 'second');
    openVault().delete('a');
    expect([...vault.all()]).toEqual([['b', 'second']]);
  });
});

describe('the key derivation', () => {
  it('takes 2^17 where memory allows, never less than 2^15', () => {
    expect(chooseDerivation(8 * 2 ** 30).N).toBe(2 ** 17);
    expect(chooseDerivation(300 * 2 ** 20).N).toBe(2 ** 16);
    expect(chooseDerivation(1).N).toBe(2 ** 15);
    expect(isDerivationSound(chooseDerivation(1))).toBe(true);
    expect(isDerivationSound({ ...chooseDerivation(1), N: 2 ** 24 })).toBe(false);
    expect(isDerivationSound({ ...chooseDerivation(1), salt: '' })).toBe(false);
  });
});
