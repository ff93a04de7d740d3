import { asBuffer } from './bytes.ts';
import { decodeCharset, isWideCharset } from './charset.ts';
import { decodeFlowed } from './flowed.ts';
import { firstHeader } from './header-block.ts';
import type { MimePart } from './part-tree.ts';
import type { ParseWarning } from './parsed-mail.ts';
import { decodeBase64, decodeQuotedPrintable, decodeUuencode } from './transfer-encoding.ts';

type Warn = (warning: ParseWarning) => void;

/** Decoded bytes of a leaf (a view on `raw` where no transfer encoding applies). */
export function partBytes(raw: Buffer, part: MimePart, warn: Warn): Buffer {
  const body = raw.subarray(part.bodyStart, part.bodyEnd);
  // `(comment) base64`, `"base64"` and `base64;` occur
  const encoding =
    /[\w-]+/u.exec((firstHeader(part.fields, 'content-transfer-encoding') ?? '').toLowerCase().replace(/\([^)]*\)/gu, ''))?.[0] ?? '';
  switch (encoding) {
    case 'base64': {
      const { bytes, damaged } = decodeBase64(body);
      if (damaged) warn('base64-damaged');
      return bytes;
    }
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencode(body);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      warn('encoding-unknown');
      return body;
  }
}

/** Longest body in bytes that is decoded as text; four bytes are the longest character of any charset. */
const BYTES_PER_CHARACTER = 4;

/** Text of a leaf with `\n` line ends, flowed paragraphs joined. */
export function partText(raw: Buffer, part: MimePart, maxLength: number, warn: Warn): string {
  let bytes = asBuffer(partBytes(raw, part, warn));
  if (bytes.length > maxLength * BYTES_PER_CHARACTER) bytes = bytes.subarray(0, maxLength * BYTES_PER_CHARACTER);
  const label = part.type.params.get('charset') ?? null;
  const decoded = decodeCharset(bytes, label);
  if (decoded.guessed) warn('charset-guessed');
  if (decoded.damaged) warn('charset-damaged');
  const text = label !== null && isWideCharset(label) ? decoded.text : decoded.text.replaceAll('\u0000', '');
  const isFlowed = part.type.value === 'text/plain' && part.type.params.get('format')?.toLowerCase() === 'flowed';
  if (isFlowed) return decodeFlowed(text, part.type.params.get('delsp')?.toLowerCase() === 'yes');
  return text.replace(/\r\n?/gu, '\n');
}

/** Content-ID without angle brackets, null when missing. */
export function contentId(part: MimePart): string | null {
  const value = firstHeader(part.fields, 'content-id')?.replace(/[<>\s]/gu, '') ?? '';
  return value === '' ? null : value.slice(0, 500);
}
