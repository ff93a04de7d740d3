import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import {
  aroundSpan,
  askedWindow,
  issueBands,
  laneState,
  nearestStep,
  nextDue,
  nextStateChange,
  REACH_MS,
  promisesAround,
  ribbonEvents,
  ribbonMarks,
  stepFrom,
} from './ribbon-model.ts';
import type { RibbonLane } from './ribbon-model.ts';

const at = (iso: string): Instant => instant(Date.parse(iso));
const ANA = makeId('agt', 'ana');
const BEN = makeId('agt', 'ben');
const REQUIREMENT = makeId('req', 'l2');

function lane(...spans: readonly (readonly [string, string, ...(typeof ANA)[]])[]): RibbonLane {
  return {
    hubId: makeId('hub', 'ktm'),
    name: 'Kathmandu',
    zone: 'Asia/Kathmandu',
    shifts: spans.map(([from, to, ...agentIds]) => ({ from: at(`2026-03-02T${from}Z`), to: at(`2026-03-02T${to}Z`), agentIds })),
    daylight: [],
  };
}

function issue(kind: CoverageIssue['kind'], from: number, to: number, isBrief = false): CoverageIssue {
  return {
    kind,
    requirementId: REQUIREMENT,
    severity: 'major',
    from: instant(from),
    to: instant(to),
    have: 0,
    want: 1,
    rivals: [],
    shiftId: null,
    isBrief,
  };
}

describe('what is asked', () => {
  test('is the same for a full hour and always holds twelve hours to either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: 0, max: HOUR_MS - 1 }), (hour, within) => {
        const start = hour - (hour % HOUR_MS);
        const window = askedWindow(instant(start + within));
        expect(window).toEqual(askedWindow(instant(start)));
        expect(window.from).toBeLessThanOrEqual(start + within - REACH_MS);
        expect(window.to).toBeGreaterThan(start + within + REACH_MS);
      }),
    );
  });
});

describe('who is on in a lane', () => {
  const kathmandu = lane(['02:15', '06:00', ANA], ['06:00', '10:45', ANA, BEN], ['10:45', '12:00', BEN], ['14:15', '20:00', ANA]);
  const end = at('2026-03-02T20:00Z');

  test('stretches that touch are one turn; at a seam the later one counts', () => {
    expect(laneState(kathmandu, at('2026-03-02T06:00Z'), end).on).toEqual([
      { agentId: ANA, until: at('2026-03-02T10:45Z') },
      { agentId: BEN, until: at('2026-03-02T12:00Z') },
    ]);
    expect(laneState(kathmandu, at('2026-03-02T05:59Z'), end).on).toEqual([{ agentId: ANA, until: at('2026-03-02T10:45Z') }]);
  });

  test('with nobody on it tells who comes next, and behind the last shift nobody', () => {
    expect(laneState(kathmandu, at('2026-03-02T12:00Z'), end)).toEqual({
      on: [],
      changesAt: at('2026-03-02T14:15Z'),
      next: { from: at('2026-03-02T14:15Z'), agentIds: [ANA] },
    });
    expect(laneState(kathmandu, end, at('2026-03-03T00:00Z'))).toEqual({ on: [], changesAt: null, next: null });
  });

  test('how long somebody stays who is on to the end of what was asked is not known', () => {
    expect(laneState(kathmandu, at('2026-03-02T15:00Z'), end)).toEqual({
      on: [{ agentId: ANA, until: null }],
      changesAt: null,
      next: null,
    });
  });

  test('the words change next when the first lane or shortfall does', () => {
    const later = issue('gap', at('2026-03-02T07:00Z'), at('2026-03-02T07:30Z'));
    const now = at('2026-03-02T06:10Z');
    expect(nextStateChange([kathmandu], [], now, end)).toBe(at('2026-03-02T10:45Z'));
    expect(nextStateChange([kathmandu], [later], now, end)).toBe(later.from);
    expect(nextStateChange([kathmandu], [later], later.from, end)).toBe(later.to);
    expect(nextStateChange([], [], now, end)).toBeNull();
  });
});

describe('bands of shortfalls', () => {
  test('gaps of several requirements are one, and thin is told only beside them', () => {
    expect(
      issueBands([issue('thin', 0, 100), issue('gap', 20, 40), issue('gap', 30, 50), issue('contended', 90, 120), issue('low', 200, 300)]),
    ).toEqual([
      { kind: 'thin', from: 0, to: 20 },
      { kind: 'gap', from: 20, to: 50 },
      { kind: 'thin', from: 50, to: 120 },
    ]);
  });

  test('brief ones are for the details only', () => {
    expect(issueBands([issue('gap', 0, 10, true)])).toEqual([]);
  });

  test('bands never overlap, and a minute is in a band exactly when some issue is', () => {
    const anIssue = fc
      .tuple(
        fc.constantFrom('gap' as const, 'thin' as const, 'contended' as const),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
      )
      .map(([kind, from, length]) => issue(kind, from, from + length));
    fc.assert(
      fc.property(fc.array(anIssue, { maxLength: 12 }), (issues) => {
        const bands = issueBands(issues);
        for (let minute = 0; minute < 90; minute += 1) {
          const inside = issues.filter((each) => each.from <= minute && minute < each.to);
          const expected = inside.some((each) => each.kind === 'gap') ? ['gap'] : inside.length > 0 ? ['thin'] : [];
          expect(bands.filter((band) => band.from <= minute && minute < band.to).map((band) => band.kind)).toEqual(expected);
        }
      }),
    );
  });
});

describe('marks of what falls due', () => {
  const due = (minute: number, count: number, unstaffed: number): Ribbon['due'][number] => ({
    at: instant(minute * MINUTE_MS),
    count,
    unstaffed,
    caseIds: [],
  });
  const promised = (minute: number, count: number, infeasible: number, ...caseIds: CaseId[]): Ribbon['promises'][number] => ({
    at: instant(minute * MINUTE_MS),
    count,
    infeasible,
    caseIds,
  });

  test('what lies too close is one mark with the sum, and no case is lost', () => {
    const marks = ribbonMarks([due(60, 2, 1), due(0, 1, 0), due(15, 3, 0), due(45, 1, 0)], [], 45 * MINUTE_MS);
    expect(marks.map(({ from, to, count, unstaffed }) => [from / MINUTE_MS, to / MINUTE_MS, count, unstaffed])).toEqual([
      [0, 15, 4, 0],
      [45, 60, 3, 1],
    ]);
  });

  test('a mark tells cases and promises apart, and only cases become overdue', () => {
    const marks = ribbonMarks([due(20, 2, 1)], [promised(40, 3, 1), promised(0, 1, 0), promised(90, 2, 2)], 45 * MINUTE_MS);
    expect(marks).toEqual([
      { from: 0, to: 40 * MINUTE_MS, count: 2, unstaffed: 1, lastDueAt: 20 * MINUTE_MS, promises: 4, infeasible: 1 },
      { from: 90 * MINUTE_MS, to: 90 * MINUTE_MS, count: 0, unstaffed: 0, lastDueAt: null, promises: 2, infeasible: 2 },
    ]);
    expect(nextDue(marks, instant(0))).toBe(20 * MINUTE_MS);
    expect(nextDue(marks, instant(20 * MINUTE_MS))).toBeNull();
  });

  test('the promises around a time are those of the stretch that is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 12 }), fc.integer({ min: 0, max: 8 }), (minutes, quarter) => {
        const when = instant(quarter * 15 * MINUTE_MS);
        const all = minutes.map((minute, index) => promised(minute, 1, index % 2, makeId('case', `c${String(index)}`)));
        const span = aroundSpan(when);
        const within = all.filter((each) => span.from <= each.at && each.at < span.to);
        expect(promisesAround(all, when)).toEqual({
          count: within.length,
          infeasible: within.filter((each) => each.infeasible > 0).length,
          caseIds: within.flatMap((each) => each.caseIds),
        });
      }),
    );
  });
});

describe('walking', () => {
  test('a step leads to the next quarter of an hour, also from between two', () => {
    const ten = at('2026-03-02T10:10Z');
    expect(stepFrom(ten, 1)).toBe(at('2026-03-02T10:15Z'));
    expect(stepFrom(ten, -1)).toBe(at('2026-03-02T10:00Z'));
    expect(stepFrom(at('2026-03-02T10:15Z'), 1)).toBe(at('2026-03-02T10:30Z'));
    expect(stepFrom(at('2026-03-02T10:15Z'), -1)).toBe(at('2026-03-02T10:00Z'));
    expect(nearestStep(ten)).toBe(at('2026-03-02T10:15Z'));
  });

  test('events are every begin and end, in order and once', () => {
    const ribbon: Ribbon = {
      lanes: [lane(['02:15', '06:00', ANA], ['06:00', '10:45', BEN])],
      issues: [issue('gap', at('2026-03-02T10:45Z'), at('2026-03-02T12:00Z'))],
      due: [{ at: at('2026-03-02T07:30Z'), count: 1, unstaffed: 0, caseIds: [] }],
      promises: [{ at: at('2026-03-02T09:00Z'), count: 1, infeasible: 0, caseIds: [] }],
      hasPlan: true,
    };
    expect(ribbonEvents(ribbon).map((each) => new Date(each).toISOString().slice(11, 16))).toEqual([
      '02:15',
      '06:00',
      '07:30',
      '09:00',
      '10:45',
      '12:00',
    ]);
  });
});
