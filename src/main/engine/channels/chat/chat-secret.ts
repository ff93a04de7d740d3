import { z } from 'zod';
import { channelSettings, type ChatSettings } from '../../../../shared/contract/channels.contract.ts';
import { ConnectorError } from '../connector.ts';

/**
 * The secret of a live-chat account, as it lies in the vault:
 * `{"v":1,"key":"<PKCS #8 of the site's private key, base64url>","identitySecret":"<what the site signs identities with>"|null}`.
 * The bare key, as `channels.makeSiteKey` gives it, stands for one without an identity secret.
 */
export interface ChatSecret {
  /** PKCS #8 of a P-256 key, base64url. */
  readonly key: string;
  /** What the site signs identities with (HS256); null where it signs none. At least 32 characters: RFC 7518 section 3.2. */
  readonly identitySecret: string | null;
}

const key = z.string().regex(/^[A-Za-z0-9_-]{100,400}$/u);
const secretSchema = z.strictObject({ v: z.literal(1), key, identitySecret: z.string().min(32).max(500).nullable() });

function wrong(detail: string): ConnectorError {
  return new ConnectorError('site-key-wrong', { health: 'auth', retryable: false, detail });
}

/** Throws a ConnectorError (`site-key-wrong`) that never holds the secret. */
export function readChatSecret(text: string): ChatSecret {
  const trimmed = text.trim();
  if (key.safeParse(trimmed).success) return { key: trimmed, identitySecret: null };
  let content: unknown;
  try {
    content = JSON.parse(trimmed);
  } catch {
    throw wrong('the secret of the site is neither a key nor JSON');
  }
  const parsed = secretSchema.safeParse(content);
  // zod's own words may quote what was wrong
  if (!parsed.success)
    throw wrong(`the secret of the site is wrong in: ${parsed.error.issues.map(({ path }) => path.join('.') || 'its shape').join(', ')}`);
  return { key: parsed.data.key, identitySecret: parsed.data.identitySecret };
}

export function writeChatSecret({ key: own, identitySecret }: ChatSecret): string {
  return JSON.stringify({ v: 1, key: own, identitySecret });
}

/**
 * Everything that another workstation or a gateway needs to hold the same site, as one line to copy. It contains the private key:
 * whoever has it reads every conversation of the site.
 */
export function siteKeyText(settings: ChatSettings, secret: ChatSecret): string {
  const { key: own, identitySecret } = secret;
  return `meridian-site:${Buffer.from(JSON.stringify({ v: 1, settings, secret: { v: 1, key: own, identitySecret } })).toString('base64url')}`;
}

const siteKeySchema = z.object({ v: z.literal(1), settings: channelSettings, secret: secretSchema });

/** Reads what `siteKeyText` wrote; the secret comes as the vault keeps it. Null for what is none. */
export function readSiteKeyText(text: string): { readonly settings: ChatSettings; readonly secret: string } | null {
  const [, body] = /^meridian-site:([A-Za-z0-9_-]{1,20000})$/u.exec(text.trim()) ?? [];
  if (body === undefined) return null;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const parsed = siteKeySchema.safeParse(content);
  if (!parsed.success || parsed.data.settings.kind !== 'chat') return null;
  return { settings: parsed.data.settings, secret: writeChatSecret(parsed.data.secret) };
}
