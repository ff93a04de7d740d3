import { CR, lineEnd, LF, nextLine, SPACE, TAB } from './bytes.ts';

/** One header field: lower-case name, unfolded value with one character per byte. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A header block and where its body begins. */
export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  readonly bodyStart: number;
  readonly truncated: boolean;
  readonly malformed: boolean;
}

export interface HeaderScan {
  readonly start: number;
  readonly end: number;
  /** Bytes of header lines that are kept. */
  readonly maxBytes: number;
  /** Tells that the line at this range ends the block without belonging to it (a MIME boundary). */
  readonly isStop: (lineStart: number, lineStop: number) => boolean;
  /** The outermost header: a stray line in the middle must not turn the headers after it into body text. */
  readonly isRoot: boolean;
}

/** Stray lines in a row that the outermost header may hold. */
const STRAY_LINES = 5;

/** Reads header lines up to the first blank line. Malformed lines are skipped; a part that starts with text has no header. */
export function readHeaderBlock(bytes: Buffer, scan: HeaderScan): HeaderBlock {
  const fields: { name: string; lines: string[] }[] = [];
  let position = scan.start;
  let kept = 0;
  let truncated = false;
  let malformed = false;
  const done = (bodyStart: number): HeaderBlock => ({
    fields: fields.map(({ name, lines }) => ({ name, value: lines.join('').trim() })),
    bodyStart,
    truncated,
    malformed,
  });
  while (position < scan.end) {
    const next = nextLine(bytes, position, scan.end);
    const stop = lineEnd(bytes, position, next);
    if (stop === position) return done(next);
    if (scan.isStop(position, stop)) return done(position);
    const first = bytes[position];
    const colon = first === SPACE || first === TAB ? -1 : fieldColon(bytes, position, stop);
    if (first === SPACE || first === TAB) {
      // a blank folded line is white space, not the end of the header
      const open = fields.at(-1);
      if (open === undefined) malformed = true;
      else if (kept < scan.maxBytes) open.lines.push(readLine(bytes, position, stop));
    } else if (colon > position) {
      if (kept < scan.maxBytes) {
        const name = bytes.toString('latin1', position, colon).trim().toLowerCase();
        fields.push({ name, lines: [readLine(bytes, colon + 1, stop)] });
      }
    } else if (fields.length > 0 || !isMailboxSeparator(bytes, position)) {
      malformed = true;
      if (!scan.isRoot || !continuesAfter(bytes, next, scan)) return done(position);
    }
    kept += stop - position;
    if (kept >= scan.maxBytes) truncated = true;
    position = next;
  }
  return done(scan.end);
}

function readLine(bytes: Buffer, start: number, end: number): string {
  const line = bytes.toString('latin1', start, end);
  // a bare CR or a NUL inside a value would become a line of its own wherever the value is written again
  // eslint-disable-next-line no-control-regex -- see above
  return line.replace(/[\r\n\u0000]+/gu, ' ');
}

/** Offset of the colon after a field name, -1 when the line is no header field. Space before the colon is an obsolete form. */
function fieldColon(bytes: Buffer, start: number, end: number): number {
  let index = start;
  while (index < end && index - start < 200) {
    const byte = bytes[index] ?? 0;
    if (byte === 0x3a) return index;
    if (byte === SPACE || byte === TAB) {
      while (index < end && (bytes[index] === SPACE || bytes[index] === TAB)) index += 1;
      return bytes[index] === 0x3a ? index : -1;
    }
    if (byte <= 0x20 || byte >= 0x7f) return -1;
    index += 1;
  }
  return -1;
}

/** `From someone Tue ...` (mbox) or `>From ...` before the first field. */
function isMailboxSeparator(bytes: Buffer, position: number): boolean {
  const start = bytes.toString('latin1', position, position + 6);
  return start.startsWith('From ') || start === '>From ';
}

/** Whether a header field follows soon, before a blank line. */
function continuesAfter(bytes: Buffer, from: number, scan: HeaderScan): boolean {
  let position = from;
  for (let count = 0; count < STRAY_LINES && position < scan.end; count += 1) {
    const next = nextLine(bytes, position, scan.end);
    const stop = lineEnd(bytes, position, next);
    if (stop === position || bytes[position] === LF || bytes[position] === CR) return false;
    if (fieldColon(bytes, position, stop) > position) return true;
    position = next;
  }
  return false;
}

/** Value of the first field with this (lower-case) name. The first one wins, as servers and scanners read it. */
export function firstHeader(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** Values of all fields with this (lower-case) name, in order. */
export function allHeaders(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
