import { z } from 'zod';
import type { DraftState, ShiftBody, ShiftChange } from '../domain/coverage/plan.ts';
import { ABILITY_LEVELS, AGENT_TIERS, ROTATION_STEPS, SEVERITIES } from '../domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement, Rotation, Selector, ShiftTemplate } from '../domain/coverage/roster.ts';
import type { Span } from '../domain/time/calendar.ts';
import { WEEKDAYS } from '../domain/time/local-time.ts';
import { DAY_MS } from '../domain/time.ts';
import { CHANNELS } from '../domain/message.ts';
import type { StaffingSettings } from '../domain/coverage/coverage.ts';
import {
  agentId,
  hubId,
  instantSchema,
  localDate,
  requirementId,
  rotationId,
  shiftId,
  templateId,
  weekSchema,
  windows,
  zoneName,
} from './schemas.ts';

/** Schemas of shift coverage. Instants that follow from wall times are worked out again by the engine. */

export const localDateTime = z.strictObject({
  year: z.number().int().min(1970).max(2_200),
  month: z.number().int().min(1).max(12),
  day: z.number().int().min(1).max(31),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
  second: z.number().int().min(0).max(59),
});
/** A draft is changed by so many shifts at once: more than a year of a large team. */
export const MOST_CHANGES = 20_000;

/** Longer questions about the plan would keep the engine for minutes. Two years and a margin. */
const LONGEST_STRETCH_MS = 800 * DAY_MS;

/** Refuses a stretch of time that is too long to be asked for at once. */
export function bounded<Input extends Span>(schema: z.ZodType<Input>): z.ZodType<Input> {
  return schema.refine(({ from, to }) => to - from <= LONGEST_STRETCH_MS, 'too long a stretch');
}

const title = z.string().trim().min(1).max(120);
const weekday = z.enum(WEEKDAYS);
const abilityName = z.string().trim().min(1).max(60);
const ability = z.strictObject({
  name: abilityName,
  level: z.enum(ABILITY_LEVELS),
  from: localDate.nullable(),
  until: localDate.nullable(),
});
export const selector: z.ZodType<Selector> = z.strictObject({
  skills: z.array(abilityName).max(50).readonly(),
  languages: z.array(abilityName).max(50).readonly(),
  tiers: z.array(z.enum(AGENT_TIERS)).max(3).readonly(),
  hubs: z.array(hubId).max(50).readonly(),
  also: z.array(abilityName).max(50).readonly().optional(),
});

// zod's optional keys may hold `undefined`, ours may not; a port can not carry the difference.
/* oxlint-disable typescript/no-unsafe-type-assertion -- the same shapes but for that */
export const hubSchema: z.ZodType<Hub> = z.strictObject({
  hubId,
  name: title,
  zone: zoneName,
  position: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).nullable(),
  weekend: z.array(weekday).max(7).readonly(),
  holidays: z
    .array(z.strictObject({ date: localDate, name: z.string().max(200) }))
    .max(2_000)
    .readonly(),
  isActive: z.boolean(),
});
export const agentProfile = z.strictObject({
  agentId,
  name: title,
  hubId: hubId.nullable(),
  zone: zoneName,
  contract: z.strictObject({ hoursPerWeek: z.number().min(0).max(168), from: localDate.nullable(), until: localDate.nullable() }),
  skills: z.array(ability).max(100).readonly(),
  languages: z.array(ability).max(50).readonly(),
  tiers: z.array(z.enum(AGENT_TIERS)).max(3).readonly(),
  pattern: weekSchema,
  isActive: z.boolean(),
}) as unknown as z.ZodType<AgentProfile>;
export const requirementSchema = z.strictObject({
  requirementId,
  name: title,
  selector,
  window: z.strictObject({ zone: zoneName, week: weekSchema }).nullable(),
  minimum: z.number().int().min(1).max(1_000),
  target: z.number().int().min(1).max(1_000),
  severity: z.enum(SEVERITIES),
  shortestMs: z.number().int().min(0).max(86_400_000),
  isActive: z.boolean(),
}) as unknown as z.ZodType<Requirement>;
export const templateSchema: z.ZodType<ShiftTemplate> = z.strictObject({
  templateId,
  name: title,
  hubId: hubId.nullable(),
  zone: zoneName,
  days: z.array(weekday).min(1).max(7).readonly(),
  startMinute: z.number().int().min(0).max(1_439),
  endMinute: z.number().int().min(0).max(1_440),
  cycleWeeks: z.number().int().min(1).max(52),
  activeWeeks: z.array(z.number().int().min(0).max(51)).min(1).max(52).readonly(),
  anchorDate: localDate,
  validFrom: localDate.nullable(),
  validUntil: localDate.nullable(),
  breaks: windows,
  needs: selector,
  onHolidays: z.enum(['work', 'skip']),
  isActive: z.boolean(),
});
export const rotationSchema: z.ZodType<Rotation> = z.strictObject({
  rotationId,
  name: title,
  version: z.number().int().min(1).max(100_000),
  supersedes: rotationId.nullable(),
  templateIds: z.array(templateId).min(1).max(50).readonly(),
  agentIds: z.array(agentId).max(500).readonly(),
  seats: z.number().int().min(1).max(500),
  step: z.enum(ROTATION_STEPS),
  anchorDate: localDate,
  from: localDate,
  until: localDate.nullable(),
  isActive: z.boolean(),
});

const shiftBreak = z.strictObject({ startLocal: localDateTime, endLocal: localDateTime, startAt: instantSchema, endAt: instantSchema });
export const shiftBody: z.ZodType<ShiftBody> = z.strictObject({
  zone: zoneName,
  startLocal: localDateTime,
  endLocal: localDateTime,
  startAt: instantSchema,
  endAt: instantSchema,
  zoneData: z.string().max(60),
  agentId: agentId.nullable(),
  hubId: hubId.nullable(),
  breaks: z.array(shiftBreak).max(20).readonly(),
  needs: selector,
  source: z.enum(['manual', 'rotation', 'ics']),
  templateId: templateId.nullable(),
  rotationId: rotationId.nullable(),
  note: z.string().max(2_000),
});
export const draftState: z.ZodType<DraftState> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('same') }),
  z.strictObject({ kind: z.literal('changed'), body: shiftBody }),
  z.strictObject({ kind: z.literal('removed') }),
]);
export const shiftChange: z.ZodType<ShiftChange> = z.strictObject({ shiftId, draft: draftState });

const channelStaffing = z.strictObject({
  model: z.enum(['live', 'tickets']),
  handleSeconds: z.number().min(1).max(86_400),
  targetServiceLevel: z.number().min(0.01).max(0.999),
  thresholdSeconds: z.number().min(0).max(86_400),
  patienceSeconds: z.number().min(1).max(86_400).nullable(),
});
export const staffingSettings = z.strictObject({
  shrinkage: z.number().min(0).max(0.9),
  maxOccupancy: z.number().min(0.1).max(1),
  channels: z.partialRecord(z.enum(CHANNELS), channelStaffing),
}) as unknown as z.ZodType<StaffingSettings>;
/* oxlint-enable typescript/no-unsafe-type-assertion */
