import { fromBase64Url } from '../../../src/shared/domain/chat/chat-frames.ts';

/** What the script element of a page says. */
export interface WidgetSettings {
  readonly site: string;
  readonly hub: string;
  readonly user: string;
  readonly password: string;
  /** P-256, raw: 65 bytes. */
  readonly siteKey: Uint8Array;
  /** Language tags, the best first. */
  readonly languages: readonly string[];
  /** What the site calls its support; empty for the word of the language. */
  readonly name: string;
  /** Version of the site's own app, for the form of a problem. */
  readonly appVersion: string;
}

const SITE = /^[a-z][a-z0-9-]{0,31}$/u;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** @param data the `data-` attributes of the script. Throws an Error that says which of them is wrong. */
export function readSettings(data: Readonly<Record<string, string | undefined>>, fallbackLanguages: readonly string[]): WidgetSettings {
  const wrong = (name: string, what: string): Error => new Error(`Meridian chat: data-${name} ${what}`);
  const { site = '', hub = '', user = site, password = '', key = '', locale = '', name = '', appVersion = '' } = data;
  if (!SITE.test(site)) throw wrong('site', 'is no name of a site');
  if (!SITE.test(user)) throw wrong('user', 'is no name of a user');
  if (password === '') throw wrong('password', 'is missing');
  if (!isHubAddress(hub)) {
    throw wrong('hub', 'is no address such as wss://chat.example.com (ws: is for this machine alone)');
  }
  const siteKey = fromBase64Url(key);
  if (siteKey?.length !== 65 || siteKey[0] !== 4) throw wrong('key', 'is no public key of a site');
  const languages = [...(locale === '' ? [] : [locale]), ...fallbackLanguages];
  return { site, hub, user, password, siteKey, languages, name, appVersion };
}

function isHubAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'wss:' || (protocol === 'ws:' && LOOPBACK.test(hostname));
}
