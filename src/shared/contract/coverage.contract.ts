import { z } from 'zod';
import type {
  Candidate,
  CoverageIssue,
  Demand,
  Fairness,
  OnNow,
  RequirementCoverage,
  StaffedRunway,
  StaffingSettings,
  TicketFeasibility,
  YearCheck,
} from '../domain/coverage/coverage.ts';
import type { IcsRefusal } from '../domain/coverage/interchange.ts';
import { ABSENCE_KINDS } from '../domain/coverage/plan.ts';
import type { Absence, Assignment, EmptyStretch, Plan, Publication, PublishedChange, ShiftChange, Swap } from '../domain/coverage/plan.ts';
import type { AgentProfile, Hub, Requirement, Roster, Rotation, ShiftTemplate } from '../domain/coverage/roster.ts';
import type { ToldAgent } from '../domain/coverage/draft.ts';
import type { SwapCheck } from '../domain/coverage/swaps.ts';
import type { ShiftProblem } from '../domain/coverage/validate.ts';
import type { AbsenceId, AgentId, CaseId, HubId, OverrideId, PublicationId, ShiftId, SwapId } from '../domain/ids.ts';
import { CHANNELS } from '../domain/message.ts';
import type { LocalDateTime } from '../domain/time/local-time.ts';
import type { Span } from '../domain/time/calendar.ts';
import type { Instant } from '../domain/time.ts';
import { VIEWS } from '../domain/views.ts';
import {
  agentProfile,
  bounded,
  hubSchema,
  localDateTime,
  MOST_CHANGES,
  requirementSchema,
  rotationSchema,
  selector,
  shiftChange,
  staffingSettings,
  templateSchema,
} from './coverage-schemas.ts';
import { command, query } from './define.ts';
import {
  absenceId,
  agentId,
  caseId,
  hubId,
  instantSchema,
  localDate,
  operationId,
  overrideId,
  publicationId,
  requirementId,
  rotationId,
  shiftId,
  swapId,
  zoneName,
} from './schemas.ts';

/** The team as it was set up, and what the person at this desk may do with it. */
export interface RosterView {
  readonly roster: Roster;
  readonly me: AgentId | null;
  /** True for leads, and for everybody while the team has none. */
  readonly canPlan: boolean;
  /** The time-zone data that new shifts are derived with. */
  readonly zoneData: string;
  /** Future shifts that another release of the time-zone data has moved, until a lead has seen it. */
  readonly zoneNotice: { readonly moved: number; readonly was: string; readonly is: string } | null;
}

/** One thing that a lead sets up, as it is to be. Taking something out of use is `isActive: false`. */
export type RosterChange =
  | { readonly kind: 'hub'; readonly hub: Hub }
  | { readonly kind: 'agent'; readonly agent: AgentProfile }
  | { readonly kind: 'template'; readonly template: ShiftTemplate }
  /** A rotation that has begun is closed the day before `from`, and a new version goes on from there. */
  | { readonly kind: 'rotation'; readonly rotation: Rotation }
  | { readonly kind: 'requirement'; readonly requirement: Requirement };

export const AGENT_CSV_ERRORS = [
  'missing',
  'unknown-hub',
  'unknown-zone',
  'bad-number',
  'bad-date',
  'bad-level',
  'bad-tier',
  'bad-hours',
  'bad-language',
  'duplicate',
  'too-long',
  'wrong-columns',
] as const;
export type AgentCsvErrorCode = (typeof AGENT_CSV_ERRORS)[number];

/** What an import would do, row by row; nothing is changed by looking. */
export interface AgentsCsvPreview {
  readonly rows: readonly {
    /** In the file, counted from 1 with the header. */
    readonly line: number;
    readonly status: 'new' | 'changed' | 'unchanged' | 'error';
    /** Null where there are errors. */
    readonly agent: AgentProfile | null;
    readonly name: string;
    /** Names of the fields that would change. */
    readonly changes: readonly string[];
    readonly errors: readonly { readonly column: string; readonly code: AgentCsvErrorCode; readonly value: string }[];
  }[];
  /** What is wrong with the file as a whole; then there are no rows. */
  readonly problem: 'empty' | 'no-name-column' | 'not-csv' | 'too-large' | null;
  readonly ignoredColumns: readonly string[];
}

export interface PlanWindow extends Plan {
  /** Shifts with a draft, in all the plan. */
  readonly drafted: number;
}

/** What publishing would do. */
export interface PlanDiff {
  readonly changes: readonly PublishedChange[];
  readonly told: readonly ToldAgent[];
  readonly problems: readonly { readonly shiftId: ShiftId; readonly problem: ShiftProblem }[];
  /** Shortfalls that would come and go by it. */
  readonly opened: readonly CoverageIssue[];
  readonly closed: readonly CoverageIssue[];
}

export interface PublicationRow extends Omit<Publication, 'changes'> {
  readonly changed: number;
  readonly byName: string | null;
  /** Whether it can be taken back: something of it still stands as it left it. */
  readonly isRevertible: boolean;
}

export interface CoverageWindow {
  readonly requirements: readonly RequirementCoverage[];
  readonly issues: readonly CoverageIssue[];
  readonly assignments: readonly Assignment[];
  readonly empty: readonly EmptyStretch[];
}

/** A turn of mine, as it will be worked. */
export interface MyTurn {
  readonly shiftId: ShiftId;
  readonly from: Instant;
  readonly to: Instant;
  readonly hubId: HubId | null;
  readonly isOverride: boolean;
  readonly note: string;
}

export interface MyShifts {
  readonly agentId: AgentId;
  readonly zone: string;
  /** From the one that runs on, for eight weeks. */
  readonly turns: readonly MyTurn[];
  readonly absences: readonly Absence[];
  readonly swaps: readonly (Swap & { readonly canIAccept: boolean })[];
  /** Publishings that changed my shifts and that I have not acknowledged. */
  readonly notices: readonly (ToldAgent & {
    readonly publicationId: PublicationId;
    readonly at: Instant;
    readonly byName: string | null;
  })[];
}

/** What the strip across the top of the window shows. */
export interface Ribbon {
  readonly lanes: readonly {
    readonly hubId: HubId;
    readonly name: string;
    readonly zone: string;
    /** People who can take cases of the view, as stretches in which the same people are on. */
    readonly shifts: readonly (Span & { readonly agentIds: readonly AgentId[] })[];
    /** When the sun is up there. */
    readonly daylight: readonly Span[];
  }[];
  /** Gaps and thin stretches of requirements. */
  readonly issues: readonly CoverageIssue[];
  /** When open cases of the view fall due; cases due in the same quarter of an hour are one mark. */
  readonly due: readonly {
    /** Of the first of them. */
    readonly at: Instant;
    readonly count: number;
    /** The first twenty. */
    readonly caseIds: readonly CaseId[];
    /** How many of them breach before anyone qualified starts. */
    readonly unstaffed: number;
  }[];
  /** When open promises of open cases fall due; those of the same quarter of an hour are one mark. */
  readonly promises: readonly {
    readonly at: Instant;
    readonly count: number;
    /** The first twenty. */
    readonly caseIds: readonly CaseId[];
    /** How many of them nobody can keep by the plan. */
    readonly infeasible: number;
  }[];
  /** False while no shift was ever published: the strip then says how to begin. */
  readonly hasPlan: boolean;
}

export interface IcsPreview {
  readonly shifts: readonly {
    readonly uid: string;
    readonly summary: string;
    readonly zone: string;
    readonly startLocal: LocalDateTime;
    readonly endLocal: LocalDateTime;
    /** It fell into a change of the clocks and was moved by the rule. */
    readonly isAdjusted: boolean;
  }[];
  readonly refused: readonly { readonly what: string; readonly reason: IcsRefusal }[];
}

/** Who can take a case first, with enough of their turn left. */
export interface NextAvailable {
  readonly agentId: AgentId;
  readonly from: Instant;
  /** When they would be done. */
  readonly doneAt: Instant;
  /** What the work is reckoned with, in milliseconds: the handling time of the case's channel. */
  readonly effortMs: number;
  readonly isInTime: boolean;
}

const stretch = { from: instantSchema, to: instantSchema };
const layer = z.enum(['published', 'draft']);
const rosterChange: z.ZodType<RosterChange> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hub'), hub: hubSchema }),
  z.strictObject({ kind: z.literal('agent'), agent: agentProfile }),
  z.strictObject({ kind: z.literal('template'), template: templateSchema }),
  z.strictObject({ kind: z.literal('rotation'), rotation: rotationSchema }),
  z.strictObject({ kind: z.literal('requirement'), requirement: requirementSchema }),
]);
const wallTimes = { zone: zoneName, startLocal: localDateTime, endLocal: localDateTime };
const swapProposal = {
  shiftId,
  fromAt: instantSchema,
  toAt: instantSchema,
  toAgent: agentId.nullable(),
  returnShiftId: shiftId.nullable(),
};

export const rosterContract = {
  'roster.get': query<RosterView>()(z.strictObject({})),
  /** Saves the changes as one; saving `inverse` takes them back. */
  'roster.save': command<{ readonly inverse: readonly RosterChange[] }>()(
    z.strictObject({ opId: operationId, changes: z.array(rosterChange).min(1).max(1_000).readonly() }),
    ['not-a-lead', 'unknown-zone', 'unknown-hub', 'unknown-agent', 'name-taken', 'target-below-minimum', 'never-opens'],
  ),
  'roster.readAgentsCsv': query<AgentsCsvPreview>()(z.strictObject({ text: z.string().max(5_000_000) })),
  /** The team, or an example to fill in, as a file; null when cancelled. */
  'roster.exportAgentsCsv': command<{ readonly path: string } | null>()(
    z.strictObject({ opId: operationId, what: z.enum(['team', 'example']) }),
    ['write-failed'],
  ),
};

export const planContract = {
  'plan.window': query<PlanWindow>()(bounded(z.strictObject(stretch))),
  /** Changes the draft; `inverse` as changes brings it back, which is how undo and redo work. Instants are derived anew from wall times. */
  'plan.edit': command<{ readonly inverse: readonly ShiftChange[] }>()(
    z.strictObject({ opId: operationId, changes: z.array(shiftChange).min(1).max(MOST_CHANGES).readonly() }),
    ['not-a-lead', 'unknown-zone', 'unknown-agent', 'beyond-plan'],
  ),
  /** Makes the shifts of rotations for start dates from `from` to `to` as a draft; those that are there stay as they are. */
  'plan.generate': command<{ readonly made: number; readonly inverse: readonly ShiftChange[] }>()(
    z.strictObject({ opId: operationId, rotationIds: z.array(rotationId).min(1).max(100).readonly(), from: localDate, to: localDate }),
    ['not-a-lead', 'too-long', 'beyond-plan'],
  ),
  'plan.diff': query<PlanDiff>()(z.strictObject({})),
  'plan.publish': command<{ readonly publicationId: PublicationId; readonly changed: number }>()(
    z.strictObject({ opId: operationId, note: z.string().max(2_000) }),
    ['not-a-lead', 'has-errors', 'nothing-drafted'],
  ),
  /** Throws the draft away. */
  'plan.discard': command<{ readonly inverse: readonly ShiftChange[] }>()(z.strictObject({ opId: operationId }), [
    'not-a-lead',
    'nothing-drafted',
  ]),
  'plan.publications': query<readonly PublicationRow[]>()(z.strictObject({ limit: z.number().int().min(1).max(500) })),
  /** What taking a publishing back would do, and of each shift that was changed since what the publishing made of it and what it is now. */
  'plan.revertDiff': query<{ readonly changes: readonly PublishedChange[]; readonly conflicts: readonly PublishedChange[] }>()(
    z.strictObject({ publicationId }),
  ),
  /** Takes a publishing back, by a publishing. Shifts that were changed since are left alone and named. */
  'plan.revert': command<{
    readonly publicationId: PublicationId | null;
    readonly changed: number;
    readonly conflicts: readonly ShiftId[];
  }>()(z.strictObject({ opId: operationId, publicationId }), ['not-a-lead', 'nothing-to-revert']),
  'plan.override': command<{ readonly overrideId: OverrideId }>()(
    z.strictObject({ opId: operationId, shiftId, agentIn: agentId.nullable(), ...wallTimes, reason: z.string().max(500) }),
    ['not-a-lead', 'unknown-agent', 'unknown-zone', 'outside-shift', 'no-length'],
  ),
  'plan.cancelOverride': command<null>()(z.strictObject({ opId: operationId, overrideId }), ['not-a-lead', 'has-begun']),
  /** Asks for time off; a lead may record it as approved at once. */
  'plan.requestAbsence': command<{ readonly absenceId: AbsenceId }>()(
    z.strictObject({
      opId: operationId,
      agentId,
      kind: z.enum(ABSENCE_KINDS),
      ...wallTimes,
      note: z.string().max(500),
      isApproved: z.boolean(),
    }),
    ['not-a-lead', 'unknown-agent', 'unknown-zone', 'no-length'],
  ),
  'plan.decideAbsence': command<null>()(
    z.strictObject({ opId: operationId, absenceId, state: z.enum(['approved', 'declined', 'cancelled']) }),
    ['not-a-lead', 'already-decided'],
  ),
  /** What an absence would take away: shortfalls that it opens. */
  'plan.checkAbsence': query<{ readonly opened: readonly CoverageIssue[] }>()(z.strictObject({ agentId, ...wallTimes })),
  'plan.checkSwap': query<SwapCheck>()(z.strictObject(swapProposal)),
  'plan.askSwap': command<{ readonly swapId: SwapId }>()(
    z.strictObject({ opId: operationId, ...swapProposal, reason: z.string().max(500) }),
    ['not-mine', 'in-the-past', 'outside-shift'],
  ),
  'plan.answerSwap': command<null>()(z.strictObject({ opId: operationId, swapId, answer: z.enum(['accept', 'refuse', 'withdraw']) }), [
    'not-mine',
    'already-decided',
  ]),
  /** A lead's last word. What would open a gap is refused with `opens-gap`, what breaks another rule with `check-failed`; `plan.checkSwap` tells what. */
  'plan.decideSwap': command<null>()(z.strictObject({ opId: operationId, swapId, approve: z.boolean() }), [
    'not-a-lead',
    'already-decided',
    'nobody-accepted',
    'opens-gap',
    'check-failed',
  ]),
  /** What waits for somebody's word, with the shifts that swaps are about. */
  'plan.requests': query<Plan>()(z.strictObject({})),
  'plan.mine': query<MyShifts | null>()(z.strictObject({})),
  /** Acknowledges that I have seen how my shifts changed. */
  'plan.dismissNotices': command<null>()(z.strictObject({ opId: operationId })),
  'plan.dismissZoneNotice': command<null>()(z.strictObject({ opId: operationId }), ['not-a-lead']),
};

export const coverageContract = {
  'coverage.window': query<CoverageWindow>()(bounded(z.strictObject({ ...stretch, layer }))),
  'coverage.candidates': query<readonly Candidate[]>()(
    bounded(z.strictObject({ of: z.union([z.strictObject({ requirementId }), z.strictObject({ selector })]), ...stretch, layer })),
  ),
  'coverage.year': query<YearCheck>()(z.strictObject({ from: instantSchema.nullable() })),
  'coverage.onNow': query<OnNow>()(z.strictObject({ selector, at: instantSchema.nullable() })),
  'coverage.demand': query<Demand>()(
    bounded(
      z.strictObject({
        ...stretch,
        bucketMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
        channels: z.array(z.enum(CHANNELS)).max(20).readonly().nullable(),
        language: z.string().max(20).nullable(),
        layer,
      }),
    ),
  ),
  'coverage.feasibility': query<TicketFeasibility>()(z.strictObject({})),
  'coverage.staffing': query<StaffingSettings>()(z.strictObject({})),
  'coverage.setStaffing': command<{ readonly inverse: StaffingSettings }>()(
    z.strictObject({ opId: operationId, settings: staffingSettings }),
    ['not-a-lead'],
  ),
  'coverage.fairness': query<Fairness>()(bounded(z.strictObject(stretch))),
  'coverage.ribbon': query<Ribbon>()(bounded(z.strictObject({ ...stretch, view: z.enum(VIEWS) }))),
  'coverage.runway': query<StaffedRunway>()(z.strictObject({ caseId })),
  /** Who can begin a case first and still has shift enough for the work on it; null when nobody in the next two weeks. */
  'coverage.nextAvailable': query<NextAvailable | null>()(z.strictObject({ caseId })),
  'coverage.exportIcs': command<{ readonly path: string } | null>()(
    bounded(
      z.strictObject({
        opId: operationId,
        of: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('agent'), agentId }),
          z.strictObject({ kind: z.literal('hub'), hubId }),
          z.strictObject({ kind: z.literal('requirement'), requirementId }),
        ]),
        ...stretch,
      }),
    ),
    ['write-failed'],
  ),
  /** Who works when, or everybody's hours by the week, as a table told by the clocks of a zone. */
  'coverage.exportHours': command<{ readonly path: string } | null>()(
    bounded(z.strictObject({ opId: operationId, what: z.enum(['shifts', 'hours']), ...stretch, zone: zoneName })),
    ['write-failed', 'unknown-zone'],
  ),
  /** Reads a calendar file; what it would bring, and what was refused and why. Times without a zone need `floatingZone`. */
  'coverage.readIcs': query<IcsPreview>()(
    bounded(z.strictObject({ text: z.string().max(5_000_000), floatingZone: zoneName.nullable(), ...stretch })),
  ),
};
