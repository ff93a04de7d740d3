import { decodeCharset } from './charset.ts';
import { decodeHeaderText } from './header-text.ts';

/** A header such as Content-Type: a value and its parameters. */
export interface StructuredHeader {
  readonly value: string;
  /** One character per byte. */
  readonly params: ReadonlyMap<string, string>;
  /** Values that came in the form of RFC 2231, which says their charset. */
  readonly decoded: ReadonlyMap<string, string>;
}

const MAX_PARAMETERS = 200;

/** Reads `value; name="x"; name*=utf-8''y` (RFC 2045, RFC 2231). The first of repeated parameters wins. */
export function parseStructured(header: string | null): StructuredHeader {
  if (header === null) return { value: '', params: new Map(), decoded: new Map() };
  const parts = splitParameters(stripComments(header));
  const raw = new Map<string, string>();
  for (const part of parts.slice(1, MAX_PARAMETERS)) {
    const equals = part.indexOf('=');
    if (equals <= 0) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    if (!raw.has(name)) raw.set(name, unquote(part.slice(equals + 1)));
  }
  const value = unquote(parts[0] ?? '')
    .replace(/\s+/gu, '')
    .toLowerCase();
  return { value, ...joinContinuations(raw) };
}

/** A file name or similar parameter as people read it; null when missing. */
export function decodedParam(header: StructuredHeader, name: string): string | null {
  const value = header.params.get(name);
  return header.decoded.get(name) ?? (value === undefined ? null : decodeHeaderText(value));
}

/** Removes RFC 822 comments outside quoted strings. An unclosed one is left alone: it is part of somebody's file name. */
function stripComments(text: string): string {
  if (!text.includes('(')) return text;
  let kept = '';
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const isInside = depth > 0;
    if (character === '\\' && (isQuoted || isInside)) {
      index += 1;
      if (!isInside) kept += character + text.charAt(index);
      continue;
    }
    if (character === '"' && !isInside) isQuoted = !isQuoted;
    if (!isQuoted) depth += parenthesis(character, depth);
    if (!isInside && depth === 0) kept += character;
  }
  return depth === 0 ? kept : text;
}

function parenthesis(character: string, depth: number): number {
  if (character === '(') return 1;
  return character === ')' && depth > 0 ? -1 : 0;
}

function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && isQuoted) index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === ';' && !isQuoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function unquote(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  let value = '';
  for (let index = 1; index < trimmed.length; index += 1) {
    const character = trimmed.charAt(index);
    if (character === '"') break;
    if (character === '\\' && index + 1 < trimmed.length) {
      const escaped = trimmed.charAt(index + 1);
      // only quotes and backslashes need escaping; `C:\Users` was written by a program that escapes nothing
      value += escaped === '"' || escaped === '\\' ? escaped : character + escaped;
      index += 1;
    } else {
      value += character;
    }
  }
  return value;
}

/** Joins `name*0*`, `name*1` ... and decodes `charset'language'%xx` values. */
function joinContinuations(raw: ReadonlyMap<string, string>): Omit<StructuredHeader, 'value'> {
  const params = new Map<string, string>();
  const decoded = new Map<string, string>();
  const sections = new Map<string, { index: number; isEncoded: boolean; value: string }[]>();
  for (const [name, value] of raw) {
    const star = name.indexOf('*');
    if (star <= 0) {
      params.set(name, value);
      continue;
    }
    const base = name.slice(0, star);
    const rest = name.slice(star + 1);
    const isEncoded = rest === '' || rest.endsWith('*');
    const index = rest === '' ? 0 : Number.parseInt(rest, 10);
    if (Number.isInteger(index)) sections.set(base, [...(sections.get(base) ?? []), { index, isEncoded, value }]);
  }
  for (const [base, list] of sections) {
    const value = joinSections(list.toSorted((left, right) => left.index - right.index));
    decoded.set(base, value);
    if (!params.has(base)) params.set(base, value);
  }
  return { params, decoded };
}

function joinSections(list: readonly { index: number; isEncoded: boolean; value: string }[]): string {
  let charset: string | null = null;
  let latin1 = '';
  for (const { index, isEncoded, value } of list) {
    let payload = value;
    if (isEncoded && index === 0) {
      const quote = value.indexOf("'");
      const second = value.indexOf("'", quote + 1);
      if (quote >= 0 && second > quote) {
        charset = value.slice(0, quote);
        payload = value.slice(second + 1);
      }
    }
    latin1 += isEncoded ? payload.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : payload;
  }
  return decodeCharset(Buffer.from(latin1, 'latin1'), charset).text;
}
