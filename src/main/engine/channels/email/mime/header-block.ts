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
  let malformed = false;
  const done = (bodyStart: number): HeaderBlock => ({
    fields: fields.map(({ name, lines }) => ({ name, value: lines.join('').trim() })),
    bodyStart,
    truncated: kept >= scan.maxBytes,
    malformed,
  });
  while (position < scan.end) {
    const next = nextLine(bytes, position, scan.end);
    const stop = lineEnd(bytes, position, next);
    if (stop === position) return done(next);
    if (scan.isStop(position, stop)) return done(position);
    const line = kind(bytes, position, stop, fields.length === 0);
    if (line.kind === 'stray') {
      malformed = true;
      if (!scan.isRoot || !continuesAfter(bytes, next, scan)) return done(position);
    } else if (kept < scan.maxBytes) {
      // a blank folded line is white space, not the end of the header
      if (line.kind === 'folded') fields.at(-1)?.lines.push(readLine(bytes, position, stop));
      if (line.kind === 'field')
        fields.push({
          name: bytes.toString('latin1', position, line.colon).trim().toLowerCase(),
          lines: [readLine(bytes, line.colon + 1, stop)],
        });
    }
    kept += stop - position;
    position = next;
  }
  return done(scan.end);
}

type LineKind = { readonly kind: 'folded' | 'stray' | 'ignored' } | { readonly kind: 'field'; readonly colon: number };

function kind(bytes: Buffer, start: number, stop: number, isFirst: boolean): LineKind {
  if (bytes[start] === SPACE || bytes[start] === TAB) return { kind: isFirst ? 'ignored' : 'folded' };
  const colon = fieldColon(bytes, start, stop);
  if (colon > start) return { kind: 'field', colon };
  return { kind: isFirst && isMailboxSeparator(bytes, start) ? 'ignored' : 'stray' };
}

function readLine(bytes: Buffer, start: number, end: number): string {
  const line = bytes.toString('latin1', start, end);
  // a bare CR or a NUL inside a value would become a line of its own wherever the value is written again
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
