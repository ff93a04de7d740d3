import { z } from 'zod';
import { BOT_ENDS, PRIORITIES, SNOOZED_FOR, STATUSES, TIERS } from '../domain/case.ts';
import type { CaseEventType } from '../domain/case.ts';
import { secretKinds } from '../domain/guard/secret-types.ts';
import { AUTO_KINDS, CHANNELS } from '../domain/message.ts';
import { PROMISE_SOURCES, RELEASE_REASONS } from '../domain/promise/promise.ts';
import { REMINDER_ENDS } from '../domain/reminder/reminder-event.ts';
import { SETTLED_AS } from '../domain/team/send-settling.ts';
import { localDateTime } from './coverage-schemas.ts';
import { handoffReason, packet, readBack, recipient } from './handoff-schemas.ts';
import { lenient } from './lenient.ts';
import {
  accountId,
  agentId,
  caseId,
  contactId,
  handoffId,
  hubId,
  instantSchema,
  messageId,
  outboxId,
  promiseId,
  reminderId,
  zoneName,
} from './schemas.ts';

/**
 * The bodies of events of cases, as others may send them. A fold believes what it is given, so what could break one never gets
 * there. Limits are those of a log that a hostile member writes into, and wider than what the page lets anybody type.
 */

const text = (most: number): z.ZodString => z.string().max(most);
const auto = z.enum(AUTO_KINDS);
/** What mail tells of its time. */
const when = z.int().min(0).max(253_402_300_800_000);
const preview = text(2_000);
const subject = text(50_000);
const mail = { messageId, contactId, at: when, auto, preview, subject };
const ofHandoff = { handoffId };
const reason = text(5_000);
const secretKindList = z.array(z.enum(secretKinds)).min(1).max(20).readonly();
/** A kind of case, or a fact, by the name that a checklist gives it. */
const factName = text(60).min(1);
const version = z.int().min(1).max(1_000_000);

const BODIES = {
  'case.opened': z.object({
    channel: z.enum(CHANNELS),
    accountId,
    contactId,
    subject,
    tier: z.enum(TIERS).optional(),
    language: text(60).nullable().optional(),
    follows: caseId.optional(),
  }),
  'case.attributesChanged': z.object({ tier: z.enum(TIERS).optional(), language: text(60).nullable().optional() }),
  'case.policyApplied': z.object({ policyId: text(100), version }),
  'case.messageReceived': z.object(mail),
  'case.messageImported': z.object(mail),
  'case.replyQueued': z.object({
    messageId,
    outboxId,
    preview,
    auto: auto.optional(),
    sendAt: instantSchema.optional(),
    thenStatus: z.enum(STATUSES).optional(),
  }),
  'case.replySent': z.object({ messageId, at: when, auto: auto.optional() }),
  'case.replyFailed': z.object({ messageId, reason }),
  'case.replyCancelled': z.object({ messageId }),
  'case.replySettled': z.object({ messageId, outboxId, as: z.enum(SETTLED_AS), attempt: z.int().min(0).max(1_000_000) }),
  'case.deliveryFailed': z.object({ messageId, recipient: text(2_000).nullable(), diagnostic: text(20_000), permanent: z.boolean() }),
  'case.noteAdded': z.object({ messageId }),
  'case.messageEdited': z.object({ messageId, at: when, text: text(60_000) }),
  'case.messageRemoved': z.object({ messageId, at: when }),
  'case.replyRead': z.object({ messageId, at: when }),
  'case.botStarted': z.object({ playbook: text(100), messageId: messageId.nullable(), at: when }),
  'case.botEnded': z.object({ reason: z.enum(BOT_ENDS), messageId: messageId.nullable(), at: when, refused: text(60).optional() }),
  'case.secretFound': z.object({ messageId, kinds: secretKindList }),
  'case.secretRevealed': z.object({ messageId, kinds: secretKindList, reason }),
  'case.linked': z.object({ otherId: caseId }),
  'case.unlinked': z.object({ otherId: caseId, isDifferent: z.boolean() }),
  'case.claimed': z.object({ agentId }),
  'case.released': z.object({}),
  'case.assigned': z.object({ agentId: agentId.nullable(), isForced: z.boolean().optional() }),
  'case.statusChanged': z.object({ to: z.enum(STATUSES), undoes: text(100).optional(), afterReply: messageId.optional() }),
  'case.snoozed': z.object({ until: instantSchema, awaits: z.enum(SNOOZED_FOR).optional() }),
  'case.woken': z.object({ reason: z.enum(['time', 'customer', 'agent']) }),
  'case.priorityChanged': z.object({ to: z.enum(PRIORITIES) }),
  'case.labelAdded': z.object({ label: text(200).min(1) }),
  'case.labelRemoved': z.object({ label: text(200).min(1) }),
  'case.noReplyNeeded': z.object({ reason: reason.optional() }),
  'case.replyNeeded': z.object({}),
  'case.parked': z.object({ reason }),
  'case.unparked': z.object({}),
  'case.merged': z.object({ into: caseId }),
  'handoff.offered': z.object({
    ...ofHandoff,
    fromId: agentId,
    fromHubId: hubId.nullable(),
    to: recipient,
    reason: handoffReason,
    packet,
    expiresAt: instantSchema,
    senderOffAt: instantSchema.nullable(),
    teamHubs: z.array(hubId).max(200).readonly(),
  }),
  'handoff.packetEdited': z.object({ ...ofHandoff, version, packet, expiresAt: instantSchema }),
  'handoff.accepted': z.object({
    ...ofHandoff,
    packetVersion: version,
    lastInboundId: messageId.nullable(),
    readBack: readBack.nullable(),
    hubId: hubId.nullable(),
    isOnShift: z.boolean(),
  }),
  'handoff.readBack': z.object({ ...ofHandoff, packetVersion: version, readBack }),
  'handoff.declined': z.object({ ...ofHandoff, reason }),
  'handoff.withdrawn': z.object(ofHandoff),
  'handoff.expired': z.object(ofHandoff),
  'handoff.escalated': z.object({
    handoffId: handoffId.nullable(),
    toId: agentId,
    reason: z.enum(['expired', 'sender-off-shift', 'bounces', 'lap', 'no-receiver']),
  }),
  'handoff.asked': z.object({ ...ofHandoff, text: reason }),
  'handoff.answered': z.object({ ...ofHandoff, questionId: text(100), text: reason }),
  'handoff.returned': z.object({ ...ofHandoff, reason }),
  'handoff.settled': z.object({ ...ofHandoff, how: z.enum(['action', 'time']) }),
  'handoff.superseded': z.object({ ...ofHandoff, reason: z.enum(['solved', 'merged']) }),
  'promise.made': z.object({
    promiseId,
    text: reason,
    zone: zoneName,
    dueAt: instantSchema,
    dueLocal: localDateTime,
    messageId: messageId.nullable(),
    source: z.enum(PROMISE_SOURCES),
  }),
  'promise.kept': z.object({ promiseId }),
  'promise.released': z.object({ promiseId, reason: z.enum(RELEASE_REASONS) }),
  'reminder.set': z.object({ reminderId, at: instantSchema, note: text(2_000), forId: agentId.nullable(), isForSilence: z.boolean() }),
  'reminder.cleared': z.object({ reminderId, as: z.enum(REMINDER_ENDS) }),
  'intake.kindSet': z.object({ kind: factName.nullable(), asRead: z.literal(true).optional() }),
  'intake.factSet': z.object({
    field: factName,
    value: text(2_000).nullable(),
    asRead: z.literal(true).optional(),
    over: z
      .object({ value: text(2_000).nullable() })
      .nullable()
      .optional(),
  }),
  'intake.asked': z.object({ fields: z.array(factName).min(1).max(50).readonly(), messageId }),
} as const satisfies Readonly<Record<CaseEventType, z.ZodType>>;

/**
 * Whether an event of a case can be folded: `unknown` kinds are of a newer Meridian, kept, and passed over by the fold.
 * @returns for a malformed body what is wrong with it
 */
export function checkCaseBody(type: string, body: Readonly<Record<string, unknown>>): 'fit' | 'unknown' | { readonly reason: string } {
  if (!Object.hasOwn(BODIES, type)) return 'unknown';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of its own keys
  const found = lenient(BODIES[type as CaseEventType] as z.ZodType, body);
  return found.ok ? 'fit' : { reason: found.reason };
}

/** The shapes as JSON Schema, for the test that keeps their history. */
export function caseBodiesShape(): unknown {
  return Object.fromEntries(Object.entries(BODIES).map(([type, schema]) => [type, z.toJSONSchema(schema, { unrepresentable: 'any' })]));
}
