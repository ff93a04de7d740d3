import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZONE_DATA, absence, bodies, body, breakAt, override, plan, quarters, shift, wall } from '../../../../test/coverage/plan.ts';
import { agent, at, roster } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { wallOf } from '../time/local-time.ts';
import { assignments } from './assignments.ts';
import { rederiveShifts, rederiveSpans, retimed, retimedBetween, shiftBreaks, spanBetween, wallSpan } from './derive.ts';
import { SAME } from './plan.ts';
import type { Shift, ShiftBody } from './plan.ts';

const ANN = agent('ann');
const NEW = '2026b';
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];

describe('a stretch of wall time', () => {
  test('has both ends by one rule', () => {
    expect(wallSpan('Europe/Berlin', wall('2026-03-28T22:00'), wall('2026-03-29T02:30'), ZONE_DATA)).toEqual({
      zone: 'Europe/Berlin',
      startLocal: wall('2026-03-28T22:00'),
      endLocal: wall('2026-03-29T02:30'),
      startAt: at('2026-03-28T21:00Z'),
      endAt: at('2026-03-29T01:30Z'),
      zoneData: ZONE_DATA,
    });
    expect(wallSpan('Europe/Berlin', wall('2026-10-25T02:30'), wall('2026-10-25T10:00'), ZONE_DATA).startAt).toBe(at('2026-10-25T00:30Z'));
  });

  test('between two instants is told by the zone where it can tell them, else by UTC', () => {
    const told = spanBetween('Europe/Berlin', at('2026-10-25T00:30Z'), at('2026-10-25T09:00Z'), ZONE_DATA);
    expect(told).toEqual(wallSpan('Europe/Berlin', wall('2026-10-25T02:30'), wall('2026-10-25T10:00'), ZONE_DATA));
    const second = spanBetween('Europe/Berlin', at('2026-10-25T01:30Z'), at('2026-10-25T09:00Z'), ZONE_DATA);
    expect(second).toEqual(wallSpan('UTC', wall('2026-10-25T01:30'), wall('2026-10-25T09:00'), ZONE_DATA));
  });

  test('touches the next where their wall times touch, on every night of the year', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), quarters, quarters, quarters, (zone, a, b, c) => {
        expect(wallSpan(zone, a, b, '').endAt).toBe(wallSpan(zone, b, c, '').startAt);
      }),
    );
  });

  test('between any two instants is derived back to them', () => {
    const moment = fc.integer({ min: 0, max: 8 * 86_400 }).map((second) => instant(Date.UTC(2026, 9, 22) + second * SECOND_MS));
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moment, moment, (zone, startAt, endAt) => {
        const span = spanBetween(zone, startAt, endAt, ZONE_DATA);
        expect(span).toEqual(wallSpan(span.zone, span.startLocal, span.endLocal, ZONE_DATA));
        expect([span.startAt, span.endAt]).toEqual([startAt, endAt]);
      }),
    );
  });
});

describe('breaks', () => {
  const span = wallSpan('UTC', wall('2026-06-01T22:00'), wall('2026-06-02T06:00'), ZONE_DATA);
  const times = (windows: readonly (readonly [number, number])[]) =>
    shiftBreaks(
      span,
      windows.map(([open, close]) => ({ openMinute: open * 60, closeMinute: close * 60 })),
    ).map((each) => [(each.startAt - span.startAt) / HOUR_MS, (each.endAt - span.startAt) / HOUR_MS]);

  test('before the start minute are on the next day, and are in order', () => {
    expect(
      times([
        [2, 3],
        [22, 22.25],
        [23.5, 0.5],
      ]),
    ).toEqual([
      [0, 0.25],
      [1.5, 2.5],
      [4, 5],
    ]);
  });

  test('are cut at the ends of the shift, and left out beyond them', () => {
    expect(
      times([
        [5, 7],
        [12, 13],
        [6, 7],
      ]),
    ).toEqual([[7, 8]]);
  });
});

describe('a shift at other times', () => {
  const lunch = breakAt('UTC', '2026-06-01T12:00', '2026-06-01T13:00');
  const day = body(ANN, '2026-06-01T09:00', '2026-06-01T17:00', { breaks: [lunch] });

  test('takes its breaks along when it is moved', () => {
    const moved = retimed(day, wall('2026-06-02T11:00'), wall('2026-06-02T19:00'), NEW);
    expect(moved).toEqual(
      body(ANN, '2026-06-02T11:00', '2026-06-02T19:00', {
        breaks: [breakAt('UTC', '2026-06-02T14:00', '2026-06-02T15:00')],
        zoneData: NEW,
      }),
    );
  });

  test('leaves them where they are when an end is moved', () => {
    expect(retimed(day, wall('2026-06-01T09:00'), wall('2026-06-01T18:00'), NEW).breaks).toEqual([lunch]);
    expect(retimed(day, wall('2026-06-01T12:30'), wall('2026-06-01T17:00'), NEW).breaks).toEqual([
      breakAt('UTC', '2026-06-01T12:30', '2026-06-01T13:00'),
    ]);
    expect(retimed(day, wall('2026-06-01T13:00'), wall('2026-06-01T17:00'), NEW).breaks).toEqual([]);
  });

  test('in a repeated hour keeps the instants of its breaks', () => {
    const night = body(ANN, '2026-10-25T01:00', '2026-10-25T09:00', {
      zone: 'Europe/Berlin',
      breaks: [breakAt('Europe/Berlin', '2026-10-25T05:00', '2026-10-25T05:30')],
    });
    const second = retimedBetween(night, at('2026-10-25T01:30Z'), night.endAt, NEW);
    expect(second).toMatchObject({ zone: 'UTC', startAt: at('2026-10-25T01:30Z'), endAt: at('2026-10-25T08:00Z') });
    expect(second.breaks).toEqual([breakAt('UTC', '2026-10-25T04:00', '2026-10-25T04:30')]);
    expect(retimedBetween(night, at('2026-10-25T00:30Z'), night.endAt, NEW)).toMatchObject({ zone: 'Europe/Berlin', breaks: night.breaks });
  });
});

/** As if the data of that day had put the clocks of the zone elsewhere. */
function derivedElsewhere(is: ShiftBody, byMs: number): ShiftBody {
  return {
    ...is,
    startAt: after(is.startAt, byMs),
    endAt: after(is.endAt, byMs),
    breaks: is.breaks.map((each) => ({ ...each, startAt: after(each.startAt, byMs), endAt: after(each.endAt, byMs) })),
  };
}

describe('new time-zone data', () => {
  const zone = 'America/Vancouver';
  const right = body(ANN, '2026-11-23T09:00', '2026-11-23T17:00', {
    zone,
    breaks: [breakAt(zone, '2026-11-23T12:00', '2026-11-23T13:00')],
  });
  const old = derivedElsewhere(right, HOUR_MS);
  const now = at('2026-11-22T12:00Z');

  test('moves what is to come, tells by how much, and gives calendars a revision', () => {
    const row = shift('a', old);
    const { changed, moved } = rederiveShifts([row], NEW, now);
    expect(changed).toEqual([{ ...row, revision: 2, published: { ...right, zoneData: NEW } }]);
    expect(moved).toEqual([
      { shiftId: row.shiftId, layer: 'published', before: old, after: { ...right, zoneData: NEW }, startMs: -HOUR_MS, endMs: -HOUR_MS },
    ]);
  });

  test('moves drafts without a revision, and only names itself where nothing moves', () => {
    const row = shift('a', right, { kind: 'changed', body: { ...old, note: 'draft' } });
    const { changed, moved } = rederiveShifts([row], NEW, now);
    expect(changed.map((each) => each.revision)).toEqual([1]);
    expect(changed[0]?.published).toEqual({ ...right, zoneData: NEW });
    expect(moved.map((each) => each.layer)).toEqual(['draft']);
    expect(rederiveShifts(changed, NEW, now)).toEqual({ changed: [], moved: [] });
    const removed = rederiveShifts([shift('b', old, { kind: 'removed' })], NEW, now);
    expect(removed.changed[0]?.draft).toEqual({ kind: 'removed' });
  });

  test('leaves alone what has begun, by the old data or by the new', () => {
    for (const begun of [old.startAt, right.startAt, instant(right.startAt + 30 * MINUTE_MS)]) {
      expect(rederiveShifts([shift('a', old)], NEW, begun)).toEqual({ changed: [], moved: [] });
    }
    expect(rederiveShifts([shift('a', old)], NEW, after(right.startAt, -1)).changed).toHaveLength(1);
  });

  test('moves overrides and absences the same way', () => {
    const row = shift('a', right);
    const late = { zone, startLocal: wall('2026-11-23T12:00'), endLocal: wall('2026-11-23T17:00') };
    const span = { ...late, startAt: at('2026-11-23T20:00Z'), endAt: at('2026-11-24T01:00Z') };
    const taken = override('o', row, ANN, '2026-06-01T00:00', '2026-06-01T01:00', span);
    const away = absence('x', ANN, '2026-06-01T00:00', '2026-06-01T01:00', span);
    const is = wallSpan(zone, late.startLocal, late.endLocal, NEW);
    expect(rederiveSpans([taken], NEW, now)).toMatchObject({
      changed: [{ ...taken, ...is }],
      moved: [{ startMs: -HOUR_MS, endMs: -HOUR_MS }],
    });
    expect(rederiveSpans([away], NEW, now).changed).toEqual([{ ...away, ...is }]);
    expect(rederiveSpans([{ ...away, zoneData: NEW }], NEW, now)).toEqual({ changed: [], moved: [] });
  });
});

describe('new time-zone data, whatever it says', () => {
  const BEN = agent('ben');
  const hours = fc.constantFrom(-2, -1, -0.5, 0, 0, 1, 2).map((each) => each * HOUR_MS);
  const rows = fc.array(fc.tuple(bodies([ANN.agentId, BEN.agentId]), hours, fc.constantFrom(ZONE_DATA, NEW)), { maxLength: 8 }).map((all) =>
    all.map(([is, byMs, zoneData], index): Shift => ({
      shiftId: makeId('shf', String(index)),
      revision: 1,
      published: { ...(zoneData === NEW ? is : derivedElsewhere(is, byMs)), zoneData },
      cancelled: null,
      draft: SAME,
    })),
  );
  const nows = fc.integer({ min: 0, max: 5 * 96 }).map((quarter) => instant(Date.UTC(2026, 9, 23) + quarter * 15 * MINUTE_MS));
  const [from, end] = [at('2026-10-20T00:00Z'), at('2026-11-02T00:00Z')];
  const team = roster({ agents: [ANN, BEN] });
  const withChanged = (all: readonly Shift[], now: Instant) => {
    const changed = new Map(rederiveShifts(all, NEW, now).changed.map((each) => [each.shiftId, each]));
    return all.map((each) => changed.get(each.shiftId) ?? each);
  };

  test('never rewrites who was on', () => {
    fc.assert(
      fc.property(rows, nows, (all, now) => {
        const past = (shifts: readonly Shift[]) =>
          assignments(team, plan({ shifts }), 'published', from, now, NEW).assignments.map(({ agentId, from: begin, to, shiftId }) => ({
            agentId,
            from: begin,
            to,
            shiftId,
          }));
        expect(past(withChanged(all, now))).toEqual(past(all));
      }),
    );
  });

  test('leaves nothing behind that begins later, and does nothing twice', () => {
    fc.assert(
      fc.property(rows, nows, (all, now) => {
        const after = withChanged(all, now);
        for (const { published: is } of after) {
          if (is === null || is.zoneData === NEW) continue;
          const again = wallSpan(is.zone, is.startLocal, is.endLocal, NEW);
          expect(Math.min(is.startAt, again.startAt)).toBeLessThanOrEqual(now);
        }
        expect(rederiveShifts(after, NEW, now).changed).toEqual([]);
        const moved = rederiveShifts(all, NEW, now).moved.map((each) => each.shiftId);
        const differ = all.filter((each, index) => each.published?.startAt !== after[index]?.published?.startAt);
        expect(moved).toEqual(expect.arrayContaining(differ.map((each) => each.shiftId)));
        for (const [index, each] of after.entries()) {
          expect(wallOf(each.published?.startLocal ?? wall('2026-01-01T00:00'))).toBe(
            wallOf(all[index]?.published?.startLocal ?? wall('2026-01-01T00:00')),
          );
        }
        expect(end).toBeGreaterThan(now);
      }),
    );
  });
});
