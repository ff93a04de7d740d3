import { officialRegistryOf } from './guard-settings.ts';
import { lastHandle } from '../store/guard.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { RegistrableDomain } from '../../../shared/domain/guard/guard-types.ts';
import { judgeLink } from '../../../shared/domain/guard/links.ts';
import { judgeDomain } from '../../../shared/domain/guard/official-domains.ts';
import { judgeName } from '../../../shared/domain/guard/official-names.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';

/** What is said about a message whose author or links look like us, or like somebody else than before. */
export type OfficialWarnings = (db: ReadDb, message: NormalizedMessage) => readonly string[];

/** Links that are looked at: a page of them is judged like its beginning. */
const MOST_LINKS = 200;
const ANCHOR =
  /<a\b[^>]{0,2000}?\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s>]{1,2000}))[^>]{0,2000}>([\s\S]{0,1000}?)<\/a\s*>/giu;
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`，。；、）】》]+/giu;

export function createOfficialWarnings(registrableDomain: RegistrableDomain): OfficialWarnings {
  return (db, message) => {
    if (message.direction !== 'in') return [];
    const found = new Set<string>();
    const registry = officialRegistryOf(db);
    const { origin, from } = message;
    const address = from.address.toLowerCase();
    if (origin !== undefined) {
      const before = lastHandle(db, address);
      if (before !== null && origin.author.handle !== null && before !== origin.author.handle) found.add('handle-changed');
    }
    if (registry.accounts.length + registry.brands.length > 0) {
      const shown = {
        channel: message.channel,
        nativeId: origin?.author.nativeId ?? address,
        name: from.name,
        handle: origin?.author.handle ?? null,
      };
      if (judgeName(shown, registry) !== null) found.add('impostor-name');
    }
    if (registry.domains.length === 0) return [...found];
    const host = origin === undefined ? address.slice(address.lastIndexOf('@') + 1) : '';
    if (host !== '' && judgeDomain(host, registry, registrableDomain) !== null) found.add('lookalike-sender');
    for (const link of linksOf(message)) {
      for (const { code } of judgeLink(link, registry, registrableDomain)) {
        if (code === 'look-alike') found.add('lookalike-link');
        else if (code === 'text-differs') found.add('link-mismatch');
      }
    }
    return [...found];
  };
}

function linksOf({ text, html }: NormalizedMessage): readonly { readonly text: string; readonly href: string }[] {
  const links: { text: string; href: string }[] = [];
  for (const match of (html ?? '').matchAll(ANCHOR)) {
    if (links.length >= MOST_LINKS) break;
    const href = (match[1] ?? match[2] ?? match[3] ?? '').replaceAll('&amp;', '&');
    links.push({ href, text: (match[4] ?? '').replaceAll(/<[^>]*>/gu, ' ').trim() });
  }
  for (const match of text.matchAll(ADDRESS)) {
    if (links.length >= 2 * MOST_LINKS) break;
    links.push({ href: match[0].replace(/[.,;:!?)\]]+$/u, ''), text: '' });
  }
  return links;
}
