import iconv from 'iconv-lite';
import { guessCharset, isUtf8 } from './charset-guess.ts';
import { unwrapHz, unwrapIso2022Jp, unwrapIso2022Kr } from './charset-wrapped.ts';

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

/** ISO 2022 variants are 7-bit wrappings of EUC; see charset-wrapped.ts. */
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
  switch (plan?.kind) {
    case 'iconv':
      return decodeLabelled(bytes, plan.name);
    case 'iso-2022-jp':
      return finish('euc-jp', unwrapIso2022Jp(bytes), false);
    case 'iso-2022-kr':
      return finish('cp949', unwrapIso2022Kr(bytes), false);
    case 'hz':
      return finish('gb18030', unwrapHz(bytes), false);
    case undefined:
      return decodeUnlabelled(bytes, label !== null && label !== '');
  }
}

function decodeLabelled(bytes: Buffer, name: string): DecodedText {
  const isAscii = !hasHighBytes(bytes);
  if (name === 'windows-1252') {
    // what programs write that do not know their own charset
    if (!isAscii && isUtf8(bytes)) return finish('utf8', bytes, true);
    if (isAscii && hasJapaneseEscape(bytes)) return finish('euc-jp', unwrapIso2022Jp(bytes), true);
  }
  return iconvIsUtf8(name) && !isAscii && !isUtf8(bytes) ? decodeBrokenUtf8(bytes) : finish(name, bytes, false);
}

function decodeUnlabelled(bytes: Buffer, hasUnknownLabel: boolean): DecodedText {
  if (!hasHighBytes(bytes) && !hasJapaneseEscape(bytes) && !bytes.includes(0))
    return { text: bytes.toString('latin1'), guessed: hasUnknownLabel, damaged: false };
  const guess = guessCharset(bytes);
  if (guess === 'iso-2022-jp') return finish('euc-jp', unwrapIso2022Jp(bytes), true);
  return finish(guess, bytes, guess !== 'utf8' || hasUnknownLabel);
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
