/** 7-bit wrappings of East Asian charsets, turned into the 8-bit (EUC) form with the same code tables. */

type JapaneseSet = 'ascii' | 'kanji' | 'kana' | 'supplement';

/** EUC-JP prefix of a half-width katakana byte. */
const SINGLE_SHIFT_KANA = 0x8e;
/** EUC-JP prefix of a JIS X 0212 character. */
const SINGLE_SHIFT_SUPPLEMENT = 0x8f;

/**
 * ISO-2022-JP (RFC 1468, with the half-width katakana of CP50221 and JIS X 0212 of RFC 2237) as EUC-JP bytes: the high bit
 * instead of escape sequences.
 */
export function unwrapIso2022Jp(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 3);
  let length = 0;
  let set: JapaneseSet = 'ascii';
  let isShifted = false;
  let index = 0;
  while (index < bytes.length) {
    const byte = bytes[index] ?? 0;
    const escape = byte === 0x1b ? escapeAt(bytes, index) : null;
    if (escape !== null) {
      set = escape.set;
      index += escape.length;
    } else if (byte === 0x0e || byte === 0x0f) {
      isShifted = byte === 0x0e;
      index += 1;
    } else if (!isShifted && isDouble(set) && isGraphic(byte) && isGraphic(bytes[index + 1])) {
      if (set === 'supplement') out[length++] = SINGLE_SHIFT_SUPPLEMENT;
      out[length++] = byte | 0x80;
      out[length++] = (bytes[index + 1] ?? 0) | 0x80;
      index += 2;
    } else {
      // a line end leaves every set (RFC 1468): a truncated line must not garble the next
      if (byte === 0x0a) [set, isShifted] = ['ascii', false];
      length = writeSingle(out, length, byte, isShifted || set === 'kana');
      index += 1;
    }
  }
  return out.subarray(0, length);
}

function isDouble(set: JapaneseSet): boolean {
  return set === 'kanji' || set === 'supplement';
}

/** One byte: half-width katakana (7-bit, or raw as in 8-bit JIS) get their prefix. */
function writeSingle(out: Buffer, at: number, byte: number, isKana: boolean): number {
  const isKanaByte = (isKana && isGraphic(byte)) || (byte > 0xa0 && byte < 0xe0);
  if (isKanaByte) out[at] = SINGLE_SHIFT_KANA;
  out[at + (isKanaByte ? 1 : 0)] = isKanaByte ? byte | 0x80 : byte;
  return at + (isKanaByte ? 2 : 1);
}

function isGraphic(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}

const escapes: readonly (readonly [sequence: string, set: JapaneseSet])[] = [
  ['(B', 'ascii'],
  ['(J', 'ascii'],
  ['(H', 'ascii'],
  ['(I', 'kana'],
  ['$B', 'kanji'],
  ['$@', 'kanji'],
  ['$(D', 'supplement'],
  // JIS X 0213 (ISO-2022-JP-3 and -2004), plane 1: its common part has the codes of JIS X 0208
  ['$(O', 'kanji'],
  ['$(Q', 'kanji'],
];

function escapeAt(bytes: Buffer, index: number): { readonly set: JapaneseSet; readonly length: number } | null {
  const following = bytes.toString('latin1', index + 1, index + 4);
  const found = escapes.find(([sequence]) => following.startsWith(sequence));
  return found === undefined ? null : { set: found[1], length: found[0].length + 1 };
}

/** ISO-2022-KR (RFC 1557) as EUC-KR: SO and SI switch the high bit. */
export function unwrapIso2022Kr(bytes: Buffer): Buffer {
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
export function unwrapHz(bytes: Buffer): Buffer {
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
