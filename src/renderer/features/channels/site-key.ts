import type { ChatSettings } from '../../../shared/contract/channels.contract.ts';

/** What another workstation or a gateway needs to hold the chat of a site, as one line of text that people can copy. */
export interface SiteKey {
  readonly settings: ChatSettings;
  /** The account's secret, as the engine keeps it. */
  readonly secret: string;
}

const BEGINS = 'meridian-site:';

/** The same line as the engine writes for a gateway: `{ v, settings, secret }`. */
export function writeSiteKey({ settings, secret }: SiteKey): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, settings, secret: JSON.parse(secret) as unknown }));
  return (
    BEGINS +
    btoa(String.fromCodePoint(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  );
}

/** Null for a text that is no site key; the engine checks what is in it once more. */
export function readSiteKey(text: string): SiteKey | null {
  const body = text.trim();
  if (!body.startsWith(BEGINS)) return null;
  try {
    const packed = atob(body.slice(BEGINS.length).replaceAll('-', '+').replaceAll('_', '/'));
    const found: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(packed, (each) => each.codePointAt(0) ?? 0)));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its shape is looked at here, and by the engine
    const { settings, secret } = found as { settings?: ChatSettings; secret?: object };
    if (settings?.kind !== 'chat' || typeof settings.site !== 'string' || typeof secret !== 'object') return null;
    return { settings, secret: JSON.stringify(secret) };
  } catch {
    return null;
  }
}

/** The line that a web page needs. `address` and `password` are what the hub says for the site. */
export function embedSnippet({ site, name, publicKey }: ChatSettings, address: string, password: string): string {
  const attribute = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return [
    '<script',
    '  async',
    '  src="https://your-site.example/meridian-widget.js"',
    `  data-site="${attribute(site)}"`,
    `  data-name="${attribute(name)}"`,
    `  data-hub="${attribute(address)}"`,
    `  data-password="${attribute(password)}"`,
    `  data-key="${attribute(publicKey)}"`,
    '></script>',
  ].join('\n');
}
