import iconv from 'iconv-lite';
import { guessCharset, isUtf8 } from './charset-guess.ts';

/** Decoded text, and how far it can be trusted. */
export interface DecodedText {
  readonly text: string;
  /** The label was missing, unknown or plainly wrong, so the charset was guessed. */
  readonly guessed: boolean;
  /** Some bytes do not exist in the charset and became U+FFFD. */
  readonly damaged: boolean;
}

/**
 * Labels that iconv-lite does not know or would read too narrowly. Senders label the superset by the name of the subset,
 * so every Chinese GB label is read as GB18030, Korean as UHC, Latin-1 as windows-1252 (WHATWG Encoding, section 4.2).
 * Keys are lower case without separators and without an `x-`, `x-ms-` or `cs` prefix.
 */
const aliases: ReadonlyMap<string, string> = new Map([
  ['usascii', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['ansix341968', 'windows-1252'],
  ['iso88591', 'windows-1252'],
  ['isolatin1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['l1', 'windows-1252'],
  ['cp819', 'windows-1252'],
  ['ibm819', 'windows-1252'],
  ['iso88599', 'windows-1254'],
  ['latin5', 'windows-1254'],
  ['iso88598i', 'windows-1255'],
  ['iso88598e', 'windows-1255'],
  ['iso885911', 'windows-874'],
  ['tis620', 'windows-874'],
  ['unicode11utf8', 'utf8'],
  ['utf8mb4', 'utf8'],
  ['gb2312', 'gb18030'],
  ['gb231280', 'gb18030'],
  ['iso58gb231280', 'gb18030'],
  ['chinese', 'gb18030'],
  ['euccn', 'gb18030'],
  ['gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['windows936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['gb180302000', 'gb18030'],
  ['gb180302005', 'gb18030'],
  ['big5', 'big5-hkscs'],
  ['cnbig5', 'big5-hkscs'],
  ['xbig5', 'big5-hkscs'],
  ['cp950', 'big5-hkscs'],
  ['windows950', 'big5-hkscs'],
  ['big5eten', 'big5-hkscs'],
  ['big5hkscs', 'big5-hkscs'],
  ['shiftjis', 'shiftjis'],
  ['sjis', 'shiftjis'],
  ['mskanji', 'shiftjis'],
  ['cp932', 'shiftjis'],
  ['ms932', 'shiftjis'],
  ['windows932', 'shiftjis'],
  ['windows31j', 'shiftjis'],
  ['ibm943', 'shiftjis'],
  ['eucjp', 'euc-jp'],
  ['eucpkdfmtjapanese', 'euc-jp'],
  ['ujis', 'euc-jp'],
  ['cp51932', 'euc-jp'],
  ['eucjpms', 'euc-jp'],
  ['euckr', 'cp949'],
  ['ksc56011987', 'cp949'],
  ['ksc56011989', 'cp949'],
  ['ksc5601', 'cp949'],
  ['korean', 'cp949'],
  ['uhc', 'cp949'],
  ['windows949', 'cp949'],
  ['maccyrillic', 'maccyrillic'],
  ['macukrainian', 'macukraine'],
  ['macroman', 'macroman'],
  ['mac', 'macroman'],
  ['koi8', 'koi8-r'],
  ['koi8ru', 'koi8-u'],
  ['unicode', 'utf-16'],
  ['ucs2', 'utf-16'],
  ['iso10646ucs2', 'utf-16'],
  ['utf16', 'utf-16'],
  ['unicode11utf7', 'utf-7'],
  ['unicode20utf7', 'utf-7'],
]);

/** ISO 2022 variants are 7-bit wrappings of EUC; see `unwrapIso2022` and `unwrapHz`. */
type Plan =
  | { readonly kind: 'iconv'; readonly name: string }
  | { readonly kind: 'iso-2022-jp' }
  | { readonly kind: 'iso-2022-kr' }
  | { readonly kind: 'hz' };

function planFor(label: string): Plan | null {
  // RFC 2231 allows a language after the charset; some senders quote the label twice
  const plain =
    label
      .split('*')[0]
      ?.replace(/["'\s]/gu, '')
      .toLowerCase() ?? '';
  const key = plain.replace(/^(?:x-ms-|x-|cs(?!$))/u, '').replace(/[^a-z0-9]/gu, '');
  if (key === '') return null;
  if (/^(?:iso2022jp\w*|junet|cp5022[0-2])$/u.test(key)) return { kind: 'iso-2022-jp' };
  if (key === 'iso2022kr') return { kind: 'iso-2022-kr' };
  if (key === 'hzgb2312' || key === 'hz') return { kind: 'hz' };
  const name = aliases.get(key) ?? codePage(key) ?? plain;
  if (name === 'base64' || name === 'hex' || name === 'binary' || name === 'ucs4') return null;
  return iconv.encodingExists(name) ? { kind: 'iconv', name } : null;
}

function codePage(key: string): string | null {
  const number = /^(?:cp|ms|windows|ibm|win)(\d{3,5})$/u.exec(key)?.[1];
  if (number === undefined) return null;
  return [`windows-${number}`, `cp${number}`].find((name) => iconv.encodingExists(name)) ?? null;
}

/** True when text in this charset must not be touched byte-wise (NULs and 7-bit escapes are part of it). */
export function isWideCharset(label: string): boolean {
  return /utf-?(?:16|32)|ucs-?[24]|unicode/iu.test(label);
}

/**
 * Decodes bytes by the label their sender gave them. Never throws.
 *
 * The label wins unless it cannot be right: unknown or missing; ASCII or Latin-1 over bytes that are well-formed UTF-8;
 * UTF-8 over bytes that are mostly not.
 */
export function decodeCharset(bytes: Buffer, label: string | null): DecodedText {
  if (bytes.length === 0) return { text: '', guessed: false, damaged: false };
  const plan = label === null || label === '' ? null : planFor(label);
  const isAscii = !hasHighBytes(bytes);
  if (plan?.kind === 'iconv' && plan.name === 'windows-1252' && !isAscii && isUtf8(bytes)) return finish('utf8', bytes, true);
  if (plan?.kind === 'iconv' && plan.name === 'windows-1252' && isAscii && hasJapaneseEscape(bytes))
    return { ...decodeIso2022Jp(bytes), guessed: true };
  if (plan?.kind === 'iconv') {
    const isUtf8Label = iconvIsUtf8(plan.name);
    if (isUtf8Label && !isAscii && !isUtf8(bytes)) return decodeBrokenUtf8(bytes);
    return finish(plan.name, bytes, false);
  }
  if (plan?.kind === 'iso-2022-jp') return decodeIso2022Jp(bytes);
  if (plan?.kind === 'iso-2022-kr') return finish('cp949', unwrapShifted(bytes), false);
  if (plan?.kind === 'hz') return finish('gb18030', unwrapHz(bytes), false);
  const isPlainAscii = isAscii && !hasJapaneseEscape(bytes) && !bytes.includes(0);
  if (isPlainAscii) return { text: bytes.toString('latin1'), guessed: label !== null && label !== '', damaged: false };
  const guess = guessCharset(bytes);
  return guess === 'iso-2022-jp' ? { ...decodeIso2022Jp(bytes), guessed: true } : finish(guess, bytes, guess !== 'utf8' || label !== null);
}

function finish(name: string, bytes: Buffer, guessed: boolean): DecodedText {
  let text: string;
  try {
    text = iconv.decode(bytes, name);
  } catch {
    // iconv-lite has no documented errors when decoding; a codec that fails must not lose the mail
    text = bytes.toString('latin1');
    return { text, guessed: true, damaged: true };
  }
  return { text, guessed, damaged: text.includes('\uFFFD') };
}

function iconvIsUtf8(name: string): boolean {
  return /^(?:utf-?8|unicode-1-1-utf-8)$/iu.test(name);
}

/** A few broken sequences are damage inside real UTF-8; many mean that the label is wrong. */
function decodeBrokenUtf8(bytes: Buffer): DecodedText {
  const text = bytes.toString('utf8');
  let replaced = 0;
  let foreign = 0;
  for (const character of text) {
    if (character === '\uFFFD') replaced += 1;
    else if (character > '\u007f') foreign += 1;
  }
  if (foreign >= replaced) return { text: text.replace(/^\uFEFF/u, ''), guessed: false, damaged: true };
  const guess = guessCharset(bytes);
  return guess === 'utf8' ? { text, guessed: false, damaged: true } : finish(guess, bytes, true);
}

function hasHighBytes(bytes: Buffer): boolean {
  for (let index = 0; index < bytes.length; index += 1) if ((bytes[index] ?? 0) > 0x7f) return true;
  return false;
}

function hasJapaneseEscape(bytes: Buffer): boolean {
  return bytes.includes('\u001b$B', 0, 'latin1') || bytes.includes('\u001b$@', 0, 'latin1') || bytes.includes('\u001b(I', 0, 'latin1');
}

function decodeIso2022Jp(bytes: Buffer): DecodedText {
  return finish('euc-jp', unwrapIso2022Jp(bytes), false);
}

/**
 * ISO-2022-JP (RFC 1468, with the half-width katakana of CP50221 and JIS X 0212 of RFC 2237) as EUC-JP bytes: the same
 * code tables with the high bit set instead of escape sequences.
 */
function unwrapIso2022Jp(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 3);
  let length = 0;
  let set: 'ascii' | 'kanji' | 'kana' | 'supplement' = 'ascii';
  let isShifted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 0x1b) {
      const step = escapeAt(bytes, index);
      if (step !== null) {
        set = step.set;
        index += step.length - 1;
        continue;
      }
    }
    if (byte === 0x0e || byte === 0x0f) {
      isShifted = byte === 0x0e;
      continue;
    }
    const isGraphic = byte > 0x20 && byte < 0x7f;
    const second = bytes[index + 1] ?? 0;
    if (isGraphic && (isShifted || set === 'kana')) {
      out[length++] = 0x8e;
      out[length++] = byte | 0x80;
    } else if (isGraphic && (set === 'kanji' || set === 'supplement') && second > 0x20 && second < 0x7f) {
      if (set === 'supplement') out[length++] = 0x8f;
      out[length++] = byte | 0x80;
      out[length++] = second | 0x80;
      index += 1;
    } else {
      // a line end leaves every set (RFC 1468): a truncated line must not garble the next
      if (byte === 0x0a) {
        set = 'ascii';
        isShifted = false;
      }
      // raw half-width katakana bytes, as in 8-bit JIS
      if (byte > 0xa0 && byte < 0xe0) out[length++] = 0x8e;
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

function escapeAt(bytes: Buffer, index: number): { set: 'ascii' | 'kanji' | 'kana' | 'supplement'; length: number } | null {
  const sequence = bytes.toString('latin1', index + 1, index + 4);
  if (sequence.startsWith('(B') || sequence.startsWith('(J') || sequence.startsWith('(H')) return { set: 'ascii', length: 3 };
  if (sequence.startsWith('(I')) return { set: 'kana', length: 3 };
  if (sequence.startsWith('$B') || sequence.startsWith('$@')) return { set: 'kanji', length: 3 };
  if (sequence === '$(D') return { set: 'supplement', length: 4 };
  // JIS X 0213 (ISO-2022-JP-3 and -2004), plane 1: its common part has the codes of JIS X 0208
  if (sequence === '$(O' || sequence === '$(Q') return { set: 'kanji', length: 4 };
  return null;
}

/** ISO-2022-KR (RFC 1557) as EUC-KR: SO and SI switch the high bit. */
function unwrapShifted(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let isShifted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 0x1b && bytes.toString('latin1', index + 1, index + 4) === '$)C') index += 3;
    else if (byte === 0x0e || byte === 0x0f) isShifted = byte === 0x0e;
    else out[length++] = isShifted && byte > 0x20 ? byte | 0x80 : byte;
  }
  return out.subarray(0, length);
}

/** HZ (RFC 1843) as EUC-CN: `~{` and `~}` switch the high bit, `~~` is a tilde, `~` at a line's end joins lines. */
function unwrapHz(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let isShifted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const following = byte === 0x7e ? bytes[index + 1] : undefined;
    if (following === 0x7b || following === 0x7d) {
      isShifted = following === 0x7b;
      index += 1;
    } else if (following === 0x7e && !isShifted) {
      out[length++] = 0x7e;
      index += 1;
    } else if (following === 0x0a && !isShifted) {
      index += 1;
    } else {
      if (byte === 0x0a) isShifted = false;
      out[length++] = isShifted && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return out.subarray(0, length);
}
