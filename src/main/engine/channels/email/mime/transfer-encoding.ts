import { LF, SPACE, TAB, CR } from './bytes.ts';

const INVALID = 255;
const SKIP = 254;
const PADDING = 253;

const base64Values = new Uint8Array(256).fill(INVALID);
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  base64Values[character.charCodeAt(0)] = value;
for (const byte of [SPACE, TAB, CR, LF]) base64Values[byte] = SKIP;
base64Values['='.charCodeAt(0)] = PADDING;

/**
 * Base64 by RFC 2045 section 6.8: foreign characters are skipped, and padding in the middle ends a group rather than the
 * data, because senders concatenate encoded blocks. `damaged` tells of foreign characters and of a cut-off end.
 */
export function decodeBase64(source: Buffer): { bytes: Buffer; damaged: boolean } {
  const out = Buffer.allocUnsafe(Math.ceil((source.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  let damaged = false;
  for (let index = 0; index < source.length; index += 1) {
    const value = base64Values[source[index] ?? 0] ?? INVALID;
    if (value < 64) {
      bits = (bits << 6) | value;
      count += 1;
      if (count === 4) {
        out[length] = bits >> 16;
        out[length + 1] = bits >> 8;
        out[length + 2] = bits;
        length += 3;
        bits = 0;
        count = 0;
      }
    } else if (value === PADDING) {
      length += flushBase64(out, length, bits, count);
      bits = 0;
      count = 0;
    } else if (value === INVALID) {
      damaged = true;
    }
  }
  if (count === 1) damaged = true;
  length += flushBase64(out, length, bits, count);
  return { bytes: out.subarray(0, length), damaged };
}

function flushBase64(out: Buffer, at: number, bits: number, count: number): number {
  if (count < 2) return 0;
  const full = bits << (6 * (4 - count));
  out[at] = full >> 16;
  if (count === 3) out[at + 1] = full >> 8;
  return count - 1;
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Quoted-printable by RFC 2045 section 6.7; raw 8-bit bytes and stray `=` are kept as they are. So is white space before a
 * line end: format=flowed means something by it, and relays that pad lines are gone.
 */
export function decodeQuotedPrintable(source: Buffer): Buffer {
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index] ?? 0;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const high = hexValue(source[index + 1] ?? 0);
    const low = hexValue(source[index + 2] ?? 0);
    if (high >= 0 && low >= 0) {
      out[length++] = (high << 4) | low;
      index += 2;
      continue;
    }
    const end = softBreakEnd(source, index + 1);
    if (end < 0) out[length++] = byte;
    else index = end;
  }
  return out.subarray(0, length);
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** Index of the line feed (or the last byte) of a soft line break that begins after `=`, -1 when it is none. */
function softBreakEnd(source: Buffer, from: number): number {
  let index = from;
  while (index < source.length && (isBlank(source[index]) || source[index] === CR)) index += 1;
  if (index >= source.length) return source.length;
  return source[index] === LF ? index : -1;
}

/** Classic uuencode with its `begin` and `end` lines. */
export function decodeUuencode(source: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let isOpen = false;
  for (const line of source.toString('latin1').split(/\r?\n/u)) {
    if (!isOpen) {
      isOpen = /^begin [0-7]{3,4} /u.test(line);
      continue;
    }
    if (line === 'end') break;
    const expected = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || expected === 0) continue;
    const bytes = Buffer.alloc(Math.ceil(expected / 3) * 3);
    for (let group = 0, at = 0; at < bytes.length; group += 4, at += 3) {
      const value = (offset: number): number => ((line.charCodeAt(1 + group + offset) || 32) - 32) & 63;
      const bits = (value(0) << 18) | (value(1) << 12) | (value(2) << 6) | value(3);
      bytes[at] = bits >> 16;
      bytes[at + 1] = bits >> 8;
      bytes[at + 2] = bits;
    }
    chunks.push(bytes.subarray(0, expected));
  }
  return Buffer.concat(chunks);
}
