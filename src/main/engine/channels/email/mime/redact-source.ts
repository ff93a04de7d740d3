import { asBuffer, nextLine, withLineFeeds } from './bytes.ts';
import { decodeHeaderText } from './header-text.ts';
import { htmlToPlainText, stripTags } from './html-text.ts';
import { partBytes, partText } from './part-content.ts';
import { isMultipart, readPartTree } from './part-tree.ts';
import type { MimePart } from './part-tree.ts';
import { defaultParseLimits } from './parsed-mail.ts';
import type { ParseLimits } from './parsed-mail.ts';
import { decodedParam, parseStructured } from './structured-header.ts';

/** A text without its secrets, and the secrets; null when nothing has to be taken out of it. */
export type Redact = (text: string) => { readonly text: string; readonly secrets: readonly string[] } | null;

type Look = (text: string) => string | null;

/** Types whose content is text, whatever they are called. */
const TEXT_TYPES =
  /^(?:text\/|message\/(?!rfc822|global)|application\/(?:json|xml|xhtml|rtf|javascript|x-sh|sql|yaml|toml)|[^/]+\/[^;]*\+(?:json|xml)$)/u;
const MAIL_TYPES: ReadonlySet<string> = new Set(['message/rfc822', 'message/global']);
const TEXT_NAMES = /\.(?:txt|csv|tsv|json|md|log|xml|html?|ya?ml|ini|env|key|pem|rtf)$/iu;
/** Mails inside mails inside mails. */
const DEEPEST = 5;

/**
 * A mail's source without the secrets in it: every text part, header and mail inside it is decoded and looked at, and those that hold one
 * are written anew (UTF-8, base64); all other bytes, files above all, stay as they are and where they are, so that a file is found at the
 * same position. Of HTML that holds one only the text is left.
 * @returns null when it can not be done for certain: then the source must not be kept; the very source when nothing is in it
 */
export function redactSource(received: Uint8Array, redact: Redact, limits: ParseLimits = defaultParseLimits): Uint8Array | null {
  if (received.length > limits.rawBytes) return null;
  return redactMail(received, redact, limits, 0);
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

/** Shorter ones stand in a source by chance. */
const TELLING = 8;

function redactMail(received: Uint8Array, redact: Redact, limits: ParseLimits, depth: number): Uint8Array | null {
  const raw = withLineFeeds(asBuffer(received));
  let isWhole = true;
  const root = readPartTree(raw, limits, (warning) => {
    if (warning === 'too-many-parts' || warning === 'too-deep' || warning === 'header-truncated') isWhole = false;
  });
  const secrets = new Set<string>();
  const look: Look = (text) => {
    const clean = redact(text);
    if (clean === null) return null;
    for (const secret of clean.secrets) secrets.add(secret);
    return clean.text;
  };
  const changes: Change[] = [];
  for (const part of allParts(root)) {
    const body = part.children.length > 0 ? null : bodyOf({ raw, part, look, redact, limits, depth });
    if (body === 'unsure') return null;
    const fields = fieldsOf(raw.toString('latin1', part.start, part.bodyStart));
    const cleaned = fields.map((field) => cleanField(field, look));
    const written = (body === null ? cleaned : [...withoutEncoding(cleaned), ...body.fields]).join('');
    if (written !== fields.join(''))
      changes.push({ start: part.start, end: part.bodyStart, bytes: Buffer.from(`${written}\r\n`, 'latin1') });
    if (body !== null) changes.push({ start: part.bodyStart, end: part.bodyEnd, bytes: body.bytes });
  }
  for (const { start, end } of textsBetween(raw, root)) {
    const clean = look(raw.toString('utf8', start, end));
    if (clean !== null) changes.push({ start, end, bytes: Buffer.from(`${clean}\r\n`) });
  }
  if (changes.length === 0) return isWhole || redact(raw.toString('utf8')) === null ? received : null;
  const bytes = applied(raw, changes);
  // what no rule above has reached must not stand in the source in plain sight
  const isLeft = [...secrets].some((secret) => secret.length >= TELLING && bytes.includes(secret));
  return isWhole && !isLeft ? bytes : null;
}

function allParts(root: MimePart): MimePart[] {
  return [root, ...root.children.flatMap(allParts)];
}

interface NewBody {
  readonly bytes: Buffer;
  readonly fields: readonly string[];
}

interface Leaf {
  readonly raw: Buffer;
  readonly part: MimePart;
  readonly look: Look;
  readonly redact: Redact;
  readonly limits: ParseLimits;
  readonly depth: number;
}

/** A leaf's new body; null when it may stay. */
function bodyOf({ raw, part, look, redact, limits, depth }: Leaf): NewBody | 'unsure' | null {
  const { value: type } = part.type;
  const ignore = (): void => undefined;
  if (MAIL_TYPES.has(type)) {
    if (depth >= DEEPEST) return 'unsure';
    const mail = partBytes(raw, part, ignore);
    const inner = redactMail(mail, redact, limits, depth + 1);
    if (inner === null) return 'unsure';
    return inner === mail ? null : { bytes: base64Lines(inner), fields: [`Content-Type: ${type}\r\n`, BASE64] };
  }
  const name = decodedParam(parseStructured(headerOf(part, 'content-disposition')), 'filename') ?? decodedParam(part.type, 'name') ?? '';
  if (!TEXT_TYPES.test(type) && !TEXT_NAMES.test(name) && !isMultipart(part)) return null;
  // all of it, however long: what is kept is kept whole
  const text = partText(raw, part, raw.length, ignore);
  const content = type.includes('html') ? cleanMarkup(text, look, limits) : look(text);
  if (content === null) return null;
  const shown = look(name) === null ? name.replaceAll(/[^\w. -]/gu, '_') : NAMELESS;
  const kept = isMultipart(part) ? 'text/plain' : type;
  const named = name === '' ? '' : `; name="${shown}"`;
  return { bytes: base64Lines(Buffer.from(content)), fields: [`Content-Type: ${kept}; charset=utf-8${named}\r\n`, BASE64] };
}

/** The text of markup that has a secret in it, also where no reader sees it; null when it has none. */
function cleanMarkup(markup: string, look: Look, { htmlDepth, htmlLength }: ParseLimits): string | null {
  // what is longer than anybody is shown is not laid out as text
  const seen = markup.length > htmlLength ? stripTags(markup) : htmlToPlainText(markup, htmlDepth).text;
  const clean = look(seen);
  const isHidden = clean === null && (look(markup) !== null || look(stripTags(markup)) !== null);
  return clean === null && !isHidden ? null : asHtml(clean ?? seen);
}

const NAMELESS = 'redacted.txt';
const BASE64 = 'Content-Transfer-Encoding: base64\r\n';

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<pre style="white-space:pre-wrap;font-family:inherit">${escaped}</pre>`;
}

function base64Lines(bytes: Uint8Array): Buffer {
  return Buffer.from(`${Buffer.from(bytes).toString('base64').replaceAll(/.{76}/gu, '$&\r\n')}\r\n`, 'latin1');
}

function headerOf(part: MimePart, name: string): string | null {
  return part.fields.find((field) => field.name === name)?.value ?? null;
}

/** The lines of a header block, with those that go on below joined; each ends with its line break. */
function fieldsOf(header: string): string[] {
  return header.match(/[^\n]+\n?(?:[ \t][^\n]*\n?)*/gu)?.filter((field) => field.trim() !== '') ?? [];
}

function cleanField(field: string, look: Look): string {
  const colon = field.indexOf(':');
  if (colon <= 0) return look(decodeHeaderText(field)) === null ? field : '';
  const name = field.slice(0, colon).trim();
  const value = field.slice(colon + 1);
  const structured = /^content-(?:type|disposition)$/iu.test(name) ? parseStructured(value.replaceAll(/\r?\n/gu, '')) : null;
  if (structured !== null) {
    if (look(decodeHeaderText(value)) === null && NAMES.every((each) => look(decodedParam(structured, each) ?? '') === null)) return field;
    const kept = ['boundary', 'charset'].flatMap((each) => {
      const param = structured.params.get(each);
      return param === undefined ? [] : [`; ${each}="${param}"`];
    });
    // a file must stay one
    const named = NAMES.flatMap((each) => (structured.params.has(each) ? [`; ${each}="${NAMELESS}"`] : []));
    return `${name}: ${structured.value}${[...kept, ...named].join('')}\r\n`;
  }
  const clean = look(decodeHeaderText(value));
  if (clean === null) return field;
  const address = /<[^<>\s]+@[^<>\s]+>\s*$/u.exec(clean)?.[0] ?? '';
  return `${name}: ${encodedWords(clean.slice(0, clean.length - address.length))}${address === '' ? '' : ` ${address.trim()}`}\r\n`;
}

const NAMES = ['name', 'filename'];

/** RFC 2047; a word has at most 75 characters, and whole characters of UTF-8. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text.trim()) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}

function withoutEncoding(fields: readonly string[]): string[] {
  return fields
    .filter((field) => !/^content-(?:type|transfer-encoding|md5)\s*:/iu.test(field))
    .map((field) => (field.endsWith('\n') ? field : `${field}\r\n`));
}

/** What stands before the first and behind the last part of a multipart: programs that know no MIME show it. */
function textsBetween(raw: Buffer, root: MimePart): { readonly start: number; readonly end: number }[] {
  const before = allParts(root).flatMap((part) => {
    const [first] = part.children;
    // the line before a part is its boundary
    return first === undefined ? [] : [{ start: part.bodyStart, end: raw.lastIndexOf('\n', first.start - 2) + 1 }];
  });
  const after = root.children.length === 0 ? [] : [{ start: nextLine(raw, root.bodyEnd, raw.length), end: raw.length }];
  return [...before, ...after].filter(({ start, end }) => end > start);
}

function applied(raw: Buffer, changes: readonly Change[]): Buffer {
  const pieces: Buffer[] = [];
  let done = 0;
  for (const { start, end, bytes } of changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < done) continue;
    pieces.push(raw.subarray(done, start), bytes);
    done = end;
  }
  pieces.push(raw.subarray(done));
  return Buffer.concat(pieces);
}
