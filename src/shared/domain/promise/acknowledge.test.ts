import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hour } from '../../../../test/coverage/team.ts';
import { StaffedTime } from '../coverage/staffed-time.ts';
import { OpenTime } from '../time/open-time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import { toLocal } from '../time/zone.ts';
import { SENDING_MS, acknowledgementFacts, isStale } from './acknowledge.ts';
import type { AcknowledgementQuestion } from './acknowledge.ts';

const zone = 'Asia/Kathmandu';
const span = (from: number, to: number) => ({ from: hour(from), to: hour(to) });
const openSpans = (...spans: ReturnType<typeof span>[]) => new OpenTime([{ id: 'promised', spans }]);
const minutes = (at: number, count: number) => instant(hour(at) + count * MINUTE_MS);

const QUESTION: AcknowledgementQuestion = {
  now: hour(10),
  targetMs: 4 * HOUR_MS,
  open: openSpans(span(9, 17), span(33, 41), span(57, 65)),
  staffed: new StaffedTime([span(8, 16), span(32, 40)]),
  readingMs: 15 * MINUTE_MS,
  plannedUntil: hour(24 * 30),
  customerZone: zone,
  readerLanguage: 'ja',
};

describe('what an acknowledgement may say', () => {
  test('is the time that the policy promises, when somebody is on before it', () => {
    expect(acknowledgementFacts(QUESTION)).toEqual({
      kind: 'timed',
      readerLanguage: 'ja',
      // four hours after it was sent, and up to five minutes more
      readBy: minutes(14, 5),
      readByLocal: toLocal(zone, minutes(14, 5)),
      nowLocal: toLocal(zone, hour(10)),
      decidedBy: 'policy',
      validUntil: minutes(10, 5),
    });
  });

  test('is when somebody has been on, when that is later', () => {
    const staffed = new StaffedTime([span(32, 40)]);
    expect(acknowledgementFacts({ ...QUESTION, staffed })).toMatchObject({ decidedBy: 'staffing', readBy: minutes(32, 15) });
  });

  test('stays true over the night, as nothing that counts goes by', () => {
    // at 16:59 and a half one minute of sending ends the day: four hours from 33:00 on are over at 37:00
    const facts = acknowledgementFacts({ ...QUESTION, now: hour(20) });
    expect(facts).toMatchObject({ readBy: hour(37), validUntil: hour(33) });
    expect([hour(20), hour(33), minutes(33, 1)].map((at) => isStale(facts, at))).toEqual([false, false, true]);
  });

  test('tells no time that is unknown, unpromised, unstaffed or far away', () => {
    const reason = (part: Partial<AcknowledgementQuestion>) => {
      const facts = acknowledgementFacts({ ...QUESTION, ...part });
      return facts.kind === 'untimed' ? facts.reason : facts.kind;
    };
    const nobody = new StaffedTime([]);
    expect(reason({ customerZone: null })).toBe('unknown-zone');
    expect(reason({ targetMs: null })).toBe('no-target');
    expect(reason({ open: null })).toBe('never-opens');
    expect(reason({ open: openSpans() })).toBe('never-opens');
    expect(reason({ staffed: nobody })).toBe('unstaffed');
    expect(reason({ staffed: nobody, plannedUntil: hour(48) })).toBe('unplanned');
    expect(reason({ open: openSpans(span(10 + 24 * 7 - 3, 24 * 9)) })).toBe('too-far');
    expect(reason({ open: openSpans(span(10 + 24 * 7 - 5, 24 * 9)) })).toBe('timed');
    expect(isStale(acknowledgementFacts({ ...QUESTION, targetMs: null }), hour(9999))).toBe(false);
  });
});

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 12 })
  .map((pairs) => pairs.map(([from, length]) => ({ from: minutes(0, from), to: minutes(0, from + length) })));

test('a sentence is true until it is stale, and not a moment longer', () => {
  fc.assert(
    fc.property(
      spans,
      spans,
      fc.integer({ min: 0, max: 6000 }),
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 60 }),
      (open, staffed, now, target, reading) => {
        const question = { ...QUESTION, open: new OpenTime([{ id: 'promised', spans: open }]), staffed: new StaffedTime(staffed) };
        const asked = { ...question, now: minutes(0, now), targetMs: target * MINUTE_MS, readingMs: reading * MINUTE_MS };
        const facts = acknowledgementFacts(asked);
        fc.pre(facts.kind === 'timed');
        const isKept = (at: number): boolean =>
          asked.open.elapsed(at, facts.readBy) >= asked.targetMs && asked.staffed.runway(at, facts.readBy) >= asked.readingMs;
        expect([isKept(asked.now), isKept(facts.validUntil), isKept(facts.validUntil + 1)]).toEqual([true, true, false]);
        expect(facts.validUntil).toBeGreaterThanOrEqual(asked.now + SENDING_MS);
        expect(facts.readBy).toBeLessThanOrEqual(asked.now + 7 * DAY_MS);
        expect(facts.readByLocal.minute % 5).toBe(0);
        // no earlier time would do
        expect(isKept(asked.now + SENDING_MS) && facts.readBy - asked.now).toBeGreaterThan(0);
        const earlier = facts.readBy - 5 * MINUTE_MS;
        const sent = asked.now + SENDING_MS;
        expect(asked.open.elapsed(sent, earlier) >= asked.targetMs && asked.staffed.runway(sent, earlier) >= asked.readingMs).toBe(false);
      },
    ),
  );
});
