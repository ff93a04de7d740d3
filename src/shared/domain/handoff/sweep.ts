import type { AgentId, CaseId, HandoffId } from '../ids.ts';
import { after } from '../time.ts';
import type { Instant } from '../time.ts';
import { toInstant, toLocal } from '../time/zone.ts';
import type { Duty, DutyTurn } from './duty.ts';
import type { HandoffRules } from './offer.ts';
import type { Severity } from './packet.ts';

/** The end and the begin of a turn: what may not be left behind, and what was. */

/** A case of somebody whose turn ends. */
export interface SweepCase {
  readonly caseId: CaseId;
  /** Due time of its next open promise; null without one. */
  readonly nextPromiseAt: Instant | null;
  readonly slaDueAt: Instant | null;
  readonly isVip: boolean;
  /** A customer is there and waits in a chat. */
  readonly isLiveChat: boolean;
  /** It has been offered and the offer stands. */
  readonly openHandoffId: HandoffId | null;
  /** It was parked, with a reason; null when it was not. */
  readonly parked: { readonly at: Instant; readonly reason: string } | null;
  /** What the customer or somebody else did last; null when nothing happened. */
  readonly lastChangeAt: Instant | null;
}

export type LeavingReason = 'live-chat' | 'promise' | 'vip' | 'due-before-back';

export interface SweepRow {
  readonly caseId: CaseId;
  /** Why it can not stay; empty when it may. */
  readonly reasons: readonly LeavingReason[];
  readonly state: 'to-do' | 'offered' | 'parked' | 'may-stay';
  /** The earlier of promise and SLA: what is due first comes first. */
  readonly dueAt: Instant | null;
}

export interface Sweep {
  /** When it may begin. */
  readonly beginsAt: Instant;
  readonly turnEndsAt: Instant;
  /** When its person is back; null when the plan does not say. */
  readonly backAt: Instant | null;
  /** What has to be done first, then what is done, then what may stay; each by due time. */
  readonly rows: readonly SweepRow[];
  readonly left: number;
  readonly done: number;
  readonly isDone: boolean;
}

const SWEEP_ORDER = ['to-do', 'offered', 'parked', 'may-stay'] as const;

/**
 * Sorts somebody's cases for the end of their turn: those that can not stay until they are back have to be offered or
 * parked in this sweep. Parking counts until something happens to the case. Null when they are not on shift.
 */
export function sunsetSweep(agentId: AgentId, cases: readonly SweepCase[], duty: Duty, now: Instant, rules: HandoffRules): Sweep | null {
  const turn = duty.turnAt(agentId, now);
  if (turn === null) return null;
  const backAt = duty.nextTurn(agentId, now)?.from ?? null;
  const beginsAt = after(turn.to, -rules.sweepLeadMs);
  const rows = cases
    .map((each) => sweepRow(each, backAt, beginsAt))
    .sort(
      (a, b) =>
        SWEEP_ORDER.indexOf(a.state) - SWEEP_ORDER.indexOf(b.state) ||
        (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) ||
        (a.caseId < b.caseId ? -1 : 1),
    );
  const left = rows.filter((each) => each.state === 'to-do').length;
  const done = rows.filter((each) => each.state === 'offered' || each.state === 'parked').length;
  return { beginsAt, turnEndsAt: turn.to, backAt, rows, left, done, isDone: left === 0 };
}

/** Why a case can not stay until its owner is back. Who does not know when they are back leaves nothing that is due. */
export function leavingReasons(each: SweepCase, backAt: Instant | null): readonly LeavingReason[] {
  const reasons: LeavingReason[] = [];
  if (each.isLiveChat) reasons.push('live-chat');
  if (each.nextPromiseAt !== null) reasons.push('promise');
  if (each.isVip) reasons.push('vip');
  if (each.slaDueAt !== null && (backAt === null || each.slaDueAt < backAt)) reasons.push('due-before-back');
  return reasons;
}

function sweepRow(each: SweepCase, backAt: Instant | null, beginsAt: Instant): SweepRow {
  const reasons = leavingReasons(each, backAt);
  return { caseId: each.caseId, reasons, state: stateOf(each, reasons, beginsAt), dueAt: earliest(each.nextPromiseAt, each.slaDueAt) };
}

function stateOf(
  { openHandoffId, parked, lastChangeAt }: SweepCase,
  reasons: readonly LeavingReason[],
  beginsAt: Instant,
): SweepRow['state'] {
  if (openHandoffId !== null) return 'offered';
  if (reasons.length === 0) return 'may-stay';
  const isParked =
    parked !== null && parked.reason.trim() !== '' && parked.at >= beginsAt && (lastChangeAt === null || lastChangeAt <= parked.at);
  return isParked ? 'parked' : 'to-do';
}

/** A case that may be of interest to somebody whose turn begins. */
export interface BriefCase {
  readonly caseId: CaseId;
  readonly ownerId: AgentId | null;
  /** An offer to them, or to their hub, that stands. */
  readonly offeredToMe: { readonly handoffId: HandoffId; readonly expiresAt: Instant; readonly severity: Severity | null } | null;
  /** Since when it is theirs. */
  readonly ownedSince: Instant | null;
  readonly lastChangeAt: Instant | null;
  readonly slaDueAt: Instant | null;
  /** Open ones. */
  readonly promises: readonly { readonly dueAt: Instant; readonly madeAt: Instant; readonly text: string }[];
}

export interface Brief {
  /** The turn that it is for, and the end of the one before; null when there was none. */
  readonly turn: DutyTurn;
  readonly since: Instant | null;
  /** Up to when something is due "before noon". */
  readonly noonAt: Instant;
  /** Each in its order: what expires first; what changed last; what is due first. */
  readonly handedOver: readonly CaseId[];
  readonly changed: readonly CaseId[];
  readonly dueBeforeNoon: readonly CaseId[];
  /** Of mine, what the last shift promised and nobody has kept yet. */
  readonly promises: readonly { readonly caseId: CaseId; readonly dueAt: Instant; readonly text: string }[];
}

/**
 * What somebody has to know when their turn begins (or later in it). Noon is that of their own day; for a turn that begins
 * after it, the middle of the turn. Null when they are not on shift and have no turn to come.
 */
export function sunriseBrief(agentId: AgentId, zone: string, cases: readonly BriefCase[], duty: Duty, now: Instant): Brief | null {
  const turn = duty.turnAt(agentId, now) ?? duty.nextTurn(agentId, now);
  if (turn === null) return null;
  const since = duty.lastTurn(agentId, turn.from)?.to ?? null;
  const noonAt = noonOf(turn, zone);
  const isNew = (at: Instant | null): boolean => at !== null && (since === null || at >= since);
  const mine = cases.filter((each) => each.ownerId === agentId);
  const offered = cases.filter((each) => each.offeredToMe !== null);
  const given = mine.filter((each) => isNew(each.ownedSince));
  const due = (each: BriefCase): Instant | null => each.promises.reduce((first, one) => earliest(first, one.dueAt), each.slaDueAt);
  return {
    turn,
    since,
    noonAt,
    handedOver: ids([...ordered(offered, (each) => each.offeredToMe?.expiresAt ?? null), ...ordered(given, due)]),
    changed: ids(
      ordered(mine, (each) => each.lastChangeAt)
        .filter((each) => isNew(each.lastChangeAt))
        .toReversed(),
    ),
    dueBeforeNoon: ids(ordered([...mine, ...offered], due).filter((each) => (due(each) ?? noonAt) < noonAt)),
    promises: [...mine, ...offered.filter((each) => each.ownerId !== agentId)]
      .flatMap(({ caseId, promises }) => promises.filter((each) => isNew(each.madeAt)).map(({ dueAt, text }) => ({ caseId, dueAt, text })))
      .sort((a, b) => a.dueAt - b.dueAt || (a.caseId < b.caseId ? -1 : 1)),
  };
}

function noonOf(turn: DutyTurn, zone: string): Instant {
  const { year, month, day } = toLocal(zone, turn.from);
  const noon = toInstant(zone, { year, month, day, hour: 12, minute: 0, second: 0 });
  return noon > turn.from ? noon : after(turn.from, (turn.to - turn.from) / 2);
}

function ordered(cases: readonly BriefCase[], at: (each: BriefCase) => Instant | null): readonly BriefCase[] {
  return cases.toSorted(
    (a, b) => (at(a) ?? Number.POSITIVE_INFINITY) - (at(b) ?? Number.POSITIVE_INFINITY) || (a.caseId < b.caseId ? -1 : 1),
  );
}

function ids(cases: readonly BriefCase[]): readonly CaseId[] {
  return [...new Set(cases.map((each) => each.caseId))];
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
