export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const TAB = 0x09;

/** A view on the same memory as a Buffer, whose native search and latin1 conversion the parser lives on. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Raw mail with line feeds: old Mac mail that has carriage returns only is rewritten byte for byte, anything else is returned as it is. */
export function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(LF) || !raw.includes(CR)) return raw;
  const copy = Buffer.from(raw);
  for (let index = 0; index < copy.length; index += 1) if (copy[index] === CR) copy[index] = LF;
  return copy;
}

/** Offset of the line after the one at `start`, at most `end`. */
export function nextLine(bytes: Buffer, start: number, end: number): number {
  const feed = bytes.indexOf(LF, start);
  return feed < 0 || feed >= end ? end : feed + 1;
}

/** End of the line that begins at `start` and is followed by `next`, without its CR LF. */
export function lineEnd(bytes: Buffer, start: number, next: number): number {
  let end = next;
  if (end > start && bytes[end - 1] === LF) end -= 1;
  while (end > start && bytes[end - 1] === CR) end -= 1;
  return end;
}
