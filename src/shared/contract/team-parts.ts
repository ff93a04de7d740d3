import { z } from 'zod';
import { TIERS } from '../domain/case.ts';
import { ACCOUNT_KINDS } from '../domain/channel/account-kind.ts';
import { AUTO_KINDS, INTAKE_FIELDS, VERIFICATIONS } from '../domain/message.ts';
import type { AutoKind } from '../domain/message.ts';
import { HOLD_REASONS, THREAD_HOLD_REASONS } from '../domain/outbox.ts';
import type { Instant } from '../domain/time.ts';
import { accountId, agentId, attachmentId, contactId, messageId, outboxId } from './schemas.ts';

/**
 * What travels with an event of a team: rows that the event names by id and that others may not have. All of it is from somebody
 * else, so nothing here is believed beyond its shape; that it fits the event is checked where it is put into the tables. Keys are
 * only ever added: an older Meridian passes over what it does not know.
 */

/** As the server of a mail said it: any time at all, but one that SQLite and a calendar can hold. */
const when: z.ZodType<Instant> = z.custom<Instant>(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 253_402_300_800_000,
  'not an instant',
);
const text = (most: number): z.ZodString => z.string().max(most);
/** One line of a header: nothing that could begin another one. */
const header = (most: number): z.ZodString => text(most).regex(/^[^\u0000-\u001f\u007f]*$/u);
const offset = z.int().min(-1_500).max(1_500).nullable();
const language = text(35).nullable();
const size = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** Longest names of people that are passed on; mail knows no limit. */
export const LONGEST_NAME = 500;
export const LONGEST_ADDRESS = 1_000;
/** A text that is longer travels as a file. */
const LONGEST_TEXT = 20_000_000;
export const MOST_PARTIES = 2_000;
export const MOST_ATTACHMENTS = 2_000;
export const MOST_KEYS = 300;

const party = z.object({ address: text(LONGEST_ADDRESS), name: text(LONGEST_NAME) });
const parties = z.array(party).max(MOST_PARTIES).readonly();
/** What a mail may be addressed to: it ends up in headers. */
const addressee = z.object({ address: header(320).regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/u), name: header(LONGEST_NAME) });
const addressees = z.array(addressee).max(500).readonly();

const autoKind: z.ZodType<AutoKind> = z.enum(AUTO_KINDS);

const contactPart = z.object({
  contactId,
  address: text(LONGEST_ADDRESS).min(1),
  name: text(LONGEST_NAME),
  firstSeenAt: when,
  /** When something was last learned of them. */
  seenAt: when,
  offsetMinutes: offset,
  language,
  tier: z.enum(TIERS),
  tierReason: text(1_000),
  tierUntil: when.nullable(),
  zone: text(64).nullable(),
});

/** Never its servers, its user, its password or the key of its tokens. */
const accountPart = z.object({
  accountId,
  kind: z.enum(ACCOUNT_KINDS),
  address: text(LONGEST_ADDRESS).min(1),
  name: text(LONGEST_NAME),
  createdAt: when,
});

const attachmentPart = z.object({
  attachmentId,
  position: z.int().min(0).max(100_000),
  inline: z.boolean(),
  sizeBytes: size,
  sha256,
  /** The bytes are in the message's source, and not a file of their own. */
  inSource: z.boolean(),
  contentId: text(1_000).nullable(),
  embedded: z.object({ subject: text(4_000), from: text(4_000), summary: text(4_000) }).nullable(),
  type: text(300),
  name: text(1_000),
});

/** Where a message of a chat-like channel belongs, and what is known of its author. */
const originPart = z.object({
  conversation: text(1_000),
  nativeKey: text(1_000),
  author: z.object({
    nativeId: text(400),
    handle: text(400).nullable(),
    verification: z.enum(VERIFICATIONS),
    facts: z.record(text(60), text(400)),
  }),
  isSummon: z.boolean().optional(),
  isPrivate: z.boolean(),
  intake: z.partialRecord(z.enum(INTAKE_FIELDS), text(5_000)).optional(),
});

const messagePart = z.object({
  messageId,
  kind: z.enum(['in', 'out', 'note']),
  sentAt: when,
  receivedAt: when,
  agent: agentId.nullable(),
  language,
  offsetMinutes: offset,
  auto: autoKind,
  ownKey: text(4_000).nullable(),
  source: z.object({ sha256, sizeBytes: size.nullable() }).nullable(),
  hasHtml: z.boolean(),
  warnings: z.array(text(100)).max(50).readonly(),
  from: party,
  recipients: z.object({ to: parties, cc: parties, replyTo: parties }),
  subject: text(100_000),
  text: text(LONGEST_TEXT),
  /** What later mail of the thread may name. */
  keys: z.array(text(4_000)).max(MOST_KEYS).readonly(),
  attachments: z.array(attachmentPart).max(MOST_ATTACHMENTS).readonly(),
  origin: originPart.optional(),
});

const outboxPart = z.object({
  outboxId,
  accountId,
  clientKey: header(400),
  sendAt: when,
  writtenAt: when,
  /** As it stood when others were told: it may have been taken back, or perhaps have arrived already. */
  state: z.enum(['queued', 'held', 'unknown', 'cancelled']),
  holdReason: z.enum(THREAD_HOLD_REASONS).nullable(),
  /**
   * It leaves at a time that a person chose, or was held back when that came near. Its `state` is `held` then, so that a program which knows nothing of
   * such times does not send it at once.
   */
  later: z.object({ at: when, isHeld: z.boolean(), holdReason: z.enum(HOLD_REASONS).nullable() }).optional(),
  /** What the guardrails found in it, and its writer said why it is fine all the same. */
  allowed: z.array(text(1_000)).max(100).readonly().optional(),
  to: addressees,
  cc: addressees,
  parentKeys: z.array(header(2_000)).max(MOST_KEYS).readonly(),
  /** The thread as its writer saw it. */
  seen: z.object({
    lastInboundId: text(100).nullable(),
    lastOutboundId: text(100).nullable(),
    epoch: size,
    status: text(20),
    writtenEpoch: size.optional(),
  }),
  automatic: z
    .object({
      answers: messageId,
      headers: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/u), header(1_000)),
      /** What a customer is told who has sent a secret. */
      isWarning: z.literal(true).optional(),
      /** What our bot says, and in which of its intervals. */
      bot: z
        .object({
          interval: text(100),
          playbook: text(100),
          isLast: z.boolean(),
          assignee: agentId.nullable(),
          options: z.array(text(200)).max(10).readonly(),
          template: text(20_000),
          language: text(35),
        })
        .optional(),
    })
    .optional(),
});

/** Parts and files of one message of ours. */
export const MOST_REFS = 20;

const settlingPart = z.object({
  sentAt: when.optional(),
  code: text(100).nullable().optional(),
  detail: text(4_000).optional(),
  /** SHA-256 of the token in the address that answers come to: others know it again, and cannot make one. */
  tokenSha: sha256.optional(),
  /** What others name when they answer it, in a group of Telegram: whoever holds the account next must know whose conversation that is. */
  refs: z.array(text(200).min(1)).max(MOST_REFS).readonly().optional(),
});

const partsSchema = z.object({
  contact: contactPart.optional(),
  account: accountPart.optional(),
  message: messagePart.optional(),
  /** The message in `message` is only its beginning; all of it is the file with this hash. */
  whole: z.object({ sha256, sizeBytes: size }).optional(),
  outbox: outboxPart.optional(),
  settling: settlingPart.optional(),
  /** Secrets were taken out by whoever sent it; what an older Meridian sends says nothing of it. */
  isGuarded: z.literal(true).optional(),
});

export type ContactPart = z.infer<typeof contactPart>;
export type AccountPart = z.infer<typeof accountPart>;
export type AttachmentPart = z.infer<typeof attachmentPart>;
export type MessagePart = z.infer<typeof messagePart>;
export type OutboxPart = z.infer<typeof outboxPart>;
export type SettlingPart = z.infer<typeof settlingPart>;
export type TeamParts = z.infer<typeof partsSchema>;

/** What is needed of a message that did not fit into its event, as a file. */
const wholeSchema = z.object({ meridianMessage: z.literal(1), message: messagePart });

export type Checked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

/** The path of the first thing that is wrong, without what somebody wrote there. */
function check<Value>(schema: z.ZodType<Value>, value: unknown): Checked<Value> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, reason: `${issue?.path.join('.') ?? ''} ${issue?.code ?? 'invalid'}`.trim() };
}

/** The parts of an event as they came, or what is wrong with their shape. No parts are fine. */
export function readParts(parts: unknown): Checked<TeamParts> {
  return check(partsSchema, parts ?? {});
}

const WHOLE_BEGINS = '{"meridianMessage":1,';

/** A whole message as a file. */
export function writeWholeMessage(message: MessagePart): string {
  return JSON.stringify({ meridianMessage: 1, message });
}

/** The message in a file; null for a file that is something else. */
export function readWholeMessage(file: string): Checked<MessagePart> | null {
  if (!file.startsWith(WHOLE_BEGINS)) return null;
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  const whole = check(wholeSchema, value);
  return whole.ok ? { ok: true, value: whole.value.message } : whole;
}

/** The shape as JSON Schema, for the test that keeps its history. */
export function partsShape(): unknown {
  return z.toJSONSchema(partsSchema, { unrepresentable: 'any' });
}
