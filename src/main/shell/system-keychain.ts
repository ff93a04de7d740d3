import { safeStorage } from 'electron';
import type { Keychain } from './keychain.ts';

/** Backends of Linux that really protect. The rest encrypt with a published constant or not at all. */
const LINUX_BACKENDS: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'keychain', win32: 'dpapi' };

/** The keychain of this system. Call after the app is ready: before that Electron does not know it. */
export function systemKeychain(): Keychain {
  const name = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : (NAMES[process.platform] ?? 'unknown');
  const isReal = process.platform !== 'linux' || LINUX_BACKENDS.has(name);
  const isAvailable = isReal && safeStorage.isEncryptionAvailable();
  return {
    name,
    isAvailable,
    reason: isAvailable ? null : isReal ? 'no-keychain' : 'plain-text-keychain',
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
