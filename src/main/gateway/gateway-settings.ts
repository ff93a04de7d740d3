import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readSiteKeyText } from '../engine/channels/chat/chat-secret.ts';
import type { ChatSettings } from '../../shared/contract/channels.contract.ts';

/** A mistake of whoever set the gateway up, said in one sentence. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
}

const server = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls']),
});

const mailboxSchema = z.strictObject({
  address: z.email().max(320),
  /** Shown as the sender; the address when it is left out. */
  name: z.string().max(200).optional(),
  /** Who signs in at the servers; the address when it is left out. */
  user: z.string().max(320).optional(),
  imap: server,
  smtp: server,
  folders: z.array(z.string().min(1).max(500)).min(1).default(['INBOX']),
  sentFolder: z.string().max(500).nullable().default(null),
  sentCopy: z.enum(['append', 'server']).default('append'),
  plusAddressing: z.boolean().default(false),
  /** A credential of systemd, or a file that only this user can read. */
  password: z.string().min(1).max(500),
});

const settingsSchema = z.strictObject({
  mailboxes: z.array(mailboxSchema).max(50).default([]),
  /** Site keys of web sites: each is a credential of systemd, or a file that only this user can read. */
  sites: z.array(z.string().min(1).max(500)).max(50).default([]),
  /** A file with the PEM of an authority that signs the mail servers' certificates. */
  trustedAuthority: z.string().min(1).max(500).optional(),
});

export type GatewayMailbox = z.infer<typeof mailboxSchema>;

/** A web site whose chat a gateway holds. */
export interface GatewaySite {
  readonly settings: ChatSettings;
  /** As the vault of a workstation keeps it. */
  readonly secret: string;
}

export interface GatewaySettings {
  readonly mailboxes: readonly GatewayMailbox[];
  readonly sites: readonly GatewaySite[];
  /** PEM. */
  readonly trustedAuthority: string | null;
  /** By address. */
  readonly passwords: ReadonlyMap<string, string>;
}

/** Where secrets come from. */
export interface SecretPlaces {
  /** `CREDENTIALS_DIRECTORY` of systemd; null without it. */
  readonly credentials: string | null;
  /** Relative names are files beside the settings. */
  readonly folder: string;
}

/** Reads a secret that nobody else can read. Throws a GatewayError that names the place and never the secret. */
export async function readSecret(name: string, { credentials, folder }: SecretPlaces): Promise<string> {
  if (credentials !== null && !/[/\\]|^\./u.test(name)) {
    const found = await readFile(path.join(credentials, name), 'utf8').catch(() => null);
    if (found !== null) return withoutLineEnd(found);
  }
  const file = path.resolve(folder, name);
  const there = await stat(file).catch(() => null);
  if (there?.isFile() !== true) throw new GatewayError(`there is no secret ${name}: neither a credential of systemd nor the file ${file}`);
  if ((there.mode & 0o077) !== 0) throw new GatewayError(`${file} can be read by others; chmod 600 ${file}`);
  return withoutLineEnd(await readFile(file, 'utf8'));
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/u, '');
}

/** Reads the settings and all passwords. Throws a GatewayError. */
export async function readSettings(file: string, credentials: string | null): Promise<GatewaySettings> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new GatewayError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const parsed = settingsSchema.safeParse(content);
  if (!parsed.success) throw new GatewayError(`${file}: ${z.prettifyError(parsed.error)}`);
  const { mailboxes, sites, trustedAuthority } = parsed.data;
  const places = { credentials, folder: path.dirname(path.resolve(file)) };
  const passwords = new Map<string, string>();
  for (const { address, password } of mailboxes) {
    const key = address.toLowerCase();
    if (passwords.has(key)) throw new GatewayError(`${file} names the mailbox ${address} twice`);
    passwords.set(key, await readSecret(password, places));
  }
  const authority = trustedAuthority === undefined ? null : await readFile(path.resolve(places.folder, trustedAuthority), 'utf8');
  return { mailboxes, sites: await readSites(sites, places), trustedAuthority: authority, passwords };
}

/** Reads site keys, which Settings > Channels of a workstation gives as one line. Throws a GatewayError that never holds one. */
async function readSites(names: readonly string[], places: SecretPlaces): Promise<readonly GatewaySite[]> {
  const sites: GatewaySite[] = [];
  for (const name of names) {
    const site = readSiteKeyText(await readSecret(name, places));
    if (site === null)
      throw new GatewayError(`${name} is no site key; copy it from Settings > Channels of a workstation that has the site`);
    if (sites.some(({ settings }) => settings.site === site.settings.site))
      throw new GatewayError(`the site ${site.settings.site} is named twice`);
    sites.push(site);
  }
  return sites;
}
