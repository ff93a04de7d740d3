import type { ChatSettings } from '../../../shared/contract/channels.contract.ts';

/** What another workstation needs to hold the chat of a site, as one line of text that people can copy. */
export interface SiteKey {
  readonly settings: ChatSettings;
  /** The account's secret, as the engine keeps it. */
  readonly secret: string;
}

const BEGINS = 'meridian-site:';

export function writeSiteKey(key: SiteKey): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
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
    const bytes = Uint8Array.from(
      atob(body.slice(BEGINS.length).replaceAll('-', '+').replaceAll('_', '/')),
      (each) => each.codePointAt(0) ?? 0,
    );
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its shape is looked at here, and by the engine
    const key = found as { settings?: { kind?: unknown; site?: unknown }; secret?: unknown } | null;
    return key?.settings?.kind === 'chat' && typeof key.settings.site === 'string' && typeof key.secret === 'string'
      ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
        (found as SiteKey)
      : null;
  } catch {
    return null;
  }
}

/** The line that a web page needs. `address` and `password` are what the hub says for the site. */
export function embedSnippet({ site, publicKey }: ChatSettings, address: string, password: string): string {
  const attribute = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return [
    '<script',
    '  async',
    '  src="https://your-site.example/meridian-widget.js"',
    `  data-site="${attribute(site)}"`,
    `  data-hub="${attribute(address)}"`,
    `  data-password="${attribute(password)}"`,
    `  data-key="${attribute(publicKey)}"`,
    '></script>',
  ].join('\n');
}
