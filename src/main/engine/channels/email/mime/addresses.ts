import { addressParser } from 'postal-mime';
import { cleanLine, decodeRawHeader, headerPieces } from './header-text.ts';
import type { Address } from './parsed-mail.ts';

/** Addresses kept of one header; a mail to thousands would otherwise cost more than it tells. */
const MAX_ADDRESSES = 500;
/** Characters of a header that are read for addresses. */
const MAX_LENGTH = 64 * 1024;
/** First of the private-use code points that stand for decoded words while the structure is parsed. */
const PLACEHOLDER = 0xf0000;
const MAX_WORDS = 4_000;

/**
 * Addresses of one header value (one character per byte), groups flattened.
 *
 * Encoded words are replaced by private-use characters before the structure is parsed: what they decode to can then never
 * act as a comma, a bracket or an address of its own, which is how display names are turned into forged senders.
 */
export function parseAddresses(latin1: string | null): Address[] {
  if (latin1 === null || latin1.trim() === '') return [];
  const words: string[] = [];
  const skeleton = headerPieces(latin1.slice(0, MAX_LENGTH))
    .map((piece) => {
      if (piece.kind === 'raw') return decodeRawHeader(piece.latin1).replace(/[\u{f0000}-\u{ffffd}]/gu, '');
      if (words.length >= MAX_WORDS) return '';
      words.push(piece.text);
      return String.fromCodePoint(PLACEHOLDER + words.length - 1);
    })
    .join('');
  const restore = (text: string): string =>
    text.replace(/[\u{f0000}-\u{ffffd}]/gu, (mark) => words[(mark.codePointAt(0) ?? 0) - PLACEHOLDER] ?? '');
  const found: Address[] = [];
  for (const entry of addressParser(skeleton, { flatten: true }).slice(0, MAX_ADDRESSES)) {
    if (entry.address === undefined) continue;
    const address = normaliseAddress(entry.address);
    const name = cleanName(restore(entry.name));
    if (address !== '' || name !== '') found.push({ name, address });
  }
  return found;
}

/** Domain in lower case; empty when it holds a decoded word or is no address at all. */
function normaliseAddress(address: string): string {
  const clean = address.replace(/\s+/gu, '');
  const at = clean.lastIndexOf('@');
  if (at <= 0 || at === clean.length - 1 || clean.length > 320 || /[\u{f0000}-\u{ffffd}<>]/u.test(clean)) return '';
  return clean.slice(0, at + 1) + clean.slice(at + 1).toLowerCase();
}

/** A display name on one line, without the quotes that some programs encode with it, and without bidi overrides. */
function cleanName(name: string): string {
  const plain = cleanLine(name.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, ''));
  return plain
    .replace(/^(["'])(.*)\1$/u, '$2')
    .trim()
    .slice(0, 300);
}
