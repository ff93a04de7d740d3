import type { Instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** Longest line in octets without its break (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/** One line of a calendar file: a name with its parameters, and a value that is written as it is. */
export function contentLine(name: string, value: string): string {
  return folded(`${name}:${value}`);
}

/** One line whose value is text: backslash, semicolon, comma and line breaks are escaped (RFC 5545, 3.3.11). */
export function textLine(name: string, value: string): string {
  return contentLine(name, escaped(value));
}

function escaped(text: string): string {
  return (
    text
      .replaceAll(/\r\n|\r|\n/gu, '\n')
      // control characters have no place in a calendar file
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, '')
      .replaceAll(/[\\;,]/gu, (sign) => `\\${sign}`)
      .replaceAll('\n', '\\n')
  );
}

/** Breaks a line between characters so that no part is longer than 75 octets; each further part begins with a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const length = octetsOf(character);
    if (octets + length > LINE_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += length;
  }
  return `${[...parts, part].join('\r\n')}\r\n`;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_00_00 ? 3 : 4;
}

/** An instant as calendar files write it: `20260601T090000Z`. */
export function utcText(at: Instant): string {
  const { year, month, day, hour, minute, second } = toLocal('UTC', at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}${two(month)}${two(day)}T${two(hour)}${two(minute)}${two(second)}Z`;
}
