import type { AgentId, CaseId, HubId, RequirementId, ShiftId } from '../ids.ts';
import type { Channel } from '../message.ts';
import type { Instant } from '../time.ts';
import type { LocalDate } from '../time/local-time.ts';
import type { Severity, Selector } from './roster.ts';

/** What the coverage rules answer: results only; the rules are in the files beside this one. All spans are half-open. */

export type SegmentState = 'gap' | 'thin' | 'low' | 'ok';

/** A stretch in which the state and the number of people of a requirement stay the same. */
export interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  readonly state: SegmentState;
  /** Distinct people. */
  readonly agents: number;
}

export const ISSUE_KINDS = ['gap', 'contended', 'thin', 'empty', 'stale-zone', 'wrap-up', 'low'] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

/** Something that a lead may want to put right. */
export interface CoverageIssue {
  readonly kind: IssueKind;
  /** Null for what concerns a shift and no requirement. */
  readonly requirementId: RequirementId | null;
  readonly severity: Severity;
  readonly from: Instant;
  readonly to: Instant;
  /** People there are, and people there should be. For contended ones: needs that can be filled, and needs that there are. */
  readonly have: number;
  readonly want: number;
  /** Contended: the requirements that compete for the same people. */
  readonly rivals: readonly RequirementId[];
  /** Empty and stale ones: the shift. */
  readonly shiftId: ShiftId | null;
  /** Shorter than the requirement's shortest shortfall: for the details only. */
  readonly isBrief: boolean;
}

/** One requirement over a stretch of time. */
export interface RequirementCoverage {
  readonly requirementId: RequirementId;
  /** Within the requirement's own window only: by-design closed hours are in none. */
  readonly segments: readonly Segment[];
  /** Milliseconds within the window, by state. */
  readonly totals: { readonly [State in SegmentState]: number };
}

/** Somebody who could cover a stretch, best first. */
export interface Candidate {
  readonly agentId: AgentId;
  /** Whether they can be asked; if not, why. */
  readonly refusals: readonly ('busy' | 'absent' | 'rest' | 'outside-pattern' | 'outside-contract' | 'hours')[];
  /** Shortest rest before or after, in milliseconds; null without a neighbouring shift. */
  readonly restMs: number | null;
  /** Weighted unsocial minutes of the last twelve weeks against their contract, and of this stretch in their local time. */
  readonly unsocialMinutes: number;
  readonly stretchUnsocialMinutes: number;
  readonly lastUnsocialAt: Instant | null;
}

/** Who is on for a selector at a time, and who comes next. */
export interface OnNow {
  readonly at: Instant;
  readonly on: readonly { readonly agentId: AgentId; readonly until: Instant; readonly shiftId: ShiftId }[];
  readonly next: readonly { readonly agentId: AgentId; readonly from: Instant; readonly until: Instant; readonly shiftId: ShiftId }[];
}

/** One rule set of the year: between two changes of any clock that the team's plan depends on. */
export interface YearRegime {
  readonly from: Instant;
  readonly to: Instant;
  /** The changes of clocks that begin it; empty for the first. */
  readonly changes: readonly { readonly zone: string; readonly beforeMs: number; readonly afterMs: number }[];
  readonly requirements: readonly YearRequirement[];
}

export interface YearRequirement {
  readonly requirementId: RequirementId;
  /** Hours that are wanted and hours that are covered by `minimum` people in an ordinary week of the regime. */
  readonly weeklyWantedMs: number;
  readonly weeklyCoveredMs: number;
  /** Shortfalls that repeat every such week, as UTC wall times of the week. */
  readonly holes: readonly YearHole[];
}

export interface YearHole {
  /** Days of the week (UTC) on which it begins, and minutes since UTC midnight (1440 is 24:00); an end at or before the start is on the next day. */
  readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  readonly startMinute: number;
  readonly endMinute: number;
  readonly state: 'gap' | 'thin';
  /** When it begins for the first and for the last time within the regime. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** A single day that is worse than its regime, and why. */
export interface YearException {
  readonly date: LocalDate;
  readonly requirementId: RequirementId;
  readonly from: Instant;
  readonly to: Instant;
  readonly state: 'gap' | 'thin';
  readonly reason: 'holiday' | 'absence' | 'clock-change' | 'plan';
  readonly hubIds: readonly HubId[];
  readonly agentIds: readonly AgentId[];
  /** The holiday's name. */
  readonly label: string;
}

export interface YearCheck {
  readonly from: Instant;
  readonly to: Instant;
  /** Up to here shifts are published or drafted; behind it they are made from templates and rotations. */
  readonly plannedUntil: Instant;
  readonly regimes: readonly YearRegime[];
  readonly exceptions: readonly YearException[];
}

/** What a case asks of the person who takes it. */
export interface CaseNeed {
  readonly selector: Selector;
  /** The case's language, when nobody in the team speaks it: then it is asked of nobody. */
  readonly unspoken: string | null;
  /** Skills that a rule asks for and nobody in the team has: they are asked of nobody. Absent for none. */
  readonly unskilled?: readonly string[] | undefined;
}

/** Of the time that a case has left, how much has somebody on shift who can take it. */
export interface StaffedRunway {
  readonly caseId: CaseId;
  readonly dueAt: Instant | null;
  /** Milliseconds; null when nothing is due or no shift was ever published. */
  readonly runwayMs: number | null;
  /** Milliseconds until due (negative: overdue). */
  readonly leftMs: number | null;
  readonly need: CaseNeed;
  /** Who is on for it until it is due, in order. */
  readonly on: readonly { readonly agentId: AgentId; readonly from: Instant; readonly to: Instant }[];
  /** The first qualified person to start after it is due, when nobody is on before. */
  readonly nextAfterDue: { readonly agentId: AgentId; readonly from: Instant } | null;
}

/** Arrivals of one channel in a stretch, as history foretells them. */
export interface ForecastBucket {
  readonly at: Instant;
  readonly mean: number;
  /** Eight of ten weeks had no more. */
  readonly p80: number;
  /** Weeks that it was worked out from. */
  readonly weeks: number;
}

export interface DemandBucket {
  readonly at: Instant;
  readonly forecast: number;
  readonly p80: number;
  /** What came, for the past; null for what is to come. */
  readonly actual: number | null;
  /** People that are needed, of the live channels by Erlang, of the others by work load; with shrinkage. */
  readonly required: number;
  /** People on shift. */
  readonly scheduled: number;
}

export interface Demand {
  readonly from: Instant;
  readonly bucketMs: number;
  readonly buckets: readonly DemandBucket[];
  /** Whole weeks of history there are; fewer than two are no forecast. */
  readonly weeks: number;
  /** Channels that are in it. */
  readonly channels: readonly Channel[];
}

export interface FairnessRow {
  readonly agentId: AgentId;
  /** Fraction of a full contract of 40 hours. */
  readonly contractShare: number;
  readonly scheduledMinutes: number;
  readonly nightMinutes: number;
  readonly weekendMinutes: number;
  readonly holidayMinutes: number;
  readonly shortRests: number;
  readonly lateChanges: number;
  readonly swapsAbsorbed: number;
  readonly inheritedBreaches: number;
  /** Weighted sum by contract; and how far it is from the team's mean, as a fraction. */
  readonly burden: number;
  readonly deviation: number;
}

export interface Fairness {
  readonly from: Instant;
  readonly to: Instant;
  readonly rows: readonly FairnessRow[];
  /** Jain's index of the burdens: 1 is even, 1/n is all on one person; 1 when nobody has any. */
  readonly jain: number;
}

/** How a channel is staffed: live ones by Erlang, the others by the work that comes in. */
export interface ChannelStaffing {
  readonly model: 'live' | 'tickets';
  /** Mean handling time of a contact, in seconds. */
  readonly handleSeconds: number;
  /** Share of contacts to be answered within `thresholdSeconds`; live channels only. */
  readonly targetServiceLevel: number;
  readonly thresholdSeconds: number;
  /** How long people wait before they leave, in seconds; null: they do not (Erlang C). */
  readonly patienceSeconds: number | null;
}

export interface StaffingSettings {
  /** Share of paid time in which people do not work on contacts: breaks, meetings, training. 0 to 0.9. */
  readonly shrinkage: number;
  /** No plan counts on people being busier than this. */
  readonly maxOccupancy: number;
  readonly channels: { readonly [Name in Channel]?: ChannelStaffing };
}

/** Whether the open tickets can be worked off in time by the people on shift: earliest deadline first. */
export interface TicketFeasibility {
  readonly jobs: number;
  readonly workMs: number;
  /** Deadlines that can not be met, the first one first: what is missing by then, in milliseconds of work. */
  readonly missed: readonly { readonly caseId: CaseId; readonly dueAt: Instant; readonly missingMs: number }[];
}
