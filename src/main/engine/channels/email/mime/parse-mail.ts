import { createHash } from 'node:crypto';
import { detectLanguage, languageOfTag } from '../../../../../shared/domain/language.ts';
import { visibleText } from '../../../../../shared/domain/quotes.ts';
import { readAnswerHints } from './answer-hints.ts';
import { safeFileName } from '../../attachment-name.ts';
import { classifyAuto } from './auto-kind.ts';
import { assembleBody, declaredName, dispositionOf, sortLeaves } from './body.ts';
import { readBounce } from './bounce.ts';
import { asBuffer, withLineFeeds } from './bytes.ts';
import { readEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { firstHeader, readHeaderBlock } from './header-block.ts';
import { cleanLine } from './header-text.ts';
import { contentId, partBytes } from './part-content.ts';
import { isMultipart, readPartTree } from './part-tree.ts';
import type { MimePart } from './part-tree.ts';
import { defaultParseLimits } from './parsed-mail.ts';
import type { AttachmentMeta, EmbeddedMail, ParsedMail, ParseLimits, ParseWarning } from './parsed-mail.ts';

const PREVIEW_LENGTH = 200;
/** Characters that a preview and the language are taken from. */
const PREVIEW_SOURCE = 16 * 1024;
/** Bytes of header shown for a mail that cannot be read. */
const RAW_HEADER_BYTES = 64 * 1024;
/** Embedded mails that get a summary; the others are attachments like any file. */
const MAX_SUMMARIES = 20;
const MAX_CID_REFERENCES = 2_000;

/**
 * Parses a mail. Never throws: what cannot be read comes back with the warning `unparsed` and the raw headers as text.
 * Synchronous and CPU-bound: call it through `ParsePool`, except in tests.
 *
 * @param received the mail as it came over the wire; not changed
 */
export function parseMail(received: Uint8Array, limits: ParseLimits = defaultParseLimits): ParsedMail {
  try {
    return parse(received, limits);
  } catch {
    // a mail is never lost to a bug of ours: the raw source is kept and can be parsed again
    return unparsedMail(received, 'unparsed');
  }
}

/**
 * Decoded bytes of the attachment at `index` (as in `ParsedMail.attachments`), a copy.
 * @throws RangeError when there is no such attachment
 */
export function extractAttachment(received: Uint8Array, index: number, limits: ParseLimits = defaultParseLimits): Uint8Array {
  const raw = cappedSource(received, limits, () => undefined);
  const root = readPartTree(raw, limits, () => undefined);
  const part = sortLeaves(root).files[index];
  if (part === undefined) throw new RangeError(`no attachment ${String(index)}`);
  return Uint8Array.from(partBytes(raw, part, () => undefined));
}

/** What can be said about a mail without parsing its body: used when parsing failed, timed out or crashed. Cheap and safe for any bytes. */
export function unparsedMail(received: Uint8Array, ...causes: readonly ParseWarning[]): ParsedMail {
  const raw = asBuffer(received);
  const warnings = new Set<ParseWarning>(['unparsed', ...causes]);
  const block = readHeaderBlock(raw, {
    start: 0,
    end: Math.min(raw.length, RAW_HEADER_BYTES),
    maxBytes: RAW_HEADER_BYTES,
    isRoot: true,
    isStop: () => false,
  });
  const envelope = safeEnvelope(block.fields, warnings);
  return {
    ...envelope,
    text: raw.toString('utf8', 0, block.bodyStart).replaceAll('\u0000', '').replace(/\r\n?/gu, '\n'),
    textSource: 'headers',
    html: null,
    preview: '',
    attachments: [],
    inlineImages: {},
    auto: 'none',
    // nothing is known about the sender's nature, so nothing may be answered automatically
    answerHints: null,
    bounce: null,
    contentLanguage: null,
    bodyFingerprint: fingerprint(raw.subarray(block.bodyStart)),
    warnings: [...warnings],
    sizeBytes: raw.length,
  };
}

function safeEnvelope(fields: Parameters<typeof readEnvelope>[0], warnings: Set<ParseWarning>): Envelope {
  try {
    return readEnvelope(fields, defaultParseLimits.references, (warning) => warnings.add(warning));
  } catch {
    return readEnvelope([], 0, (warning) => warnings.add(warning));
  }
}

function parse(received: Uint8Array, limits: ParseLimits): ParsedMail {
  const warnings = new Set<ParseWarning>();
  const warn = (warning: ParseWarning): void => {
    warnings.add(warning);
  };
  const raw = cappedSource(received, limits, warn);
  const root = readPartTree(raw, limits, warn);
  const leaves = sortLeaves(root);
  const envelope = readEnvelope(root.fields, limits.references, warn);
  const body = assembleBody(raw, leaves, limits, warn);
  const all = allLeaves(root);
  const bounce = readBounce({ raw, root, leaves: all, envelope, text: body.text });
  const { attachments, inlineImages } = describeFiles(raw, leaves.files, body.html, warn);
  const own = visibleText(body.text.slice(0, PREVIEW_SOURCE));
  return {
    ...envelope,
    ...body,
    preview: shorten(cleanLine(own), PREVIEW_LENGTH),
    attachments,
    inlineImages,
    auto: classifyAuto(root.fields, envelope, bounce !== null),
    answerHints: readAnswerHints(root.fields, envelope),
    bounce,
    contentLanguage: languageOf(declaredLanguage(root), own),
    bodyFingerprint: fingerprint(asBuffer(received).subarray(root.bodyStart)),
    warnings: [...warnings],
    sizeBytes: received.length,
  };
}

function cappedSource(received: Uint8Array, limits: ParseLimits, warn: (warning: ParseWarning) => void): Buffer {
  const whole = asBuffer(received);
  if (whole.length <= limits.rawBytes) return withLineFeeds(whole);
  warn('too-large');
  return withLineFeeds(whole.subarray(0, limits.rawBytes));
}

function fingerprint(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function allLeaves(root: MimePart): MimePart[] {
  const leaves: MimePart[] = [];
  const visit = (part: MimePart): void => {
    if (part.children.length === 0) leaves.push(part);
    for (const child of part.children) visit(child);
  };
  visit(root);
  return leaves;
}

function describeFiles(
  raw: Buffer,
  files: readonly MimePart[],
  html: string | null,
  warn: (warning: ParseWarning) => void,
): { attachments: AttachmentMeta[]; inlineImages: Record<string, number> } {
  const shown = shownContentIds(html ?? '');
  const attachments: AttachmentMeta[] = [];
  // without a prototype: a Content-ID may well be `__proto__`
  const inlineImages = new Map<string, number>();
  for (const [index, part] of files.entries()) {
    const bytes = partBytes(raw, part, warn);
    const id = contentId(part);
    const isMail = part.type.value === 'message/rfc822' || part.type.value === 'message/global';
    const embedded = isMail && index < MAX_SUMMARIES ? summariseMail(bytes) : null;
    const declared =
      declaredName(part) ?? (embedded === null || embedded.subject === '' ? null : `${embedded.subject.replace(/[/\\]/gu, '_')}.eml`);
    const isInlineImage = id !== null && shown.has(id);
    if (id !== null && !inlineImages.has(id)) inlineImages.set(id, index);
    attachments.push({
      index,
      partPath: part.path === '' ? '1' : part.path,
      name: safeFileName(declared, part.type.value, index),
      declaredType: isMultipart(part) ? 'application/octet-stream' : part.type.value.slice(0, 200),
      size: bytes.length,
      contentId: id,
      disposition: dispositionOf(part),
      isInlineImage,
      sha256: fingerprint(bytes),
      embedded,
    });
  }
  return { attachments, inlineImages: Object.fromEntries(inlineImages) };
}

/** Content-IDs that the markup refers to. */
function shownContentIds(html: string): Set<string> {
  const found = new Set<string>();
  for (const match of html.matchAll(/cid:([^"'\s<>)]{1,500})/giu)) {
    if (found.size >= MAX_CID_REFERENCES) break;
    const reference = match[1] ?? '';
    found.add(reference);
    try {
      found.add(decodeURIComponent(reference).replace(/&amp;/gu, '&'));
    } catch {
      // not percent-encoded after all; the literal form is in the set
    }
  }
  return found;
}

/** Subject, sender and beginning of a mail inside a mail. Its own attachments are not looked at: parse the extracted bytes for them. */
function summariseMail(bytes: Buffer): EmbeddedMail {
  const limits: ParseLimits = {
    ...defaultParseLimits,
    parts: 50,
    nesting: 10,
    headerBytes: 64 * 1024,
    textLength: 8 * 1024,
    htmlLength: 64 * 1024,
    htmlDepth: 50,
  };
  const ignore = (): void => undefined;
  const raw = withLineFeeds(bytes);
  const root = readPartTree(raw, limits, ignore);
  const envelope = readEnvelope(root.fields, 0, ignore);
  const { text } = assembleBody(raw, sortLeaves(root), limits, ignore);
  return {
    subject: envelope.subject,
    from: envelope.from,
    sentAt: envelope.sentAt,
    preview: shorten(cleanLine(visibleText(text)), PREVIEW_LENGTH),
  };
}

/** Many programs declare the language of their menus. Where the words tell another one, that is it; the region of what is declared is kept. */
function languageOf(declared: string | null, own: string): string | null {
  const named = declared === null ? null : languageOfTag(declared);
  const seen = detectLanguage(own, named);
  if (declared === null || (seen !== null && seen !== named)) return seen;
  // regions say which Chinese it is, and people speak the one or the other
  return named?.startsWith('zh') === true ? named : declared;
}

function declaredLanguage(root: MimePart): string | null {
  const declared = firstHeader(root.fields, 'content-language')?.split(',')[0]?.trim() ?? '';
  // `en-US` is what some programs write into every mail, whatever its language; a bare claim is checked by detection
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/iu.test(declared) && !/^en-us$/iu.test(declared) ? declared : null;
}

/** At most `length` UTF-16 units, never half a character. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${cut.replace(/[\ud800-\udbff]$/u, '').trimEnd()}…`;
}
