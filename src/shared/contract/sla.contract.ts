import { z } from 'zod';
import { PRIORITIES, TIERS } from '../domain/case.ts';
import type { CaseEventBody, Tier } from '../domain/case.ts';
import type { AgentId, CaseId } from '../domain/ids.ts';
import { CHANNELS } from '../domain/message.ts';
import type { Instance } from '../domain/sla/clock.ts';
import { METRICS } from '../domain/sla/policy.ts';
import type { Metric, Policy, PolicyProblem } from '../domain/sla/policy.ts';
import type { BusinessCalendar, CalendarProblem, SpanCalendar } from '../domain/time/calendar.ts';
import type { LocalDate } from '../domain/time/local-time.ts';
import type { Instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { caseId, instantSchema, localDate, operationId, weekSchema, windows, zoneName } from './schemas.ts';

/** A clock as lists show it: the one that is due next, else a paused one. */
export type SlaBadge = Omit<Instance, 'steps'>;

/** All versions of all policies and calendars that there are; the same everywhere in the team. */
export interface SlaConfig {
  readonly policies: readonly Policy[];
  readonly calendars: readonly BusinessCalendar[];
}

/** The clocks of one case with what caused each step, for "why this timer". */
export interface CaseClocksView {
  readonly instances: readonly Instance[];
  /** The case's events that the steps name, by id. */
  readonly causes: Readonly<Record<string, { readonly at: Instant; readonly actor: AgentId | null; readonly type: CaseEventBody['type'] }>>;
}

/** What a lead proposes: the ordered list of policies and the calendars as they would be from now on. What is left out goes out of use. */
export interface SlaProposal {
  readonly policies: readonly ProposedPolicy[];
  readonly calendars: readonly ProposedCalendar[];
}
/** A policy without its history: what can be edited. Its place in the list is its place in the proposal. */
export type ProposedPolicy = Omit<Policy, 'version' | 'position' | 'effectiveFrom' | 'isActive'>;
/** A calendar as it is to be from `effectiveFrom` on. */
export interface ProposedCalendar {
  readonly id: string;
  readonly name: string;
  readonly effectiveFrom: Instant;
  readonly zone: string;
  readonly week: BusinessCalendar['versions'][number]['week'];
  readonly exceptions: BusinessCalendar['versions'][number]['exceptions'];
}

export interface ProposalProblems {
  readonly policies: readonly { readonly policyId: string; readonly problem: PolicyProblem }[];
  readonly calendars: readonly { readonly calendarId: string; readonly problem: CalendarProblem }[];
}

/** What something does to the open cases. */
export interface SlaEffect {
  /** Open cases one of whose due times would move, or would not be any more. */
  readonly changed: number;
  /**
   * Open cases that would be overdue at once and are not now. Those count whose new target is over already, though the
   * rules then give them a quarter of it from the change on.
   */
  readonly breachAtOnce: number;
}

/** What a proposal would do to the open cases, if it were saved now. Null stands for a preview that was cancelled. */
export interface SlaPreview {
  readonly problems: ProposalProblems;
  readonly openCases: number;
  /** What changed hours do by themselves: they count for every case, whichever version of a policy it has. */
  readonly hours: SlaEffect;
  /** What applying the newest policies to open cases would add to that. */
  readonly applied: SlaEffect;
}

/** How far a preview or a replay is. */
export interface RuleProgress {
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
}

/** Customers of a tier count as another one. */
export type TierRule = { readonly [Name in Tier]?: Tier };

/** How the clocks of a stretch of history ended: by the rules as they were, and by the proposal. */
export interface SimulatedMetric {
  readonly metric: Metric;
  readonly tier: Tier;
  readonly before: { readonly met: number; readonly breached: number; readonly waived: number; readonly open: number };
  readonly after: { readonly met: number; readonly breached: number; readonly waived: number; readonly open: number };
}
export interface Simulation {
  readonly problems: ProposalProblems;
  readonly from: Instant;
  readonly to: Instant;
  readonly cases: number;
  readonly metrics: readonly SimulatedMetric[];
  /** Cases with a clock that ends otherwise, those that would turn into a breach first; at most 200. */
  readonly changed: readonly {
    readonly caseId: CaseId;
    readonly subject: string;
    readonly metric: Metric;
    readonly before: Instance['state'] | 'none';
    readonly after: Instance['state'] | 'none';
  }[];
}

export interface HolidayEntry {
  readonly date: LocalDate;
  readonly name: string;
}
export interface ParsedHolidays {
  readonly entries: readonly HolidayEntry[];
  /** What was in the file and is not a whole-day entry that we understand, in the file's own words. */
  readonly refused: readonly string[];
}

const configId = z.string().regex(/^[a-z0-9-]{1,60}$/);
const name = z.string().trim().min(1).max(120);
const targetMs = z
  .number()
  .int()
  .min(60_000)
  .max(366 * 86_400_000);
const targets = z.partialRecord(z.enum(METRICS), targetMs);
const proposedCalendar = z.strictObject({
  id: configId,
  name,
  effectiveFrom: instantSchema,
  zone: zoneName,
  week: weekSchema,
  exceptions: z
    .array(z.strictObject({ date: localDate, windows, name: z.string().max(200).optional() }))
    .max(2_000)
    .readonly(),
});
const proposedPolicy = z.strictObject({
  id: configId,
  name,
  conditions: z
    .strictObject({
      channels: z.array(z.enum(CHANNELS)).max(20).readonly(),
      tiers: z.array(z.enum(TIERS)).max(10).readonly(),
      priorities: z.array(z.enum(PRIORITIES)).max(10).readonly(),
      languages: z.array(z.string().max(20)).max(50).readonly(),
      teams: z.array(z.string().max(60)).max(50).readonly(),
      labels: z.array(z.string().max(40)).max(100).readonly(),
    })
    .partial(),
  promise: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('calendars'), calendarIds: z.array(configId).min(1).max(10).readonly() }),
    z.strictObject({ kind: z.literal('coverage'), team: z.string().max(80) }),
  ]),
  targets: z.strictObject({ low: targets, normal: targets, high: targets, urgent: targets }),
  defaultPriority: z.enum(PRIORITIES),
  pauseOn: z
    .array(z.enum(['open', 'pending', 'hold', 'solved', 'closed']))
    .max(5)
    .readonly(),
  reopenWindowMs: z
    .number()
    .int()
    .min(0)
    .max(366 * 86_400_000),
});
const proposalShape = z.strictObject({
  policies: z.array(proposedPolicy).max(100).readonly(),
  calendars: z.array(proposedCalendar).max(100).readonly(),
});

// zod's optional keys may hold `undefined`, ours may not; a port can not carry the difference, and stable JSON drops it.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape but for that
const proposal = proposalShape as unknown as z.ZodType<SlaProposal>;

const run = z.string().regex(/^[a-zA-Z0-9-]{1,60}$/);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above: optional keys
const tierRule = z.partialRecord(z.enum(TIERS), z.enum(TIERS)) as unknown as z.ZodType<TierRule>;

export const slaContract = {
  'sla.config': query<SlaConfig>()(z.strictObject({})),
  /** The hours of the published plan that policies promise, by `coverageId`; empty while none does. */
  'sla.shiftHours': query<readonly SpanCalendar[]>()(z.strictObject({})),
  'sla.clocks': query<CaseClocksView>()(z.strictObject({ caseId })),
  /** What would change, before anything is saved. `run` names it for `sla.progress` and `sla.cancel`; null when it was cancelled. */
  'sla.preview': query<SlaPreview | null>()(z.strictObject({ proposal, run })),
  /** Replays the last days of local history under the proposal. Null when it was cancelled. */
  'sla.simulate': query<Simulation | null>()(z.strictObject({ proposal, run, days: z.number().int().min(1).max(366), tiers: tierRule })),
  /** How far a run is; null when there is none of this name. */
  'sla.progress': query<RuleProgress | null>()(z.strictObject({ run })),
  /** Public holidays that are built in, by ISO 3166 country code; empty for a country that is not. */
  'sla.holidays': query<readonly HolidayEntry[]>()(
    z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/), year: z.number().int().min(2_020).max(2_040) }),
  ),
  'sla.readIcs': query<ParsedHolidays>()(z.strictObject({ text: z.string().max(2_000_000) })),
  /** Ends a preview or a replay that nobody waits for any more. */
  'sla.cancel': command<{ readonly isCancelled: boolean }>()(z.strictObject({ opId: operationId, run })),
  /** Saves the whole list as new versions; a policy or calendar that did not change keeps its version, one that is left out goes out of use. */
  'sla.save': command<{ readonly changed: number; readonly appliedTo: number }>()(
    z.strictObject({ opId: operationId, proposal, applyToOpen: z.boolean() }),
    ['has-problems'],
  ),
};
