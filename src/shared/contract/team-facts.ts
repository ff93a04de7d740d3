import { z } from 'zod';
import { PRIORITIES, TIERS } from '../domain/case.ts';
import { ACCOUNT_KINDS } from '../domain/channel/account-kind.ts';
import { ABSENCE_KINDS } from '../domain/coverage/plan.ts';
import { CHANNELS } from '../domain/message.ts';
import { METRICS } from '../domain/sla/policy.ts';
import type { Policy } from '../domain/sla/policy.ts';
import type { BusinessCalendar } from '../domain/time/calendar.ts';
import {
  agentProfile,
  draftState,
  hubSchema,
  localDateTime,
  requirementSchema,
  rotationSchema,
  shiftBody,
  staffingSettings,
  templateSchema,
} from './coverage-schemas.ts';
import { authenticitySecret, guardRules, officialRegistry } from './guard.contract.ts';
import { handoffRules } from './handoff-schemas.ts';
import { intakeRules } from './intake.contract.ts';
import { lenient } from './lenient.ts';
import { macro } from './macros.contract.ts';
import { acknowledgementSettings } from './promise.contract.ts';
import { routingRules } from './routing.contract.ts';
import {
  absenceId,
  accountId,
  agentId,
  contactId,
  instantSchema,
  localDate,
  macroId,
  overrideId,
  publicationId,
  savedViewId,
  shiftId,
  swapId,
  weekSchema,
  windows,
  zoneName,
} from './schemas.ts';
import { savedView } from './views.contract.ts';

/**
 * The bodies of events that belong to no case, as others may send them. A newer Meridian may say more than this one knows: what is
 * unknown is passed over, also deep inside.
 */

const title = z.string().max(500);
const note = z.string().max(20_000);
const ruleId = z.string().min(1).max(100);
const duration = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const wallSpan = {
  zone: zoneName,
  startLocal: localDateTime,
  endLocal: localDateTime,
  startAt: instantSchema,
  endAt: instantSchema,
  zoneData: z.string().max(60),
};
const override = z.object({
  ...wallSpan,
  overrideId,
  shiftId,
  agentIn: agentId.nullable(),
  reason: note,
  by: agentId.nullable(),
  at: instantSchema,
  swapId: swapId.nullable(),
  isCancelled: z.boolean(),
});
const absenceState = z.enum(['requested', 'approved', 'declined', 'cancelled']);
const absence = z.object({
  ...wallSpan,
  absenceId,
  agentId,
  kind: z.enum(ABSENCE_KINDS),
  state: absenceState,
  note,
  requestedAt: instantSchema,
  decidedBy: agentId.nullable(),
});
const swapState = z.enum(['asked', 'accepted', 'approved', 'refused', 'withdrawn']);
const swap = z.object({
  swapId,
  shiftId,
  fromAt: instantSchema,
  toAt: instantSchema,
  fromAgent: agentId,
  toAgent: agentId.nullable(),
  returnShiftId: shiftId.nullable(),
  state: swapState,
  reason: note,
  askedAt: instantSchema,
  decidedBy: agentId.nullable(),
});
const span = z.object({ from: instantSchema, to: instantSchema });
const toldAgent = z.object({
  agentId,
  shifts: z
    .array(
      z.object({
        shiftId,
        kind: z.enum(['added', 'removed', 'moved', 'changed']),
        isLate: z.boolean(),
        before: span.nullable(),
        after: span.nullable(),
      }),
    )
    .max(5_000)
    .readonly(),
});

const targets = z.partialRecord(z.enum(METRICS), duration);
const list = (of: z.ZodType): z.ZodType => z.array(of).max(1_000).readonly();
// zod's optional keys may hold `undefined`, ours may not; JSON can not carry the difference.
/* oxlint-disable typescript/no-unsafe-type-assertion -- the same shapes but for that */
const policy = z.object({
  id: ruleId,
  version: z.int().min(1).max(1_000_000),
  name: title,
  position: z.int().min(0).max(100_000),
  effectiveFrom: instantSchema,
  isActive: z.boolean(),
  conditions: z
    .object({
      channels: list(z.enum(CHANNELS)),
      tiers: list(z.enum(TIERS)),
      priorities: list(z.enum(PRIORITIES)),
      languages: list(z.string().max(60)),
      teams: list(z.string().max(100)),
      labels: list(z.string().max(100)),
    })
    .partial(),
  promise: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('calendars'), calendarIds: z.array(ruleId).max(100).readonly() }),
    z.object({ kind: z.literal('coverage'), team: z.string().max(100) }),
  ]),
  targets: z.object({ low: targets, normal: targets, high: targets, urgent: targets }),
  defaultPriority: z.enum(PRIORITIES),
  pauseOn: z
    .array(z.enum(['open', 'pending', 'hold', 'solved', 'closed']))
    .max(5)
    .readonly(),
  reopenWindowMs: duration,
}) as unknown as z.ZodType<Policy>;
const calendar = z.object({
  id: ruleId,
  name: title,
  versions: z
    .array(
      z.object({
        effectiveFrom: instantSchema,
        zone: zoneName,
        week: weekSchema,
        exceptions: z
          .array(z.object({ date: localDate, windows, name: z.string().max(500).optional() }))
          .max(5_000)
          .readonly(),
      }),
    )
    .min(1)
    .max(1_000)
    .readonly(),
  isRetired: z.literal(true).optional(),
}) as unknown as z.ZodType<BusinessCalendar>;
/* oxlint-enable typescript/no-unsafe-type-assertion */

const fact = <Name extends string, Shape extends z.ZodRawShape>(type: Name, shape: Shape) => z.object({ type: z.literal(type), ...shape });

/** What the team is and how it is planned; `TeamEvent` of the engine. */
export const planFact = z.discriminatedUnion('type', [
  fact('hub.saved', { hub: hubSchema }),
  fact('agent.saved', { profile: agentProfile }),
  fact('agent.noticesSeen', { agentId, publicationIds: z.array(publicationId).max(10_000).readonly() }),
  fact('template.saved', { template: templateSchema }),
  fact('rotation.saved', { rotation: rotationSchema }),
  fact('requirement.saved', { requirement: requirementSchema }),
  fact('shift.drafted', { shiftId, draft: draftState }),
  fact('shift.published', { shiftId, publicationId, body: shiftBody }),
  fact('shift.cancelled', { shiftId, publicationId }),
  fact('shift.rederived', { shiftId, revision: z.int().min(0), published: shiftBody.nullable(), draft: draftState }),
  fact('publication.made', {
    publicationId,
    note,
    reverts: publicationId.nullable(),
    changed: z.int().min(0),
    told: z.array(toldAgent).max(5_000).readonly(),
  }),
  fact('override.made', { override }),
  fact('override.rederived', { override }),
  fact('override.cancelled', { overrideId }),
  fact('absence.requested', { absence }),
  fact('absence.rederived', { absence }),
  fact('absence.decided', { absenceId, state: absenceState }),
  fact('swap.asked', { swap, stretch: span }),
  fact('swap.answered', { swapId, state: z.enum(['accepted', 'refused', 'withdrawn']), toAgent: agentId.nullable() }),
  fact('swap.decided', { swapId, state: z.enum(['approved', 'refused']) }),
]);

/** What leads decided about customers, rules and settings. */
export const ruleFact = z.discriminatedUnion('type', [
  /** Only what was decided: what is left out stays. */
  fact('contact.saved', {
    contactId,
    tier: z.object({ tier: z.enum(TIERS), reason: z.string().max(1_000), until: instantSchema.nullable() }).optional(),
    zone: zoneName.nullable().optional(),
  }),
  fact('account.saved', {
    accountId,
    kind: z.enum(ACCOUNT_KINDS),
    address: z.string().min(1).max(1_000),
    name: title,
    createdAt: duration,
  }),
  fact('sla.rulesSaved', { policies: z.array(policy).max(1_000).readonly(), calendars: z.array(calendar).max(1_000).readonly() }),
  fact('staffing.saved', { settings: staffingSettings }),
  fact('acknowledgements.saved', acknowledgementSettings.shape),
  fact('handoffRules.saved', { rules: handoffRules }),
  fact('routingRules.saved', routingRules.shape),
  /** Without kinds: as Meridian comes. */
  fact('intakeRules.saved', intakeRules.partial().shape),
  fact('officialAccounts.saved', officialRegistry.shape),
  fact('guardRules.saved', guardRules.shape),
  fact('authenticity.saved', authenticitySecret.shape),
  /** `owner`: whoever shared it first; others but leads may not speak for them. */
  fact('view.saved', { view: savedView, owner: agentId }),
  fact('view.removed', { viewId: savedViewId, owner: agentId }),
  fact('macro.saved', { macro, owner: agentId }),
  fact('macro.removed', { macroId, owner: agentId }),
  /** How often its author has used it in all. */
  fact('macro.counted', { macroId, uses: z.int().min(1).max(1_000_000_000) }),
  /** How far a workstation's audit log is, so that others notice when its end is cut off. */
  fact('audit.anchored', { workstation: z.string().min(1).max(64), count: z.int().min(1), head: z.string().regex(/^[0-9a-f]{64}$/u) }),
]);

export type PlanFact = z.infer<typeof planFact>;
export type RuleFact = z.infer<typeof ruleFact>;

const PLAN_TYPES: ReadonlySet<string> = new Set(planFact.options.map((option) => option.shape.type.value));
const RULE_TYPES: ReadonlySet<string> = new Set(ruleFact.options.map((option) => option.shape.type.value));

export type ReadFact =
  | { readonly kind: 'plan'; readonly fact: PlanFact }
  | { readonly kind: 'rule'; readonly fact: RuleFact }
  /** From a newer Meridian, or applied elsewhere. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Reads the body of an event that belongs to no case. */
export function readFact(type: string, body: Readonly<Record<string, unknown>>): ReadFact {
  const value = { ...body, type };
  if (PLAN_TYPES.has(type)) {
    const found = lenient(planFact, value);
    return found.ok ? { kind: 'plan', fact: found.value } : { kind: 'malformed', reason: found.reason };
  }
  if (RULE_TYPES.has(type)) {
    const found = lenient(ruleFact, value);
    return found.ok ? { kind: 'rule', fact: found.value } : { kind: 'malformed', reason: found.reason };
  }
  return { kind: 'unknown' };
}
