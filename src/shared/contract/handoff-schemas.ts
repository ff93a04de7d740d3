import { z } from 'zod';
import { HANDOFF_REASONS, SEVERITIES } from '../domain/handoff/packet.ts';
import type { Packet, Recipient } from '../domain/handoff/packet.ts';
import type { HandoffRules } from '../domain/handoff/offer.ts';
import type { ReadBack } from '../domain/handoff/read-back.ts';
import { DAY_MS, MINUTE_MS } from '../domain/time.ts';
import { localDateTime } from './coverage-schemas.ts';
import { agentId, hubId, instantSchema, promiseId, zoneName } from './schemas.ts';

/** Schemas of handoffs. A packet is one screen; the limits here only keep a broken page from filling the disk. */

const line = z.string().max(2_000);
const lines = z.array(line).max(50).readonly();

export const recipient: z.ZodType<Recipient> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent'), agentId }),
  z.strictObject({ kind: z.literal('hub'), hubId }),
  z.strictObject({ kind: z.literal('queue') }),
]);

export const handoffReason = z.enum(HANDOFF_REASONS);

export const packet: z.ZodType<Packet> = z.strictObject({
  severity: z.enum(SEVERITIES).nullable(),
  goal: line,
  state: line,
  tried: z
    .array(z.strictObject({ what: line, result: line }))
    .max(50)
    .readonly(),
  actions: z
    .array(z.strictObject({ what: line, dueAt: instantSchema.nullable() }))
    .max(50)
    .readonly(),
  promises: z
    .array(z.strictObject({ promiseId, text: line, dueAt: instantSchema, zone: zoneName }))
    .max(50)
    .readonly(),
  ifThen: z
    .array(z.strictObject({ when: line, action: line }))
    .max(50)
    .readonly(),
  blockers: lines,
  notToDo: lines,
  waitingOn: lines,
  isSituationPlain: z.boolean(),
});

export const readBack: z.ZodType<ReadBack> = z.strictObject({
  firstAction: line,
  nextPromise: z.strictObject({ promiseId, zone: zoneName, local: localDateTime }).nullable(),
  contingency: line.nullable(),
  question: line.nullable(),
});

const length = z.number().int().min(0).max(DAY_MS);

/** Milliseconds, whole minutes; an offer stands for a quarter of an hour at least. */
export const handoffRules: z.ZodType<HandoffRules> = z.strictObject({
  graceMs: length,
  preparationMs: length.min(MINUTE_MS),
  effortMs: length.min(MINUTE_MS),
  wrapUpMs: length,
  longestMs: z
    .number()
    .int()
    .min(15 * MINUTE_MS)
    .max(7 * DAY_MS),
  bulkQuietMs: length,
  sweepLeadMs: length.min(5 * MINUTE_MS),
});
