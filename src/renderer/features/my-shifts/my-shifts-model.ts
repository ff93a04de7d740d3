import type { MyShifts, MyTurn } from '../../../shared/contract/coverage.contract.ts';
import type { Absence, Plan, Swap } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { weekdayOfEpochDay, WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { epochDayAt } from '../../../shared/domain/time/zone.ts';

/** What an agent sees of their own shifts, put in order. */

export interface NextTurn {
  readonly turn: MyTurn;
  readonly isNow: boolean;
}

/** The turn that runs, else the next to come; null when none is planned. */
export function nextTurn(turns: readonly MyTurn[], now: Instant): NextTurn | null {
  const turn = [...turns].sort((a, b) => a.from - b.from).find((each) => each.to > now);
  return turn === undefined ? null : { turn, isNow: turn.from <= now };
}

/** When `nextTurn` answers something else. */
export function nextTurnChange(turns: readonly MyTurn[], now: Instant): Instant | null {
  const next = nextTurn(turns, now);
  if (next === null) return null;
  return next.isNow ? next.turn.to : next.turn.from;
}

export interface TurnWeek {
  /** Days since 1970-01-01 of the week's Monday. */
  readonly monday: number;
  readonly turns: readonly MyTurn[];
  readonly totalMs: number;
}

/** Turns by the week in a zone that they begin in, those that are over left out. Weeks begin on Monday. */
export function turnWeeks(turns: readonly MyTurn[], zone: string, now: Instant): readonly TurnWeek[] {
  const weeks = new Map<number, MyTurn[]>();
  for (const turn of [...turns].sort((a, b) => a.from - b.from)) {
    if (turn.to <= now) continue;
    const day = epochDayAt(zone, turn.from);
    const monday = day - WEEKDAYS.indexOf(weekdayOfEpochDay(day));
    weeks.set(monday, [...(weeks.get(monday) ?? []), turn]);
  }
  return [...weeks].map(([monday, list]) => ({ monday, turns: list, totalMs: list.reduce((sum, each) => sum + each.to - each.from, 0) }));
}

type MySwap = MyShifts['swaps'][number];

export interface SortedSwaps {
  /** Asked of me, or of anybody and I could. */
  readonly offered: readonly MySwap[];
  readonly mine: readonly MySwap[];
  /** What I took over or was a part of, decided. */
  readonly others: readonly MySwap[];
}

/** Swaps by what I can do about them, the newest first. */
export function sortedSwaps(swaps: MyShifts['swaps'], me: AgentId): SortedSwaps {
  const newest = [...swaps].sort((a, b) => b.askedAt - a.askedAt);
  return {
    offered: newest.filter((swap) => swap.fromAgent !== me && swap.state === 'asked'),
    mine: newest.filter((swap) => swap.fromAgent === me),
    others: newest.filter((swap) => swap.fromAgent !== me && swap.state !== 'asked'),
  };
}

/** Whether I can still take back what I asked. */
export function canWithdraw(swap: Swap): boolean {
  return swap.state === 'asked' || swap.state === 'accepted';
}

/** Absences that are not over or not decided, the next one first. */
export function openAbsences(absences: readonly Absence[], now: Instant): readonly Absence[] {
  return absences.filter((absence) => absence.endAt > now && absence.state !== 'cancelled').sort((a, b) => a.startAt - b.startAt);
}

/** A shift of mine that can still be given away, with all its stretches as one. */
export interface OwnShift {
  readonly shiftId: ShiftId;
  readonly from: Instant;
  readonly to: Instant;
}

/** My shifts that have not ended, each once: breaks cut a turn but not the shift. */
export function ownShifts(turns: readonly MyTurn[], now: Instant): readonly OwnShift[] {
  const shifts = new Map<ShiftId, OwnShift>();
  for (const { shiftId, from, to } of turns) {
    const known = shifts.get(shiftId);
    shifts.set(shiftId, {
      shiftId,
      from: known === undefined || from < known.from ? from : known.from,
      to: known === undefined || to > known.to ? to : known.to,
    });
  }
  return [...shifts.values()].filter((shift) => shift.to > now).sort((a, b) => a.from - b.from);
}

/** The shifts of a colleague that could be taken in return: published, to come, and not changed by an override. */
export function shiftsOf(plan: Plan, agentId: AgentId, now: Instant): readonly OwnShift[] {
  return plan.shifts
    .flatMap(({ shiftId, published }) =>
      published !== null && published.agentId === agentId && published.startAt > now
        ? [{ shiftId, from: published.startAt, to: published.endAt }]
        : [],
    )
    .filter(({ shiftId }) => !plan.overrides.some((override) => override.shiftId === shiftId && !override.isCancelled))
    .sort((a, b) => a.from - b.from);
}
