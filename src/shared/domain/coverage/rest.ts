import type { ShiftId } from '../ids.ts';
import { after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Stretch, Turn } from './assignments.ts';

export interface ShortRest {
  readonly otherShiftId: ShiftId;
  readonly side: 'before' | 'after';
  readonly restMs: number;
  /** The earliest start or the latest end with rest enough. */
  readonly limit: Instant;
}

/** Where the shift begins or ends a turn and the next one is too near. Time between two parts of the shift itself is none. */
export function shortRests(shiftId: ShiftId, turns: readonly Turn[], shortestMs: number): readonly ShortRest[] {
  return turns.flatMap((turn, index): readonly ShortRest[] => {
    const next = turns[index + 1];
    if (next === undefined || next.from - turn.to >= shortestMs) return [];
    const restMs = next.from - turn.to;
    const last = turn.stretches.filter((each) => each.to === turn.to);
    const first = next.stretches.filter((each) => each.from === next.from);
    const isMine = (each: Stretch): boolean => each.shiftId === shiftId;
    if (last.some(isMine) === first.some(isMine)) return [];
    const [other] = last.some(isMine) ? first : last;
    if (other === undefined) return [];
    return [
      last.some(isMine)
        ? { otherShiftId: other.shiftId, side: 'after', restMs, limit: after(next.from, -shortestMs) }
        : { otherShiftId: other.shiftId, side: 'before', restMs, limit: after(turn.to, shortestMs) },
    ];
  });
}

/** Turns with the shift in them that are too long. */
export function longTurns(shiftId: ShiftId, turns: readonly Turn[], longestMs: number): readonly Turn[] {
  return turns.filter((turn) => turn.to - turn.from > longestMs && turn.stretches.some((each) => each.shiftId === shiftId));
}
