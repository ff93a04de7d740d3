import type { AnswerHints } from '../../../../../shared/domain/message.ts';

/**
 * What the engine knows about one received mail after parsing. Plain JSON throughout, so it crosses a worker boundary
 * by structured clone and can be stored as it is.
 *
 * Nothing here is trusted: every string came from the sender. `html` is the original, unsanitised markup.
 */

/** One mailbox. `name` is decoded and stripped of control characters, `address` is lower-cased in its domain only. */
export type Address = {
  readonly name: string;
  readonly address: string;
};

/**
 * Who wrote the mail, as far as replying automatically is concerned.
 * - `bounce`: a delivery report about mail that we (or somebody) sent
 * - `auto-reply`: a machine's answer to a mail (vacation, ticket receipt)
 * - `list`: sent through a mailing list or as bulk mail
 * - `auto-generated`: a machine's own mail (notification, receipt, read confirmation)
 * - `none`: a person, as far as the headers say
 */
export type AutoKind = 'none' | 'auto-reply' | 'auto-generated' | 'list' | 'bounce';

/** RFC 3464 action, or `unknown` where a report in prose does not say. */
export type BounceAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';

/** One recipient named by a delivery report. */
export type BounceRecipient = {
  readonly address: string;
  readonly action: BounceAction;
  /** Enhanced status code as in RFC 3463, for example `5.1.1`. */
  readonly status: string | null;
  /** The remote server's words, one line, at most 1,000 characters. */
  readonly diagnostic: string | null;
};

/** What a delivery report says, and the mail it is about. */
export type BounceInfo = {
  /** Worst action over all recipients. */
  readonly action: BounceAction;
  /** Message-ID (without angle brackets) of the mail that was not delivered. */
  readonly originalMessageId: string | null;
  readonly originalSubject: string | null;
  readonly recipients: readonly BounceRecipient[];
  /** `true` when the report is machine-readable (RFC 3464), `false` when read out of prose. */
  readonly structured: boolean;
};

/** Summary of a mail carried inside a mail (`message/rfc822`). */
export type EmbeddedMail = {
  readonly subject: string;
  readonly from: Address | null;
  readonly sentAt: number | null;
  /** At most 200 characters of its text. */
  readonly preview: string;
};

/** One attachment. The bytes stay in the raw source: `extractAttachment(raw, index)` decodes them on demand. */
export type AttachmentMeta = {
  /** Position among the attachments; stable for the same raw bytes. */
  readonly index: number;
  /** Position in the MIME tree, as IMAP numbers it (`1`, `2.1`). */
  readonly partPath: string;
  /** Safe to show and to save: no path, no control or bidi characters, at most 255 bytes of UTF-8. Never empty. */
  readonly name: string;
  /** Media type as declared, lower case, without parameters. Not checked against the bytes. */
  readonly declaredType: string;
  /** Decoded size in bytes. */
  readonly size: number;
  /** Without angle brackets. */
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline' | null;
  /** The HTML shows it by `cid:`, so it is not listed among the files. */
  readonly isInlineImage: boolean;
  /** Lower-case hex over the decoded bytes. */
  readonly sha256: string;
  /** Only for `message/rfc822`. */
  readonly embedded: EmbeddedMail | null;
};

/** Closed set of things that went wrong without losing the mail. */
export const parseWarnings = [
  /** Nothing could be read; `text` holds the raw header block. */
  'unparsed',
  /** Parsing took longer than allowed and was stopped. */
  'timeout',
  /** The parser process ended while it had this mail. */
  'worker-crashed',
  /** Larger than the cap: only the first part was read. */
  'too-large',
  /** More parts than the cap: the rest was left out. */
  'too-many-parts',
  /** Nested deeper than the cap: the rest was left as it is. */
  'too-deep',
  /** The header block is larger than the cap: the rest was left out. */
  'header-truncated',
  /** A header line without a colon, with a bare CR or NUL. */
  'header-malformed',
  /** More than one From header; the first is used. */
  'multiple-from',
  /** No usable From address. */
  'from-missing',
  'date-malformed',
  /** A multipart without a boundary parameter, or whose boundary never occurs. */
  'boundary-missing',
  /** A multipart that is never closed (often a truncated mail). */
  'boundary-unclosed',
  /** Characters or padding that base64 does not allow. */
  'base64-damaged',
  /** Unknown Content-Transfer-Encoding; the bytes are used as they are. */
  'encoding-unknown',
  /** No or a wrong charset label; the charset was guessed. */
  'charset-guessed',
  /** Bytes that do not exist in the declared charset were replaced. */
  'charset-damaged',
  'text-truncated',
  'html-truncated',
  /** HTML nested deeper than the text conversion goes. */
  'html-too-deep',
] as const;

export type ParseWarning = (typeof parseWarnings)[number];

/** One received mail. See the field comments; times are epoch milliseconds in UTC. */
export type ParsedMail = {
  /** Without angle brackets; null when missing or malformed. */
  readonly messageId: string | null;
  /** Message-IDs without angle brackets, in order, without duplicates. */
  readonly inReplyTo: readonly string[];
  /** Oldest first; when capped, the first and the most recent ones are kept. */
  readonly references: readonly string[];
  /** First address of the first From header. */
  readonly from: Address | null;
  /** Number of From headers. More than one is a spoofing sign. */
  readonly fromCount: number;
  readonly sender: Address | null;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Delivered-To, X-Original-To and Envelope-To in order, without duplicates: the address our server accepted it for. */
  readonly deliveredTo: readonly string[];
  /** Address in Return-Path; the empty string is the null sender `<>`; null when there is no such header. */
  readonly returnPath: string | null;
  readonly subject: string;
  /** The Date header; null when missing or malformed. Never the time of arrival. */
  readonly sentAt: number | null;
  /** Minutes east of UTC as the sender wrote it; null when unknown (also for `-0000`). */
  readonly senderOffsetMinutes: number | null;
  /** Readable text from text/plain, else from the HTML. Line ends are `\n`. Quotes are kept. */
  readonly text: string;
  /** Where `text` came from. */
  readonly textSource: 'plain' | 'html' | 'headers' | 'none';
  /** Original markup, NOT sanitised, at most 1 MB. */
  readonly html: string | null;
  /** At most 200 characters of what the sender wrote himself, on one line. */
  readonly preview: string;
  readonly attachments: readonly AttachmentMeta[];
  /** Content-ID (without brackets) to attachment index, for `cid:` references. */
  readonly inlineImages: Readonly<Record<string, number>>;
  readonly auto: AutoKind;
  /** What says whether a machine may answer (loop protection, RFC 3834); null when that can not be told. */
  readonly answerHints: AnswerHints | null;
  readonly bounce: BounceInfo | null;
  /** Content-Language if declared, else the detected language as a BCP 47 tag. */
  readonly contentLanguage: string | null;
  /** SHA-256 hex over the bytes after the header block. */
  readonly bodyFingerprint: string;
  readonly warnings: readonly ParseWarning[];
  readonly sizeBytes: number;
};

/** Upper bounds; beyond them the mail is still returned, with a warning. */
export type ParseLimits = {
  readonly rawBytes: number;
  readonly parts: number;
  readonly headerBytes: number;
  readonly nesting: number;
  /** Characters of `text`. */
  readonly textLength: number;
  /** Characters of `html`. */
  readonly htmlLength: number;
  /** Depth of nested elements that the HTML-to-text conversion follows. */
  readonly htmlDepth: number;
  readonly references: number;
};

export const defaultParseLimits: ParseLimits = {
  rawBytes: 40 * 1024 * 1024,
  parts: 1_000,
  headerBytes: 256 * 1024,
  nesting: 30,
  textLength: 1024 * 1024,
  htmlLength: 1024 * 1024,
  htmlDepth: 200,
  references: 100,
};

/** Parses mail and takes attachments out of it. A mail that cannot be read comes back with the warning `unparsed`. */
export interface MailParser extends AsyncDisposable {
  /** @param raw the mail as received (RFC 5322). It is copied, never consumed. */
  parse(raw: Uint8Array): Promise<ParsedMail>;
  /** Decoded bytes of one attachment. Rejects with RangeError when there is no such attachment. */
  extract(raw: Uint8Array, index: number): Promise<Uint8Array>;
}
