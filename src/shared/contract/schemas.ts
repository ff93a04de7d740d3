import { z } from 'zod';
import { PRIORITIES, SNOOZED_FOR, STATUSES, TIERS } from '../domain/case.ts';
import { ID_PATTERN } from '../domain/ids.ts';
import type { IdKinds } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** Schemas that several areas share. */
function idOf<K extends keyof IdKinds>(prefix: K): z.ZodType<IdKinds[K]> {
  return z.custom<IdKinds[K]>(
    (value) => typeof value === 'string' && value.startsWith(`${prefix}_`) && ID_PATTERN.test(value),
    `not a ${prefix} id`,
  );
}

export const caseId = idOf('case');
export const messageId = idOf('msg');
export const contactId = idOf('con');
export const accountId = idOf('acc');
export const agentId = idOf('agt');
export const operationId = idOf('op');
export const outboxId = idOf('out');
export const draftId = idOf('drf');
export const attachmentId = idOf('att');
export const hubId = idOf('hub');
export const shiftId = idOf('shf');
export const templateId = idOf('tpl');
export const rotationId = idOf('rot');
export const overrideId = idOf('ovr');
export const absenceId = idOf('abs');
export const swapId = idOf('swp');
export const requirementId = idOf('req');
export const publicationId = idOf('pub');
export const handoffId = idOf('hnd');
export const promiseId = idOf('prm');
export const reminderId = idOf('rem');
export const savedViewId = idOf('view');
export const macroId = idOf('mac');
export const articleId = idOf('art');

/** Epoch milliseconds between 2000 and 2100. */
export const instantSchema: z.ZodType<Instant> = z.custom<Instant>(
  (value) => typeof value === 'number' && Number.isInteger(value) && value > 946_684_800_000 && value < 4_102_444_800_000,
  'not an instant',
);

export const status = z.enum(STATUSES);
export const priority = z.enum(PRIORITIES);
export const tier = z.enum(TIERS);
export const label = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\u0000-\u001f,]+$/u);
const minuteOpen = z.number().int().min(0).max(1_439);
const minuteClose = z.number().int().min(0).max(1_440);
export const windows = z
  .array(z.strictObject({ openMinute: minuteOpen, closeMinute: minuteClose }))
  .max(24)
  .readonly();
export const localDate = z.strictObject({
  year: z.number().int().min(1970).max(2_200),
  month: z.number().int().min(1).max(12),
  day: z.number().int().min(1).max(31),
});
/** Weekly windows; a weekday without any may be left out. */
export const weekSchema = z
  .strictObject({ mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows })
  .partial();
/** An IANA zone name; that the runtime knows it is checked where it is used. */
export const zoneName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/);
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/);
export const party = z.strictObject({ address: emailAddress, name: z.string().max(200) });

export const caseAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('claim') }),
  z.strictObject({ kind: z.literal('release') }),
  z.strictObject({ kind: z.literal('assign'), agentId: agentId.nullable() }),
  z.strictObject({ kind: z.literal('status'), to: status }),
  z.strictObject({ kind: z.literal('priority'), to: priority }),
  z.strictObject({ kind: z.literal('add-label'), label }),
  z.strictObject({ kind: z.literal('remove-label'), label }),
  z.strictObject({ kind: z.literal('snooze'), until: instantSchema, awaits: z.enum(SNOOZED_FOR).optional() }),
  z.strictObject({ kind: z.literal('snooze-until-shift') }),
  z.strictObject({ kind: z.literal('wake') }),
  z.strictObject({ kind: z.literal('no-reply-needed'), reason: z.string().trim().min(1).max(500).optional() }),
  z.strictObject({ kind: z.literal('reply-needed') }),
  z.strictObject({
    kind: z.literal('remind'),
    reminderId: reminderId.nullable(),
    at: instantSchema,
    note: z.string().trim().max(500),
    forId: agentId.nullable(),
    isForSilence: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('clear-reminder'), reminderId: reminderId.nullable(), as: z.enum(['done', 'cancelled']) }),
  z.strictObject({ kind: z.literal('park'), reason: z.string().trim().min(1).max(500) }),
  z.strictObject({ kind: z.literal('unpark') }),
]);
