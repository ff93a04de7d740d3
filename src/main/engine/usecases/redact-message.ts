import { cleanSource } from './redact-source-of.ts';
import type { KnownSecret, SourceRedactor } from './redact-source-of.ts';
import { sealedExcerpt } from './sealed-excerpt.ts';
import type { ChannelEvent, InboundFile } from '../channels/connector.ts';
import { isRedacted, redact } from '../../../shared/domain/guard/placeholder.ts';
import type { ConversationHits, SecretHit, SecretKind, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { AttachmentMeta, Intake, MessageOrigin, NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import { visibleText } from '../../../shared/domain/quotes.ts';

export type MessageEvent = Extract<ChannelEvent, { readonly kind: 'message' }>;

export interface GuardedMessage {
  readonly event: MessageEvent;
  readonly kinds: readonly SecretKind[];
  readonly originals: readonly string[];
  /** Texts that hold parts of the same secret, as they read from now on, and what was taken out of them. */
  readonly earlier: readonly { readonly index: number; readonly text: string; readonly known: readonly KnownSecret[] }[];
  readonly lostSource: boolean;
}

const PREVIEW_LENGTH = 200;
/** Files that are text, and are looked into. */
const TEXT_TYPES = /^text\/|^application\/(?:json|xml|rtf|yaml|x-sh)\b|\+(?:json|xml)$/u;
const TEXT_NAMES = /\.(?:txt|csv|tsv|json|md|log|xml|html?|ya?ml|ini|env|key|pem|rtf|eml)$/iu;

/** What else the same customer wrote, and how a text is read together with it. */
export interface Together {
  /** The oldest first. */
  readonly texts: readonly string[];
  readonly read: (text: string) => ConversationHits;
}

/** A message as it may be stored. */
export function guardedMessage(scanner: SecretScanner, source: SourceRedactor, event: MessageEvent, together: Together): GuardedMessage {
  const kinds = new Set<SecretKind>();
  const originals: string[] = [];
  /** As they stand in the text and the subject, where what stands around them may have given them away. */
  const known: KnownSecret[] = [];
  const clean = (text: string, hits: readonly SecretHit[] = scanner.scan(text)): string => {
    const taken = hits.filter(isRedacted);
    if (taken.length === 0) return text;
    for (const { kind } of taken) kinds.add(kind);
    originals.push(sealedExcerpt(text, taken));
    return redact(text, taken);
  };
  const { message } = event;
  // the subject may say what stands in the text; between two messages it would part what belongs together
  const withSubject = scanner.scanConversation([message.subject], message.text);
  const { hits: inTurn, earlier } = together.read(message.text);
  const hits = [
    ...inTurn,
    ...withSubject.hits.filter((hit) => inTurn.every((other) => !isRedacted(other) || hit.to <= other.from || hit.from >= other.to)),
  ];
  const text = clean(message.text, hits);
  for (const { kind, detail, from, to, ...hit } of hits)
    if (isRedacted(hit)) known.push({ kind, detail, secret: message.text.slice(from, to) });
  const ofSubject = withSubject.earlier.map(({ hit }) => hit);
  const subject = clean(message.subject, [...scanner.scan(message.subject), ...ofSubject]);
  const rewritten = together.texts.flatMap((one, index) => {
    const own = earlier.filter((each) => each.index === index && isRedacted(each.hit)).map(({ hit }) => hit);
    const taken = own.map(({ kind, detail, from, to }) => ({ kind, detail, secret: one.slice(from, to) }));
    return own.length === 0 ? [] : [{ index, text: redact(one, own), known: taken }];
  });
  const fields = cleanFields(message, clean);
  if (message.html !== null) clean(source.htmlText(message.html));
  const files = event.files?.map((file) => cleanFile(file, clean));
  const mustLook = message.raw !== null && (kinds.size > 0 || message.attachments.some(isText));
  const raw = mustLook && message.raw !== null ? cleanSource(source, message.raw, scanner, { kinds, originals, known }) : message.raw;
  if (kinds.size === 0) return { event, kinds: [], originals: [], earlier: [], lostSource: false };
  const preview = text === message.text ? clean(message.preview) : previewOf(text);
  return {
    event: {
      ...event,
      message: {
        ...message,
        ...fields,
        subject,
        text,
        preview,
        ...withSource(source, { ...message, ...fields }, raw),
      },
      ...(files === undefined ? {} : { files }),
    },
    kinds: [...kinds],
    originals,
    earlier: rewritten,
    lostSource: raw === null && message.raw !== null,
  };
}

/** A message whose source is another one by now. */
function withSource(
  source: SourceRedactor,
  message: NormalizedMessage,
  raw: Uint8Array | null,
): Pick<NormalizedMessage, 'html' | 'raw' | 'attachments'> {
  const files = raw === null || raw === message.raw ? [] : source.files(raw);
  const metas = new Map(files.map((file) => [file.index, file]));
  return {
    // only that there is some matters from here on
    html: message.html === null || raw === null ? null : '',
    raw,
    attachments: message.attachments.map((each) => ({ ...each, ...metas.get(each.index) })),
  };
}

/** A message that is not stored yet simply says something else: a part of a secret was found in it. */
export function withoutPart(
  scanner: SecretScanner,
  source: SourceRedactor,
  message: NormalizedMessage,
  { text, known }: { readonly text: string; readonly known: readonly KnownSecret[] },
): NormalizedMessage {
  const raw = message.raw === null ? null : cleanSource(source, message.raw, scanner, { kinds: new Set(), originals: [], known });
  return { ...message, text, preview: previewOf(text), ...(message.raw === null ? {} : withSource(source, message, raw)) };
}

type Fields = Pick<NormalizedMessage, 'from' | 'to' | 'cc' | 'replyTo' | 'bounce' | 'attachments'> & { readonly origin?: MessageOrigin };

function cleanFields(message: NormalizedMessage, clean: (text: string) => string): Fields {
  const named = (party: Party): Party => ({ ...party, name: clean(party.name) });
  const { bounce, origin } = message;
  return {
    from: named(message.from),
    to: message.to.map(named),
    cc: message.cc.map(named),
    replyTo: message.replyTo.map(named),
    bounce: bounce === null ? null : { ...bounce, diagnostic: clean(bounce.diagnostic) },
    attachments: message.attachments.map((each) => ({
      ...each,
      name: clean(each.name),
      embedded:
        each.embedded === null
          ? null
          : { subject: clean(each.embedded.subject), from: clean(each.embedded.from), summary: clean(each.embedded.summary) },
    })),
    ...(origin === undefined ? {} : { origin: cleanOrigin(origin, clean) }),
  };
}

function cleanOrigin(origin: MessageOrigin, clean: (text: string) => string): MessageOrigin {
  const { intake } = origin;
  if (intake === undefined) return origin;
  const answers = Object.entries(intake).map(([field, answer]) => [field, clean(answer)] as const);
  return { ...origin, intake: Object.fromEntries(answers) as Intake };
}

function isText({ type, name }: Pick<AttachmentMeta, 'type' | 'name'>): boolean {
  return TEXT_TYPES.test(type) || TEXT_NAMES.test(name) || type === 'message/rfc822' || type === 'message/global';
}

/** A file without what `clean` takes out of its name, and out of what it says where it is text. */
export function cleanFile(file: InboundFile, clean: (text: string) => string): InboundFile {
  const name = clean(file.name);
  const text = textOfFile(file);
  if (text === null) return name === file.name ? file : { ...file, name };
  const kept = clean(text);
  return kept === text && name === file.name ? file : { ...file, name, bytes: kept === text ? file.bytes : new TextEncoder().encode(kept) };
}

/** What a file says; null where it is no text. */
export function textOfFile(file: InboundFile): string | null {
  return isText(file) ? new TextDecoder(encodingOf(file.bytes)).decode(file.bytes) : null;
}

/** Windows' own editor writes UTF-16 where one asks for "Unicode": a mark at the begin says so, or noughts do. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 512);
  const noughts = (from: 0 | 1): number => start.filter((byte, index) => index % 2 === from && byte === 0).length;
  if (noughts(1) * 4 > start.length) return 'utf-16le';
  return noughts(0) * 4 > start.length ? 'utf-16be' : 'utf-8';
}

/** As the email parser makes one. */
export function previewOf(text: string): string {
  const line = visibleText(text.slice(0, 16 * 1024))
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length <= PREVIEW_LENGTH
    ? line
    : `${line
        .slice(0, PREVIEW_LENGTH - 1)
        .replace(/[\ud800-\udbff]$/u, '')
        .trimEnd()}…`;
}
