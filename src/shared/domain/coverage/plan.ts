import type { AbsenceId, AgentId, HubId, OverrideId, PublicationId, RotationId, ShiftId, SwapId, TemplateId } from '../ids.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import type { Instant } from '../time.ts';
import type { Selector } from './roster.ts';

/**
 * Who works when. Everything keeps what was meant (wall times in a zone) beside what was worked out of it (instants) and
 * the time-zone data it was worked out with. When that data changes, what is still to come is worked out again.
 */

/** A stretch of time as it was meant and as it was worked out; both ends by the same rule (the first occurrence in an overlap). */
export interface WallSpan {
  readonly zone: string;
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** The time-zone data it was derived with, as `timeZoneDataVersion` tells it. */
  readonly zoneData: string;
}

/** A break within a shift, in the shift's zone. */
export interface ShiftBreak {
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** What a shift says. */
export interface ShiftBody extends WallSpan {
  /** Null: planned, but nobody has it yet. */
  readonly agentId: AgentId | null;
  readonly hubId: HubId | null;
  readonly breaks: readonly ShiftBreak[];
  readonly needs: Selector;
  readonly source: 'manual' | 'rotation' | 'ics';
  readonly templateId: TemplateId | null;
  readonly rotationId: RotationId | null;
  readonly note: string;
}

/** What a lead's draft makes of a shift. */
export type DraftState =
  /** As it is published; for a shift that is not, nothing at all. */
  { readonly kind: 'same' } | { readonly kind: 'changed'; readonly body: ShiftBody } | { readonly kind: 'removed' };

export const SAME: DraftState = { kind: 'same' };

/** One shift: what everybody sees, and what the lead is about to make of it. */
export interface Shift {
  readonly shiftId: ShiftId;
  /** Counts publishings that changed it; the SEQUENCE of calendar feeds. */
  readonly revision: number;
  readonly published: ShiftBody | null;
  /** What was published last, of a shift that was taken back; calendar feeds say so. */
  readonly cancelled: ShiftBody | null;
  readonly draft: DraftState;
}

/** One step of planning. Its inverse is a change, too: the draft as it was. */
export interface ShiftChange {
  readonly shiftId: ShiftId;
  readonly draft: DraftState;
}

/** What one publishing did to one shift. */
export interface PublishedChange {
  readonly shiftId: ShiftId;
  readonly before: ShiftBody | null;
  readonly after: ShiftBody | null;
}

export interface Publication {
  readonly publicationId: PublicationId;
  readonly at: Instant;
  readonly by: AgentId | null;
  readonly note: string;
  /** The publishing that this one takes back. */
  readonly reverts: PublicationId | null;
  readonly changes: readonly PublishedChange[];
}

/** Somebody else works a stretch of a shift, or nobody does. Applies at once, without a draft. */
export interface Override extends WallSpan {
  readonly overrideId: OverrideId;
  readonly shiftId: ShiftId;
  readonly agentIn: AgentId | null;
  readonly reason: string;
  readonly by: AgentId | null;
  readonly at: Instant;
  /** The swap that it came from. */
  readonly swapId: SwapId | null;
  readonly isCancelled: boolean;
}

export const ABSENCE_KINDS = ['pto', 'sick', 'holiday', 'training'] as const;
export type AbsenceKind = (typeof ABSENCE_KINDS)[number];

/** A time in which an agent is away. Only an approved one takes them off their shifts. */
export interface Absence extends WallSpan {
  readonly absenceId: AbsenceId;
  readonly agentId: AgentId;
  readonly kind: AbsenceKind;
  readonly state: 'requested' | 'approved' | 'declined' | 'cancelled';
  readonly note: string;
  readonly requestedAt: Instant;
  readonly decidedBy: AgentId | null;
}

/**
 * A request that a colleague takes a shift or a part of it. The colleague agrees (accepted), then a lead approves; only
 * then it becomes an override. With `returnShiftId` the two shifts are exchanged.
 */
export interface Swap {
  readonly swapId: SwapId;
  readonly shiftId: ShiftId;
  /** The stretch that is given away, within the shift. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly fromAgent: AgentId;
  /** Null: whoever can and will. */
  readonly toAgent: AgentId | null;
  readonly returnShiftId: ShiftId | null;
  readonly state: 'asked' | 'accepted' | 'approved' | 'refused' | 'withdrawn';
  readonly reason: string;
  readonly askedAt: Instant;
  readonly decidedBy: AgentId | null;
}

/** Shifts of a stretch of time with all that changes them. */
export interface Plan {
  readonly shifts: readonly Shift[];
  readonly overrides: readonly Override[];
  readonly absences: readonly Absence[];
  readonly swaps: readonly Swap[];
}

export const EMPTY_PLAN: Plan = { shifts: [], overrides: [], absences: [], swaps: [] };

/** Which side of the plan is meant: what everybody sees, or that with the lead's draft on top. */
export type PlanLayer = 'published' | 'draft';

/** A person at work for one unbroken stretch: shifts with overrides, absences and breaks taken into account. Half-open. */
export interface Assignment {
  readonly agentId: AgentId;
  readonly from: Instant;
  readonly to: Instant;
  readonly shiftId: ShiftId;
  readonly hubId: HubId | null;
  /** When the whole turn ends; before it the person wraps up. */
  readonly turnEndsAt: Instant;
  readonly isOverride: boolean;
  /** Derived with other time-zone data than is in use. */
  readonly isStale: boolean;
}

/** A stretch of a shift that nobody works: it is open, or its person is away. */
export interface EmptyStretch {
  readonly shiftId: ShiftId;
  readonly agentId: AgentId | null;
  readonly hubId: HubId | null;
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: 'open' | 'absent' | 'left';
}
