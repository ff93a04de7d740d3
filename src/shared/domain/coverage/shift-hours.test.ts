import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { continuedHours, UNPLANNED_AFTER_MS } from './shift-hours.ts';
import type { WorkedStretch } from './shift-hours.ts';
import { EMPTY_ROSTER, EVERYBODY } from './roster.ts';
import type { AgentProfile, Hub, Roster, Rotation, ShiftTemplate } from './roster.ts';
import { makeId } from '../ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../time.ts';
import type { SpanPair } from '../time/calendar-spans.ts';

const BERLIN: Hub = {
  hubId: makeId('hub', 'berlin'),
  name: 'Berlin',
  zone: 'Europe/Berlin',
  position: null,
  weekend: ['sat', 'sun'],
  holidays: [{ date: { year: 2026, month: 4, day: 6 }, name: 'Ostermontag' }],
  isActive: true,
};
const ANNA: AgentProfile = {
  agentId: makeId('agt', 'anna'),
  name: 'Anna',
  hubId: BERLIN.hubId,
  zone: BERLIN.zone,
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: ['L1'],
  pattern: {},
  isActive: true,
};
const EARLY: ShiftTemplate = {
  templateId: makeId('tpl', 'early'),
  name: 'Early',
  hubId: BERLIN.hubId,
  zone: BERLIN.zone,
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  startMinute: 9 * 60,
  endMinute: 17 * 60,
  cycleWeeks: 1,
  activeWeeks: [0],
  anchorDate: { year: 2026, month: 1, day: 5 },
  validFrom: null,
  validUntil: null,
  breaks: [{ openMinute: 12 * 60, closeMinute: 12 * 60 + 30 }],
  needs: EVERYBODY,
  onHolidays: 'skip',
  isActive: true,
};
const TURNS: Rotation = {
  rotationId: makeId('rot', 'turns'),
  name: 'Turns',
  version: 1,
  supersedes: null,
  templateIds: [EARLY.templateId],
  agentIds: [ANNA.agentId],
  seats: 1,
  step: 'week',
  anchorDate: { year: 2026, month: 1, day: 5 },
  from: { year: 2026, month: 1, day: 5 },
  until: null,
  isActive: true,
};
const MANUAL: Roster = { ...EMPTY_ROSTER, hubs: [BERLIN], agents: [ANNA] };
const ROTATED: Roster = { ...MANUAL, templates: [EARLY], rotations: [TURNS] };

function at(text: string): number {
  return Date.parse(`${text}:00Z`);
}
/** The stretches that begin on a UTC date, as hours and minutes. */
function on(spans: readonly SpanPair[], date: string): readonly string[] {
  const text = (value: number): string => new Date(value).toISOString().slice(11, 16);
  return spans.filter((span) => new Date(span[0]).toISOString().startsWith(date)).map((span) => `${text(span[0])}-${text(span[1])}`);
}

/** The week of 23 March 2026, before the clocks of Berlin are put forward on the 29th: Monday to Friday, nine to five. */
const WEEK: readonly SpanPair[] = [23, 24, 25, 26, 27].map((day): SpanPair => [
  at(`2026-03-${String(day)}T08:00`),
  at(`2026-03-${String(day)}T16:00`),
]);
/** As the rules want them, each the whole of its shift. */
function worked(spans: readonly SpanPair[]): readonly WorkedStretch[] {
  return spans.map((span) => ({ from: instant(span[0]), to: instant(span[1]), begunAt: instant(span[0]) }));
}
const UNTIL = instant(at('2026-05-01T00:00'));

describe('hours behind the plan', () => {
  test('are those of the rotations, with their breaks, on the clocks of the hub, but for its holidays', () => {
    const hours = continuedHours(ROTATED, BERLIN.hubId, worked(WEEK), UNTIL);
    expect(on(hours, '2026-03-27')).toEqual(['08:00-16:00']);
    expect(on(hours, '2026-03-28')).toEqual([]);
    expect(on(hours, '2026-03-30')).toEqual(['07:00-10:00', '10:30-15:00']);
    expect(on(hours, '2026-04-06')).toEqual([]);
    expect(on(hours, '2026-04-07')).toEqual(['07:00-10:00', '10:30-15:00']);
  });

  test('are the last planned week again and again where there is no rotation, by the same clocks', () => {
    const hours = continuedHours(MANUAL, BERLIN.hubId, worked(WEEK), UNTIL);
    expect(on(hours, '2026-03-28')).toEqual([]);
    expect(on(hours, '2026-03-30')).toEqual(['07:00-15:00']);
    expect(on(hours, '2026-04-03')).toEqual(['07:00-15:00']);
    expect(on(hours, '2026-04-04')).toEqual([]);
    expect(on(hours, '2026-04-30')).toEqual(['07:00-15:00']);
  });

  test('end with a rotation that ends, and with a hub that is closed', () => {
    const ending: Roster = { ...ROTATED, rotations: [{ ...TURNS, until: { year: 2026, month: 3, day: 31 } }] };
    const hours = continuedHours(ending, BERLIN.hubId, worked(WEEK), UNTIL);
    expect(on(hours, '2026-03-31')).toHaveLength(2);
    expect(on(hours, '2026-04-01')).toEqual([]);
    expect(continuedHours({ ...ROTATED, hubs: [{ ...BERLIN, isActive: false }] }, BERLIN.hubId, worked(WEEK), UNTIL)).toEqual(WEEK);
  });

  test('a hub that never had a shift has none', () => {
    expect(continuedHours(ROTATED, BERLIN.hubId, [], UNTIL)).toEqual([]);
  });
});

describe('the day of the last shift', () => {
  test('is planned: its pattern begins on the next', () => {
    const [monday] = WEEK;
    if (monday === undefined) throw new Error('the week is empty');
    const morning: SpanPair = [monday[0], monday[0] + HOUR_MS];
    const hours = continuedHours(ROTATED, BERLIN.hubId, worked([morning]), UNTIL);
    expect(on(hours, '2026-03-23')).toEqual(['08:00-09:00']);
    expect(on(hours, '2026-03-24')).toEqual(['08:00-11:00', '11:30-16:00']);
  });

  test('is the day on which a night shift began, also after its break', () => {
    const night: Roster = { ...ROTATED, templates: [{ ...EARLY, startMinute: 22 * 60, endMinute: 6 * 60, breaks: [] }] };
    const begunAt = instant(at('2026-03-23T21:00'));
    const pieces: readonly WorkedStretch[] = [
      { from: begunAt, to: instant(at('2026-03-24T01:00')), begunAt },
      { from: instant(at('2026-03-24T01:30')), to: instant(at('2026-03-24T05:00')), begunAt },
    ];
    expect(on(continuedHours(night, BERLIN.hubId, pieces, UNTIL), '2026-03-24')).toEqual(['01:30-05:00', '21:00-05:00']);
  });
});

describe('within the plan', () => {
  test('a hole of a week is meant, a longer one is not planned yet', () => {
    const [monday] = WEEK;
    const last = WEEK.at(-1);
    if (monday === undefined || last === undefined) throw new Error('the week is empty');
    const again = (hole: number): SpanPair => [last[1] + hole, last[1] + hole + HOUR_MS];
    const meant = [...WEEK, again(UNPLANNED_AFTER_MS)];
    expect(continuedHours(ROTATED, BERLIN.hubId, worked(meant), instant(last[1]))).toEqual(meant);
    const unplanned = continuedHours(
      ROTATED,
      BERLIN.hubId,
      worked([...WEEK, again(UNPLANNED_AFTER_MS + MINUTE_MS)]),
      instant(last[1] + 30 * DAY_MS),
    );
    expect(on(unplanned, '2026-03-30')).toEqual(['07:00-10:00', '10:30-15:00']);
  });

  test('nothing that is planned gets lost, and nothing is added where the plan has shifts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 6 * 24 }), fc.integer({ min: 1, max: 16 })), { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        (steps, isRotated) => {
          const planned: SpanPair[] = [];
          let begin = at('2026-03-02T06:00');
          for (const [gap, length] of steps) {
            planned.push([begin, begin + length * HOUR_MS]);
            begin += (gap + length) * HOUR_MS;
          }
          const end = planned.at(-1)?.[1] ?? begin;
          const hours = continuedHours(isRotated ? ROTATED : MANUAL, BERLIN.hubId, worked(planned), instant(end + 20 * DAY_MS));
          const kept = hours.filter((span) => span[0] < end).map((span): SpanPair => [span[0], Math.min(span[1], end)]);
          expect(kept).toEqual(planned);
          for (let index = 1; index < hours.length; index += 1) expect(hours[index]?.[0]).toBeGreaterThan(hours[index - 1]?.[1] ?? 0);
        },
      ),
    );
  });
});
