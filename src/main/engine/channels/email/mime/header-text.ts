import { decodeCharset } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** Longest header value that is decoded; the rest is cut. */
export const HEADER_VALUE_LENGTH = 64 * 1024;

const encodedWord = /=\?([^\s?]{1,60})\?([bq])\?([^?]*)\?=/giu;

/** One piece of a header value: raw characters, or the content of adjacent encoded words (RFC 2047). */
export type HeaderPiece = { readonly kind: 'raw'; readonly latin1: string } | { readonly kind: 'word'; readonly text: string };

/**
 * Splits a header value (one character per byte) at its encoded words. White space between two encoded words is dropped
 * (RFC 2047 section 6.2); adjacent words of one charset are joined as bytes first, since senders cut characters in half.
 */
export function headerPieces(latin1: string): HeaderPiece[] {
  const value = latin1.slice(0, HEADER_VALUE_LENGTH);
  const pieces: HeaderPiece[] = [];
  let charset = '';
  let chunks: Buffer[] = [];
  let position = 0;
  const flush = (): void => {
    if (chunks.length > 0) pieces.push({ kind: 'word', text: decodeCharset(Buffer.concat(chunks), charset).text });
    chunks = [];
  };
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(position, match.index);
    const isAdjacent = chunks.length > 0 && between.trim() === '';
    const label = (match[1] ?? '').toLowerCase();
    if (!isAdjacent || label !== charset) flush();
    if (!isAdjacent && between !== '') pieces.push({ kind: 'raw', latin1: between });
    charset = label;
    chunks.push(decodeWord(match[2] ?? '', match[3] ?? ''));
    position = match.index + match[0].length;
  }
  flush();
  if (position < value.length) pieces.push({ kind: 'raw', latin1: value.slice(position) });
  return pieces;
}

function decodeWord(encoding: string, payload: string): Buffer {
  if (encoding.toLowerCase() === 'b') return decodeBase64(Buffer.from(payload, 'latin1')).bytes;
  return decodeQuotedPrintable(Buffer.from(payload.replace(/_/gu, ' '), 'latin1'));
}

/** Raw header bytes as text: UTF-8 where they are (RFC 6532), else guessed as a whole so that a name is not cut in two charsets. */
export function decodeRawHeader(latin1: string): string {
  return decodeCharset(Buffer.from(latin1, 'latin1'), null).text;
}

/** A header value as people read it: encoded words and raw 8-bit bytes decoded, control characters and line breaks turned into spaces. */
export function decodeHeaderText(latin1: string): string {
  return cleanLine(
    headerPieces(latin1)
      .map((piece) => (piece.kind === 'word' ? piece.text : decodeRawHeader(piece.latin1)))
      .join(''),
  );
}

/** One line without control characters, surrounding white space collapsed. */
export function cleanLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
}
