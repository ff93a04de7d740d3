import fc from 'fast-check';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { parseLocalDateTime } from '../../src/shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../src/shared/domain/time/local-time.ts';
import { wallSpan } from '../../src/shared/domain/coverage/derive.ts';
import { EMPTY_PLAN, SAME } from '../../src/shared/domain/coverage/plan.ts';
import type { Absence, DraftState, Override, Plan, Shift, ShiftBody, ShiftBreak } from '../../src/shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../src/shared/domain/coverage/roster.ts';

/** Shifts and what cuts them, for the tests of coverage: everything that a test does not speak of is plain. */

export const ZONE_DATA = '2026a';

/** A wall time from `2026-06-01T09:00`. */
export function wall(text: string): LocalDateTime {
  const parsed = parseLocalDateTime(text);
  if (parsed === null) throw new RangeError(`no wall time: ${text}`);
  return parsed;
}

/** A break of a shift from one wall time to another. */
export function breakAt(zone: string, start: string, end: string): ShiftBreak {
  const { startLocal, endLocal, startAt, endAt } = wallSpan(zone, wall(start), wall(end), ZONE_DATA);
  return { startLocal, endLocal, startAt, endAt };
}

export function body(person: AgentProfile | null, start: string, end: string, part: Partial<ShiftBody> = {}): ShiftBody {
  return {
    ...wallSpan(part.zone ?? 'UTC', wall(start), wall(end), ZONE_DATA),
    agentId: person?.agentId ?? null,
    hubId: null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
    ...part,
  };
}

/** A published shift. */
export function shift(name: string, published: ShiftBody | null, draft: DraftState = SAME): Shift {
  return { shiftId: makeId('shf', name), revision: published === null ? 0 : 1, published, cancelled: null, draft };
}

export function override(
  name: string,
  of: Shift,
  agentIn: AgentProfile | null,
  start: string,
  end: string,
  part: Partial<Override> = {},
): Override {
  return {
    ...wallSpan('UTC', wall(start), wall(end), ZONE_DATA),
    overrideId: makeId('ovr', name),
    shiftId: of.shiftId,
    agentIn: agentIn?.agentId ?? null,
    reason: '',
    by: null,
    at: instant(0),
    swapId: null,
    isCancelled: false,
    ...part,
  };
}

export function absence(name: string, person: AgentProfile, start: string, end: string, part: Partial<Absence> = {}): Absence {
  return {
    ...wallSpan('UTC', wall(start), wall(end), ZONE_DATA),
    absenceId: makeId('abs', name),
    agentId: person.agentId,
    kind: 'pto',
    state: 'approved',
    note: '',
    requestedAt: instant(0),
    decidedBy: null,
    ...part,
  };
}

export function plan(part: Partial<Plan>): Plan {
  return { ...EMPTY_PLAN, ...part };
}

/** Wall times on the quarters of a few days around midnight of `2026-10-25`, when the clocks of Europe are set back. */
export const quarters: fc.Arbitrary<LocalDateTime> = fc
  .tuple(fc.integer({ min: 23, max: 27 }), fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map(([day, hour, minute]) => ({ year: 2026, month: 10, day, hour, minute, second: 0 }));

/** Bodies of shifts of a few people and of nobody, some of no length or less, some with breaks outside of them. */
export function bodies(agentIds: readonly AgentId[]): fc.Arbitrary<ShiftBody> {
  return fc
    .record({
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
      start: quarters,
      hours: fc.constantFrom(0, 1, 4, 8, 8, 8, 9, 17),
      agentId: fc.constantFrom(null, ...agentIds),
      lunch: fc.constantFrom(null, 1, 3, 20),
      note: fc.constantFrom('', 'front desk'),
    })
    .map(({ zone, start, hours, agentId, lunch, note }) => {
      const later = (by: number): LocalDateTime => {
        const hour = start.hour + by;
        return { ...start, day: start.day + Math.floor(hour / 24), hour: hour % 24 };
      };
      const breaks = lunch === null ? [] : [wallSpan(zone, later(lunch), later(lunch + 1), ZONE_DATA)];
      return {
        ...body(null, '2026-06-01T00:00', '2026-06-01T00:00'),
        ...wallSpan(zone, start, later(hours), ZONE_DATA),
        agentId,
        note,
        breaks: breaks.map(({ startLocal, endLocal, startAt, endAt }) => ({ startLocal, endLocal, startAt, endAt })),
      };
    });
}
