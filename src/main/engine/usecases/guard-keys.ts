import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ShellPort } from '../ports/shell-port.ts';
import type { SealedOriginal } from '../store/sealed.store.ts';
import { saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { Store } from '../store/sql.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Days whose keys are in the vault, as JSON. */
const DAYS_KEY = 'guard-key-days';

/**
 * The keys of the guardrails, in the vault and nowhere else. What is sealed on one UTC day has one key; when all of it has run out the key is
 * destroyed, so that copies in backups and in free pages of the database open no more.
 */
export interface GuardKeys {
  /** Seals a text; null while the vault is locked or was never made: then nothing of it is kept. */
  seal(text: string, at: Instant, expiresAt: Instant): Promise<SealedOriginal | null>;
  /** The text; null when its key is gone, the vault is locked, or it was tampered with. */
  unseal(sealed: SealedOriginal): Promise<string | null>;
  /** The key that the audit log is chained with; null while the vault can not keep one. */
  auditKey(): Promise<Uint8Array | null>;
  /** Any other secret of the guardrails, by its name; made on first use when `make` says so. */
  secret(name: string, make: boolean): Promise<Uint8Array | null>;
  keep(name: string, secret: Uint8Array): Promise<boolean>;
  /** Destroys the keys of days that are over and of which nothing is kept. */
  destroyExcept(days: readonly string[], today: string): Promise<void>;
}

/** The UTC day of an instant. */
export function utcDay(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** @param workspace tells the workspaces of one computer apart, which share a vault */
export function createGuardKeys(deps: { readonly store: Store; readonly shell: ShellPort; readonly workspace: string }): GuardKeys {
  const { store, shell } = deps;
  const known = new Map<string, Uint8Array>();
  const underway = new Map<string, Promise<Uint8Array | null>>();
  const refOf = (name: string): string => `guard:${deps.workspace}:${name}`;

  async function load(name: string, make: boolean): Promise<Uint8Array | null> {
    const stored = await shell.request('secret.get', { ref: refOf(name) });
    if (stored !== null) {
      const key = Buffer.from(stored, 'base64');
      known.set(name, key);
      return key;
    }
    const { state } = await shell.request('vault.status', null);
    // a vault that is locked may hold one: a second one must not take its place
    if (!make || state !== 'ready') return null;
    const key = randomBytes(KEY_BYTES);
    return (await put(name, key)) ? key : null;
  }

  async function put(name: string, key: Uint8Array): Promise<boolean> {
    if ((await shell.request('secret.set', { ref: refOf(name), value: Buffer.from(key).toString('base64') })) !== 'ok') return false;
    known.set(name, key);
    return true;
  }

  /** One at a time for a name: two who make a key at once must get the same. */
  async function keyOf(name: string, make: boolean): Promise<Uint8Array | null> {
    const found = known.get(name);
    if (found !== undefined) return found;
    const before = underway.get(name);
    if (before !== undefined) return (await before) ?? keyOf(name, make);
    const loading = load(name, make).finally(() => underway.delete(name));
    underway.set(name, loading);
    return loading;
  }

  function days(): readonly string[] {
    const stored = store.read((db) => settingValue(db, DAYS_KEY));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below
    return stored === null ? [] : (JSON.parse(stored) as string[]);
  }

  return {
    seal: async (text, at, expiresAt) => {
      const keyDay = utcDay(at);
      // written down before there is a key: one that nobody knows of would never be destroyed
      if (!days().includes(keyDay)) store.write((tx) => saveSettingValue(tx, DAYS_KEY, JSON.stringify([...days(), keyDay])));
      const key = await keyOf(dayName(keyDay), true);
      if (key === null) return null;
      const id = randomBytes(16).toString('hex');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { id, keyDay, nonce, bytes, at, expiresAt };
    },
    unseal: async ({ id, keyDay, nonce, bytes }) => {
      const key = await keyOf(dayName(keyDay), false);
      if (key === null || bytes.length < TAG_BYTES) return null;
      const body = Buffer.from(bytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
      decipher.setAuthTag(body.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    auditKey: async () => keyOf('audit', true),
    secret: keyOf,
    keep: put,
    destroyExcept: async (inUse, today) => {
      const over = days().filter((day) => day < today && !inUse.includes(day));
      for (const day of over) {
        await shell.request('secret.delete', { ref: refOf(dayName(day)) });
        known.get(dayName(day))?.fill(0);
        known.delete(dayName(day));
      }
      if (over.length > 0) store.write((tx) => saveSettingValue(tx, DAYS_KEY, JSON.stringify(days().filter((day) => !over.includes(day)))));
    },
  };
}

function dayName(day: string): string {
  return `seal:${day}`;
}
