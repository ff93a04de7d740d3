import { describe, expect, test } from 'vitest';
import { body, plan, shift } from '../../../../test/coverage/plan.ts';
import { agent, at, roster } from '../../../../test/coverage/team.ts';
import { formatLocalDateTime } from '../../../shared/domain/time/local-time.ts';
import { toInstant } from '../../../shared/domain/time/zone.ts';
import { icsExport } from './ics-export.ts';
import { readIcs } from './ics-import.ts';
import type { IcsImport, IcsQuestion } from './ics-import.ts';

const YEAR: IcsQuestion = { from: at('2026-01-01T00:00:00Z'), to: at('2027-01-01T00:00:00Z'), floatingZone: null, preferredZones: [] };

function event(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
}

function file(...parts: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...parts, 'END:VCALENDAR', ''].join('\r\n');
}

function read(text: string, part: Partial<IcsQuestion> = {}): IcsImport {
  return readIcs(text, { ...YEAR, ...part });
}

/** Shifts as zone, wall times and instants. */
function lines({ shifts }: IcsImport): string[] {
  return shifts.map(({ zone, startLocal, endLocal, isAdjusted }) => {
    const instants = [startLocal, endLocal].map((local) => new Date(toInstant(zone, local)).toISOString().slice(5, 16));
    return `${zone} ${formatLocalDateTime(startLocal)} ${formatLocalDateTime(endLocal)} = ${instants.join('/')}${isAdjusted ? ' adjusted' : ''}`;
  });
}

/** When shifts start, as instants. */
function starts({ shifts }: IcsImport): string[] {
  return shifts.map(({ zone, startLocal }) => new Date(toInstant(zone, startLocal)).toISOString().slice(0, 16));
}

const reasons = (of: IcsImport): string[] => of.refused.map(({ reason }) => reason);

const BERLIN = ['DTSTART;TZID=Europe/Berlin:20260601T090000', 'DTEND;TZID=Europe/Berlin:20260601T170000'];

/** Zones as Outlook and others write them, under names of their own. */
function zone(name: string, ...more: readonly string[]): string {
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${name}`,
    ...more,
    'BEGIN:STANDARD',
    'DTSTART:16010101T030000',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
}

describe('an event', () => {
  test('is a shift in its zone', () => {
    const found = read(file(event('UID:one', 'SUMMARY:Early\\, phone', ...BERLIN)));
    expect(found.refused).toEqual([]);
    expect(found.shifts).toEqual([
      {
        uid: 'one',
        zone: 'Europe/Berlin',
        startLocal: { year: 2026, month: 6, day: 1, hour: 9, minute: 0, second: 0 },
        endLocal: { year: 2026, month: 6, day: 1, hour: 17, minute: 0, second: 0 },
        summary: 'Early, phone',
        isAdjusted: false,
      },
    ]);
  });

  test('ends when the file says: by a time of another zone, by days or by hours', () => {
    const noon = ['UID:one', 'DTSTART;TZID=America/New_York:20260307T120000'];
    // reference: a day on the wall ends at 16:00 UTC, 24 hours end at 17:00
    expect(lines(read(file(event(...noon, 'DURATION:P1D'))))).toEqual([
      'America/New_York 2026-03-07T12:00 2026-03-08T12:00 = 03-07T17:00/03-08T16:00',
    ]);
    expect(lines(read(file(event(...noon, 'DURATION:PT24H'))))).toEqual([
      'America/New_York 2026-03-07T12:00 2026-03-08T13:00 = 03-07T17:00/03-08T17:00',
    ]);
    expect(lines(read(file(event(...noon, 'DTEND;TZID=Europe/London:20260307T230000'))))).toEqual([
      'America/New_York 2026-03-07T12:00 2026-03-07T18:00 = 03-07T17:00/03-07T23:00',
    ]);
  });

  test('is told in UTC when its own clock can not tell when it ends', () => {
    // two hours from 00:30 end in the second run of 01:30
    const text = file(event('UID:one', 'DTSTART;TZID=America/New_York:20261101T003000', 'DURATION:PT2H'));
    expect(lines(read(text))).toEqual(['UTC 2026-11-01T04:30 2026-11-01T06:30 = 11-01T04:30/11-01T06:30']);
  });

  test('in UTC stays in UTC', () => {
    expect(lines(read(file(event('UID:one', 'DTSTART:20260601T010000Z', 'DTEND:20260601T090000Z'))))).toEqual([
      'UTC 2026-06-01T01:00 2026-06-01T09:00 = 06-01T01:00/06-01T09:00',
    ]);
  });

  test('in a skipped hour is kept, and marked', () => {
    const text = file(event('UID:one', 'DTSTART;TZID=Europe/Berlin:20260329T023000', 'DTEND;TZID=Europe/Berlin:20260329T100000'));
    expect(lines(read(text))).toEqual(['Europe/Berlin 2026-03-29T02:30 2026-03-29T10:00 = 03-29T01:30/03-29T08:00 adjusted']);
  });

  test('is the same when lines are folded, end in bare line feeds, or begin with a mark', () => {
    const text = file(event('UID:one', 'SUMMARY:A rather long', '  summary', ...BERLIN));
    expect(read(`\ufeff${text.replaceAll('\r\n', '\n')}`).shifts).toMatchObject([{ uid: 'one', summary: 'A rather long summary' }]);
  });
});

describe('zones', () => {
  const at9 = (tzid: string): string => event('UID:one', `DTSTART;TZID=${tzid}:20260601T090000`, `DTEND;TZID=${tzid}:20260601T170000`);

  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['/example.org/20260101_1/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['/freeassociation.sourceforge.net/Europe/Lisbon', 'Europe/Lisbon'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['"Singapore Standard Time"', 'Asia/Singapore'],
    ['india standard time', 'Asia/Kolkata'],
    ['Eastern Standard Time', 'America/New_York'],
    ['UTC', 'UTC'],
  ])('%s is %s', (tzid, expected) => {
    expect(read(file(at9(tzid))).shifts.map((each) => each.zone)).toEqual([expected]);
  });

  test('an IANA name counts more than what the file describes under it', () => {
    expect(lines(read(file(zone('Asia/Tokyo'), at9('Asia/Tokyo'))))).toEqual([
      'Asia/Tokyo 2026-06-01T09:00 2026-06-01T17:00 = 06-01T00:00/06-01T08:00',
    ]);
  });

  test('a described clock is that of a hub which goes the same all year', () => {
    const text = file(zone('Our office'), at9('Our office'));
    // Lagos has Berlin's winter time all year; it must not be taken, whenever one looks
    const preferredZones = ['Africa/Lagos', 'Europe/Paris'];
    const expected = ['Europe/Paris 2026-06-01T09:00 2026-06-01T17:00 = 06-01T07:00/06-01T15:00'];
    expect(lines(read(text, { preferredZones }))).toEqual(expected);
    const winter = file(
      zone('Our office'),
      event('UID:w', 'DTSTART;TZID=Our office:20260112T090000', 'DTEND;TZID=Our office:20260112T170000'),
    );
    const january = { preferredZones, from: at('2026-01-05T00:00:00Z'), to: at('2026-02-01T00:00:00Z') };
    expect(read(winter, january).shifts.map((each) => each.zone)).toEqual(['Europe/Paris']);
  });

  test('a described clock that nobody has is exact in UTC, also beside its changes', () => {
    const text = file(
      zone('Our office'),
      ...['20260328', '20260329', '20261025', '20261026'].map((day) =>
        event(`UID:${day}`, `DTSTART;TZID=Our office:${day}T040000`, `DTEND;TZID=Our office:${day}T050000`),
      ),
    );
    expect(starts(read(text))).toEqual(['2026-03-28T03:00', '2026-03-29T02:00', '2026-10-25T03:00', '2026-10-26T03:00']);
    expect(read(text).shifts.every((each) => each.zone === 'UTC')).toBe(true);
  });

  test('a rule of a described clock ends with the change that its UNTIL names', () => {
    const last = zone('Our office')
      .replace('BYMONTH=10', 'BYMONTH=10;UNTIL=20251026T010000Z')
      .replace('BYMONTH=3', 'BYMONTH=3;UNTIL=20250331T000000Z');
    const summer = event('UID:one', 'DTSTART;TZID=Our office:20260601T090000', 'DTEND;TZID=Our office:20260601T170000');
    // back in October 2025, and never forward again
    expect(starts(read(file(last, summer)))).toEqual(['2026-06-01T08:00']);
  });

  test('a described clock that names its city is that city’s', () => {
    const text = file(zone('Office 7', 'X-LIC-LOCATION:Europe/Madrid'), at9('Office 7'));
    expect(read(text).shifts.map((each) => each.zone)).toEqual(['Europe/Madrid']);
  });

  test('an offset without a change is described, too', () => {
    const fixed = [
      'BEGIN:VTIMEZONE',
      'TZID:Nepal',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(starts(read(file(fixed.join('\r\n'), at9('Nepal'))))).toEqual(['2026-06-01T03:15']);
    expect(read(file(fixed.join('\r\n'), at9('Nepal')), { preferredZones: ['Asia/Kathmandu'] }).shifts[0]?.zone).toBe('Asia/Kathmandu');
  });

  test('any other is refused, and nothing is taken for it', () => {
    const found = read(file(at9('Customized Time Zone 1')));
    expect(found).toEqual({ shifts: [], refused: [{ what: '2026-06-01T09:00:00 Customized Time Zone 1', reason: 'unknown-zone' }] });
    const broken = zone('Broken').replaceAll('TZOFFSETTO:+0100', 'TZOFFSETTO:later');
    expect(reasons(read(file(broken, at9('Broken'))))).toEqual(['unknown-zone']);
    // offsets do not know daylight saving time
    expect(reasons(read(file(at9('Etc/GMT-8'))))).toEqual(['unknown-zone']);
  });

  test('times without one are refused unless a person says which is meant', () => {
    const text = file(event('UID:one', 'SUMMARY:Desk', 'DTSTART:20260601T090000', 'DTEND:20260601T170000'));
    expect(read(text)).toEqual({ shifts: [], refused: [{ what: 'Desk 2026-06-01T09:00:00', reason: 'floating' }] });
    expect(lines(read(text, { floatingZone: 'Asia/Kathmandu' }))).toEqual([
      'Asia/Kathmandu 2026-06-01T09:00 2026-06-01T17:00 = 06-01T03:15/06-01T11:15',
    ]);
  });
});

describe('series', () => {
  const series = (start: string, end: string, tzid: string, ...more: readonly string[]): string =>
    file(event('UID:s', `DTSTART;TZID=${tzid}:${start}`, `DTEND;TZID=${tzid}:${end}`, ...more));

  test('in which an hour is skipped lose nothing (V-R1, V-R2)', () => {
    expect(starts(read(series('20260307T023000', '20260307T100000', 'America/New_York', 'RRULE:FREQ=DAILY;COUNT=3')))).toEqual([
      '2026-03-07T07:30',
      '2026-03-08T07:30',
      '2026-03-09T06:30',
    ]);
    expect(starts(read(series('20260423T000000', '20260423T080000', 'Africa/Cairo', 'RRULE:FREQ=DAILY;COUNT=3')))).toEqual([
      '2026-04-22T22:00',
      '2026-04-23T22:00',
      '2026-04-24T21:00',
    ]);
  });

  test('over a day that does not exist (V-R3)', () => {
    const text = series('20111229T120000', '20111229T180000', 'Pacific/Apia', 'RRULE:FREQ=DAILY;COUNT=3');
    const winter = { from: at('2011-12-01T00:00:00Z'), to: at('2012-02-01T00:00:00Z') };
    expect(starts(read(text, winter))).toEqual(['2011-12-29T22:00', '2011-12-30T22:00', '2011-12-31T22:00']);
    expect(read(text, winter).shifts.every((each) => !each.isAdjusted)).toBe(true);
    expect(starts(read(text.replace('COUNT=3', 'UNTIL=20120101'), winter))).toEqual([
      '2011-12-29T22:00',
      '2011-12-30T22:00',
      '2011-12-31T22:00',
    ]);
  });

  test.each([
    ['MO', ['1997-08-04T23:00', '1997-08-09T23:00', '1997-08-18T23:00', '1997-08-23T23:00']],
    ['SU', ['1997-08-04T23:00', '1997-08-16T23:00', '1997-08-18T23:00', '1997-08-30T23:00']],
  ])('weeks begin on %s (V-R4, V-R5)', (day, expected) => {
    const rule = `RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${day}`;
    const text = series('19970805T090000', '19970805T170000', 'Australia/Sydney', rule);
    expect(starts(read(text, { from: at('1997-01-01T00:00:00Z'), to: at('1998-01-01T00:00:00Z') }))).toEqual(expected);
  });

  test('end on the wall where the first ended, and say where that is another length', () => {
    const nights = series('20260327T220000', '20260328T060000', 'Europe/Berlin', 'RRULE:FREQ=DAILY;COUNT=3');
    expect(lines(read(nights))).toEqual([
      'Europe/Berlin 2026-03-27T22:00 2026-03-28T06:00 = 03-27T21:00/03-28T05:00',
      'Europe/Berlin 2026-03-28T22:00 2026-03-29T06:00 = 03-28T21:00/03-29T04:00 adjusted',
      'Europe/Berlin 2026-03-29T22:00 2026-03-30T06:00 = 03-29T20:00/03-30T04:00',
    ]);
  });

  test('stay on the wall when the clocks change', () => {
    const text = series('20260320T090000', '20260320T170000', 'Europe/Berlin', 'RRULE:FREQ=WEEKLY;COUNT=3');
    expect(starts(read(text))).toEqual(['2026-03-20T08:00', '2026-03-27T08:00', '2026-04-03T07:00']);
  });

  test('end at UNTIL: an instant, a date or a wall time', () => {
    const until = (value: string): number =>
      read(series('20260601T090000', '20260601T170000', 'Europe/Berlin', `RRULE:FREQ=DAILY;UNTIL=${value}`)).shifts.length;
    expect(until('20260603T070000Z')).toBe(3);
    expect(until('20260603T065959Z')).toBe(2);
    expect(until('20260603')).toBe(3);
    expect(until('20260603T090000')).toBe(3);
    expect(until('20260603T085900')).toBe(2);
  });

  test('without an end are followed to the end of the window, from long before it', () => {
    const text = series('19900101T090000', '19900101T170000', 'Europe/Berlin', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE');
    const found = read(text, { from: at('2026-06-01T00:00:00Z'), to: at('2026-06-15T00:00:00Z') });
    expect(starts(found)).toEqual(['2026-06-01T07:00', '2026-06-03T07:00', '2026-06-08T07:00', '2026-06-10T07:00']);
    expect(found.shifts.map((each) => each.uid)).toEqual([
      's#20260601T070000Z',
      's#20260603T070000Z',
      's#20260608T070000Z',
      's#20260610T070000Z',
    ]);
  });

  test('take additional dates, and leave exceptions out', () => {
    const text = series(
      '20260601T090000',
      '20260601T170000',
      'Europe/Berlin',
      'RRULE:FREQ=DAILY;COUNT=5',
      'RDATE;TZID=Europe/Berlin:20260620T100000',
      'EXDATE;TZID=Europe/Berlin:20260602T090000,20260603T090000',
      'EXDATE:20260604T070000Z',
    );
    expect(starts(read(text))).toEqual(['2026-06-01T07:00', '2026-06-05T07:00', '2026-06-20T08:00']);
    const byDay = series('20260601T090000', '20260601T170000', 'Europe/Berlin', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20260602');
    expect(starts(read(byDay))).toEqual(['2026-06-01T07:00', '2026-06-03T07:00']);
  });

  test('an exception in a skipped hour meets the occurrence there', () => {
    const text = series(
      '20260328T023000',
      '20260328T100000',
      'Europe/Berlin',
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE;TZID=Europe/Berlin:20260329T023000',
    );
    expect(starts(read(text))).toEqual(['2026-03-28T01:30', '2026-03-30T00:30']);
  });

  test('have single occurrences moved and cancelled', () => {
    const text = file(
      event('UID:s', ...BERLIN, 'RRULE:FREQ=DAILY;COUNT=4'),
      event(
        'UID:s',
        'RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000',
        'SUMMARY:Later',
        'DTSTART;TZID=Europe/Berlin:20260602T120000',
        'DTEND;TZID=Europe/Berlin:20260602T200000',
      ),
      event(
        'UID:s',
        'RECURRENCE-ID:20260603T070000Z',
        'STATUS:CANCELLED',
        'DTSTART;TZID=Europe/Berlin:20260603T090000',
        'DTEND;TZID=Europe/Berlin:20260603T170000',
      ),
    );
    const found = read(text);
    expect(starts(found)).toEqual(['2026-06-01T07:00', '2026-06-02T10:00', '2026-06-04T07:00']);
    expect(found.shifts[1]).toMatchObject({ uid: 's#20260602T070000Z', summary: 'Later' });
    expect(found.refused).toEqual([]);
  });

  test('an occurrence whose replacement can not be read is not taken as it was', () => {
    const text = file(
      event('UID:s', ...BERLIN, 'RRULE:FREQ=DAILY;COUNT=2'),
      event(
        'UID:s',
        'RECURRENCE-ID;TZID=Europe/Berlin:20260602T090000',
        'DTSTART;TZID=Nowhere:20260602T120000',
        'DTEND;TZID=Nowhere:20260602T200000',
      ),
    );
    expect(starts(read(text))).toEqual(['2026-06-01T07:00']);
    expect(reasons(read(text))).toEqual(['unknown-zone']);
  });

  test('changes of all that follows are refused', () => {
    const text = file(
      event('UID:s', ...BERLIN, 'RRULE:FREQ=DAILY;COUNT=2'),
      event('UID:s', 'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260602T090000', ...BERLIN),
    );
    expect(reasons(read(text))).toEqual(['range-unsupported']);
  });

  test('of two versions the later counts', () => {
    const text = file(event('UID:s', 'SEQUENCE:2', 'SUMMARY:New', ...BERLIN), event('UID:s', 'SEQUENCE:1', 'SUMMARY:Old', ...BERLIN));
    expect(read(text)).toMatchObject({
      shifts: [{ summary: 'New' }],
      refused: [{ what: 'Old 2026-06-01T09:00:00 Europe/Berlin', reason: 'superseded' }],
    });
  });

  test.each(['FREQ=HOURLY;COUNT=3', 'FREQ=SECONDLY', 'FREQ=DAILY;BYHOUR=1,2,3', 'FREQ=YEARLY;BYWEEKNO=20', 'FREQ=YEARLY;BYDAY=20MO'])(
    'by %s are refused',
    (rule) => {
      expect(reasons(read(series('20260601T090000', '20260601T170000', 'Europe/Berlin', `RRULE:${rule}`)))).toEqual(['rule-unsupported']);
    },
  );

  test('with periods, excluded rules or two rules are refused', () => {
    const more = [['RDATE;VALUE=PERIOD:20260605T070000Z/PT1H'], ['EXRULE:FREQ=DAILY'], ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY']];
    for (const each of more) {
      expect(reasons(read(series('20260601T090000', '20260601T170000', 'Europe/Berlin', ...each)))).toEqual(['rule-unsupported']);
    }
  });

  test('that never happen end', () => {
    const text = series('20260601T090000', '20260601T170000', 'Europe/Berlin', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30');
    expect(starts(read(text))).toEqual(['2026-06-01T07:00']);
  });

  test('that take too many steps are refused', () => {
    const text = series('19000101T090000', '19000101T170000', 'Europe/Berlin', 'RRULE:FREQ=DAILY;COUNT=999999');
    expect(reasons(read(text))).toEqual(['rule-too-long']);
  });
});

describe('what is no shift is refused with its reason', () => {
  test.each([
    ['all-day', ['DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260602']],
    ['no-start', ['DTEND:20260601T090000Z']],
    ['no-end', ['DTSTART:20260601T090000Z']],
    ['no-length', ['DTSTART:20260601T090000Z', 'DTEND:20260601T090000Z']],
    ['no-length', ['DTSTART:20260601T090000Z', 'DURATION:-PT1H']],
    ['too-long', ['DTSTART:20260601T090000Z', 'DTEND:20260701T090000Z']],
    ['malformed', ['DTSTART:20260631T090000Z', 'DTEND:20260701T090000Z']],
    ['malformed', ['DTSTART:20260601T250000Z', 'DTEND:20260701T090000Z']],
    ['malformed', ['DTSTART:20260601T090000Z', 'DURATION:PT1X']],
    ['malformed', ['this is no line']],
    ['cancelled', ['STATUS:CANCELLED', ...BERLIN]],
  ])('%s: %j', (reason, more) => {
    const found = read(file(event('UID:one', ...more)));
    expect(reasons(found)).toEqual([reason]);
    expect(found.shifts).toEqual([]);
  });

  test('and spoils nothing else', () => {
    const text = file(
      event('UID:bad', 'SUMMARY:Broken', 'nonsense'),
      event('UID:good', ...BERLIN),
      'BEGIN:VTODO\r\nUID:todo\r\nEND:VTODO',
      ['BEGIN:VEVENT', 'UID:open', ...BERLIN].join('\r\n'),
      event('UID:last', ...BERLIN),
    );
    const found = read(text);
    expect(found.shifts.map((each) => each.uid)).toEqual(['good', 'last']);
    expect(found.refused).toEqual([
      { what: 'SUMMARY:Broken', reason: 'malformed' },
      { what: 'UID:open', reason: 'malformed' },
    ]);
  });

  test('an event without end in a file that stops', () => {
    expect(reasons(read('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260601'))).toEqual(['malformed']);
  });

  test('no calendar at all', () => {
    expect(read('name,hub\nAnn,Lisbon\n')).toEqual({ shifts: [], refused: [{ what: 'name,hub\nAnn,Lisbon', reason: 'no-calendar' }] });
    expect(reasons(read(''))).toEqual(['no-calendar']);
  });

  test('shifts outside of the window are counted', () => {
    const text = file(event('UID:one', ...BERLIN), event('UID:two', ...BERLIN), event('UID:three', ...BERLIN, 'RRULE:FREQ=DAILY;COUNT=3'));
    expect(read(text, { to: at('2026-03-01T00:00:00Z') })).toEqual({ shifts: [], refused: [{ what: '3', reason: 'outside-window' }] });
    // half-open: who starts with the window is in it, who starts with its end is not
    const one = file(event('UID:one', ...BERLIN));
    expect(read(one, { from: at('2026-06-01T07:00:00Z') }).shifts).toHaveLength(1);
    expect(read(one, { to: at('2026-06-01T07:00:00Z') }).shifts).toHaveLength(0);
  });

  test('a hundred thousand events are read as far as is sensible', () => {
    const one = event('UID:x', 'DTSTART:20260601T090000Z', 'DTEND:20260601T100000Z').replace('UID:x', 'UID:');
    const bomb = file(...Array.from({ length: 50_000 }, (_, index) => one.replace('UID:', `UID:${String(index)}`)));
    const found = read(bomb);
    expect(found.shifts).toHaveLength(5_000);
    expect(reasons(found)).toEqual(['too-many-events']);
    expect(reasons(read(`${bomb}${bomb}`))).toEqual(['too-large']);
  });

  test('so are a thousand endless series, and refusals', () => {
    const many = file(...Array.from({ length: 1_000 }, (_, index) => event(`UID:${String(index)}`, ...BERLIN, 'RRULE:FREQ=WEEKLY')));
    const found = read(many);
    expect(found.shifts).toHaveLength(5_000);
    expect(reasons(found)).toEqual(['too-many-shifts']);
    const rare = read(file(...Array.from({ length: 1_000 }, (_, index) => event(`UID:${String(index)}`, ...BERLIN, 'RRULE:FREQ=YEARLY'))));
    expect(rare.shifts).toHaveLength(300);
    expect(rare.refused).toHaveLength(201);
    expect(rare.refused.at(-1)).toEqual({ what: '500', reason: 'more' });
    expect(rare.refused[0]?.reason).toBe('too-many-rules');
  });
});

test('what is exported comes back', () => {
  const ann = agent('ann');
  const shifts = [
    shift('one', body(ann, '2026-03-28T22:00', '2026-03-29T06:00', { zone: 'Europe/Berlin' })),
    shift('two', body(ann, '2026-06-01T09:00', '2026-06-01T17:15', { zone: 'Asia/Kathmandu' })),
  ];
  const text = icsExport({
    of: { kind: 'agent', agentId: ann.agentId },
    name: '值班',
    roster: roster({ agents: [ann] }),
    plan: plan({ shifts }),
    changes: [],
    ...YEAR,
    now: at('2026-01-01T00:00:00Z'),
    words: { shift: '早班', openShift: 'Open', breaks: 'Breaks' },
  });
  const found = read(text);
  expect(found.refused).toEqual([]);
  expect(found.shifts.map((each) => each.summary)).toEqual(['早班', '早班']);
  expect(found.shifts.map(({ zone: of, startLocal, endLocal }) => [toInstant(of, startLocal), toInstant(of, endLocal)])).toEqual(
    shifts.map(({ published }) => [published?.startAt, published?.endAt]),
  );
});
