import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { absence, body, breakAt, override, plan, shift } from '../../../../test/coverage/plan.ts';
import { ability, agent, at, hub, requirement, roster, template } from '../../../../test/coverage/team.ts';
import type { Plan, PublishedChange, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import { icsExport } from './ics-export.ts';
import type { CalendarOf, CalendarQuestion } from './ics-export.ts';
import { contentLine, textLine } from './ics-text.ts';

const late = template('late', 'Asia/Singapore');
const singapore = hub('singapore', 'Asia/Singapore');
const ann = agent('ann', { languages: [ability('ko')] });
const ben = agent('ben');
const TEAM = roster({ hubs: [singapore], agents: [ann, ben], templates: [late] });
const WINDOW = { from: at('2026-06-01T00:00:00Z'), to: at('2026-07-01T00:00:00Z'), now: at('2026-05-30T12:34:56Z') };

function of(person: typeof ann): CalendarOf {
  return { kind: 'agent', agentId: person.agentId };
}

function exported(
  calendar: CalendarOf,
  part: Partial<Plan>,
  changes: readonly PublishedChange[] = [],
  more: Partial<CalendarQuestion> = {},
): string {
  const words = { shift: 'Shift', openShift: 'Open shift', breaks: 'Breaks' };
  return icsExport({ of: calendar, name: 'Shifts', roster: TEAM, plan: plan(part), changes, words, ...WINDOW, ...more });
}

function component(text: string): ICAL.Component {
  const parsed: unknown = ICAL.parse(text);
  if (!Array.isArray(parsed)) throw new TypeError('no component');
  return new ICAL.Component(parsed);
}

/** What another program reads in it. */
function events(text: string): { uid: string; when: string; status: string; summary: string; sequence: number }[] {
  return component(text)
    .getAllSubcomponents('vevent')
    .map((event) => {
      const value = (name: string): string => String(event.getFirstPropertyValue(name));
      return {
        uid: value('uid'),
        when: `${value('dtstart')}/${value('dtend')}`,
        status: value('status'),
        summary: value('summary'),
        sequence: Number(value('sequence')),
      };
    });
}

const shortly = (text: string): string[] => events(text).map(({ uid, when, status }) => `${uid.split('@')[0] ?? ''} ${when} ${status}`);

const morning = body(ann, '2026-06-02T09:00', '2026-06-02T17:00', { hubId: singapore.hubId });

describe('a calendar', () => {
  test('is what RFC 5545 says, in UTC', () => {
    const text = exported(of(ann), {
      shifts: [
        shift(
          'one',
          body(ann, '2026-06-02T09:00', '2026-06-02T17:00', {
            zone: 'Asia/Singapore',
            hubId: singapore.hubId,
            templateId: late.templateId,
            note: 'Phone first; then chat, please',
            breaks: [breakAt('Asia/Singapore', '2026-06-02T12:00', '2026-06-02T13:00')],
          }),
        ),
      ],
    });
    expect(text.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Meridian//Shift coverage//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Shifts',
      'X-WR-CALNAME:Shifts',
      'BEGIN:VEVENT',
      'UID:shf_one.own.0@meridian',
      'DTSTAMP:20260530T123456Z',
      'DTSTART:20260602T010000Z',
      'DTEND:20260602T090000Z',
      'SEQUENCE:1',
      'STATUS:CONFIRMED',
      'SUMMARY:late',
      'DESCRIPTION:2026-06-02T09:00 - 2026-06-02T17:00 Asia/Singapore\\nBreaks: 12:',
      ' 00-13:00\\nPhone first\\; then chat\\, please',
      'LOCATION:singapore',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('holds the shifts that reach into the window, in order of time', () => {
    const shifts = [
      shift('c', body(ann, '2026-06-30T22:00', '2026-07-01T06:00')),
      shift('a', body(ann, '2026-05-31T22:00', '2026-06-01T06:00')),
      shift('b', body(ann, '2026-05-30T22:00', '2026-05-31T06:00')),
      shift('d', body(ann, '2026-07-01T00:00', '2026-07-01T06:00')),
      shift('e', null, { kind: 'changed', body: morning }),
    ];
    expect(events(exported(of(ann), { shifts })).map(({ uid }) => uid.slice(0, 5))).toEqual(['shf_a', 'shf_c']);
  });

  test('of a hub has everybody’s shifts there, and open ones', () => {
    const shifts = [
      shift('one', morning),
      shift('two', body(null, '2026-06-03T09:00', '2026-06-03T17:00', { hubId: singapore.hubId })),
      shift('three', body(ben, '2026-06-03T09:00', '2026-06-03T17:00')),
    ];
    const found = events(exported({ kind: 'hub', hubId: singapore.hubId }, { shifts }));
    expect(found.map(({ summary }) => summary)).toEqual(['ann (Shift)', 'Open shift (Shift)']);
  });

  test('of a requirement has who fulfils it, within its own hours', () => {
    const korean = requirement('korean', {
      selector: { ...EVERYBODY, languages: ['ko'] },
      window: {
        zone: 'UTC',
        week: {
          tue: [
            { openMinute: 8 * 60, closeMinute: 12 * 60 },
            { openMinute: 13 * 60, closeMinute: 20 * 60 },
          ],
        },
      },
    });
    const shifts = [shift('one', morning), shift('two', body(ben, '2026-06-02T09:00', '2026-06-02T17:00'))];
    expect(shortly(exported({ kind: 'requirement', requirement: korean }, { shifts }))).toEqual([
      'shf_one.own.0 2026-06-02T09:00:00Z/2026-06-02T12:00:00Z CONFIRMED',
      'shf_one.own.0.1 2026-06-02T13:00:00Z/2026-06-02T17:00:00Z CONFIRMED',
    ]);
  });

  test('keeps the event when its shift moves, and counts publishings', () => {
    const before = events(exported(of(ann), { shifts: [shift('one', morning)] }));
    const moved = { ...shift('one', body(ann, '2026-06-05T10:00', '2026-06-05T18:00')), revision: 2 };
    const after = events(exported(of(ann), { shifts: [moved] }, [{ shiftId: moved.shiftId, before: morning, after: moved.published }]));
    expect([before, after].map((each) => each.map(({ uid, sequence, status }) => [uid, sequence, status]))).toEqual([
      [['shf_one.own.0@meridian', 1, 'CONFIRMED']],
      [['shf_one.own.0@meridian', 2, 'CONFIRMED']],
    ]);
  });

  test('has a shift that has moved out of the window, so that it moves there, too', () => {
    const moved = { ...shift('one', body(ann, '2026-08-05T10:00', '2026-08-05T18:00')), revision: 2 };
    const text = exported(of(ann), { shifts: [moved] }, [{ shiftId: moved.shiftId, before: morning, after: moved.published }]);
    expect(shortly(text)).toEqual(['shf_one.own.0 2026-08-05T10:00:00Z/2026-08-05T18:00:00Z CONFIRMED']);
  });
});

describe('what overrides and absences cut', () => {
  const one = shift('one', morning);
  const noon = override('noon', one, ben, '2026-06-02T12:00', '2026-06-02T13:00');

  test('is out of one calendar and in the other', () => {
    const part = { shifts: [one], overrides: [noon] };
    expect(shortly(exported(of(ann), part)).filter((line) => line.endsWith('CONFIRMED'))).toEqual([
      'shf_one.own.0 2026-06-02T09:00:00Z/2026-06-02T12:00:00Z CONFIRMED',
      'shf_one.own.1 2026-06-02T13:00:00Z/2026-06-02T17:00:00Z CONFIRMED',
    ]);
    expect(shortly(exported(of(ben), part)).filter((line) => line.endsWith('CONFIRMED'))).toEqual([
      'shf_one.ovr_noon.0 2026-06-02T12:00:00Z/2026-06-02T13:00:00Z CONFIRMED',
    ]);
  });

  test('comes back with tombstones when the override is taken back', () => {
    const part = { shifts: [one], overrides: [{ ...noon, isCancelled: true }] };
    const own = events(exported(of(ann), part));
    expect(own.filter(({ status }) => status === 'CONFIRMED')).toMatchObject([{ when: '2026-06-02T09:00:00Z/2026-06-02T17:00:00Z' }]);
    expect(own.filter(({ status }) => status === 'CANCELLED').map(({ uid }) => uid)).toContain('shf_one.own.1@meridian');
    expect(events(exported(of(ben), part))).toMatchObject([
      { status: 'CANCELLED', uid: 'shf_one.ovr_noon.0@meridian' },
      { status: 'CANCELLED' },
      { status: 'CANCELLED' },
    ]);
  });

  test('a shift that somebody else has whole is gone from its own person’s calendar', () => {
    const whole = override('whole', one, ben, '2026-06-02T09:00', '2026-06-02T17:00');
    const found = events(exported(of(ann), { shifts: [one], overrides: [whole] }));
    expect(found.every(({ status }) => status === 'CANCELLED')).toBe(true);
    expect(found.map(({ uid }) => uid)).toContain('shf_one.own.0@meridian');
  });

  test('an absence leaves the hub with an open stretch', () => {
    const part = { shifts: [one], absences: [absence('ill', ann, '2026-06-02T14:00', '2026-06-03T00:00')] };
    const found = events(exported({ kind: 'hub', hubId: singapore.hubId }, part)).filter(({ status }) => status === 'CONFIRMED');
    expect(found.map(({ summary, when }) => `${summary} ${when}`)).toEqual([
      'ann (Shift) 2026-06-02T09:00:00Z/2026-06-02T14:00:00Z',
      'Open shift (Shift) 2026-06-02T14:00:00Z/2026-06-02T17:00:00Z',
    ]);
    expect(shortly(exported(of(ann), part)).filter((line) => line.endsWith('CONFIRMED'))).toHaveLength(1);
  });
});

describe('tombstones', () => {
  test('of shifts that were taken back', () => {
    const back = { ...shift('one', null), revision: 3, cancelled: morning };
    expect(events(exported(of(ann), { shifts: [back] }))).toMatchObject([
      { uid: 'shf_one.own.0@meridian', status: 'CANCELLED', sequence: 3 },
    ]);
    expect(events(exported(of(ben), { shifts: [back] }))).toEqual([]);
    expect(events(exported({ kind: 'hub', hubId: singapore.hubId }, { shifts: [back] }))).toHaveLength(1);
  });

  test('of shifts that went to somebody else, but not when they came back', () => {
    const passed = (to: typeof ann) => ({ ...shift('one', { ...morning, agentId: to.agentId }), revision: 2 });
    const change = (before: ShiftBody, after: ShiftBody | null) => [{ shiftId: passed(ben).shiftId, before, after }];
    const gone = exported(of(ann), { shifts: [passed(ben)] }, change(morning, passed(ben).published));
    expect(events(gone)).toMatchObject([{ uid: 'shf_one.own.0@meridian', status: 'CANCELLED', sequence: 2 }]);
    const kept = exported(of(ann), { shifts: [passed(ann)] }, change(morning, passed(ann).published));
    expect(events(kept)).toMatchObject([{ status: 'CONFIRMED' }]);
  });
});

describe('lines', () => {
  test('are folded at 75 octets between characters, and come back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (made) => {
        const text = made.replaceAll(/[\u0000-\u001f\u007f]/gu, '');
        const line = textLine('SUMMARY', text);
        expect(line.endsWith('\r\n')).toBe(true);
        for (const part of line.slice(0, -2).split('\r\n')) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
          // no half of a character
          expect(Buffer.from(part).toString()).toBe(part);
        }
        expect(component(`BEGIN:VEVENT\r\n${line}END:VEVENT`).getFirstPropertyValue('summary')).toBe(text);
      }),
    );
  });

  test('keep line breaks, and no other control characters', () => {
    expect(textLine('NOTE', 'a\r\nb\rc\nd\u0000\u0007\te')).toBe('NOTE:a\\nb\\nc\\nd\te\r\n');
  });

  test('can not be broken out of', () => {
    const text = exported(of(ann), { shifts: [shift('one', { ...morning, note: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil' })] });
    expect(events(text)).toHaveLength(1);
    expect(events(exported(of(ann), { shifts: [shift('one', morning)] }, [], { name: 'a\r\nMETHOD:REQUEST' }))).toHaveLength(1);
  });

  test('of 75 octets are not folded, of 76 are', () => {
    expect(contentLine('A', 'x'.repeat(73))).toBe(`A:${'x'.repeat(73)}\r\n`);
    expect(contentLine('A', 'x'.repeat(74))).toBe(`A:${'x'.repeat(73)}\r\n x\r\n`);
    // the space at the begin of a further part is one of its 75
    expect(contentLine('A', 'x'.repeat(73 + 75))).toBe(`A:${'x'.repeat(73)}\r\n ${'x'.repeat(74)}\r\n x\r\n`);
  });
});
