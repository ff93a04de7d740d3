import { describe, expect, test } from 'vitest';
import { absence, body, breakAt, override, plan, shift } from '../../../../test/coverage/plan.ts';
import { agent, at, date, hub, roster } from '../../../../test/coverage/team.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import type { Plan } from '../../../shared/domain/coverage/plan.ts';
import { readCsv } from './csv.ts';
import { hoursCsv, shiftsCsv } from './shifts-csv.ts';
import type { HoursQuestion } from './shifts-csv.ts';

const lisbon = hub('lisbon', 'Europe/Lisbon', { holidays: [{ date: date('2026-03-27'), name: 'a day off' }] });
const ann = agent('ann', { hubId: lisbon.hubId, zone: 'Europe/Lisbon' });
const ben = agent('ben', { contract: { hoursPerWeek: 37.5, from: null, until: null } });
const TEAM = roster({ hubs: [lisbon], agents: [ann, ben] });
const WINDOW = { from: at('2026-03-23T00:00:00Z'), to: at('2026-04-06T00:00:00Z') };

function question(part: Partial<Plan>, more: Partial<HoursQuestion> = {}): HoursQuestion {
  const worked = assignments(TEAM, plan(part), 'published', WINDOW.from, WINDOW.to, '').assignments;
  return { roster: TEAM, assignments: worked, zone: 'Europe/Lisbon', ...WINDOW, ...more };
}

function cells(text: string): string[] {
  return readCsv(text).records.map((record) => record.cells.join(' | '));
}

const lisbonDay = (start: string, end: string, part: Parameters<typeof body>[3] = {}) =>
  body(ann, start, end, { zone: 'Europe/Lisbon', hubId: lisbon.hubId, ...part });

describe('shifts', () => {
  const day = shift(
    'one',
    lisbonDay('2026-03-27T09:00', '2026-03-27T17:00', { breaks: [breakAt('Europe/Lisbon', '2026-03-27T12:00', '2026-03-27T13:00')] }),
  );

  test('name their zone, and stand as ISO 8601 and as its clocks show them', () => {
    // Lisbon goes an hour ahead on 29 March
    const night = shift('two', lisbonDay('2026-03-28T22:00', '2026-03-29T06:00'));
    expect(cells(shiftsCsv(question({ shifts: [day, night] })))).toEqual([
      'agent id | agent | hub | start (ISO 8601) | end (ISO 8601) | start (Europe/Lisbon) | end (Europe/Lisbon) | hours | override | shift id',
      'agt_ann | ann | lisbon | 2026-03-27T09:00:00+00:00 | 2026-03-27T12:00:00+00:00 | 2026-03-27 09:00 | 2026-03-27 12:00 | 3.00 | no | shf_one',
      'agt_ann | ann | lisbon | 2026-03-27T13:00:00+00:00 | 2026-03-27T17:00:00+00:00 | 2026-03-27 13:00 | 2026-03-27 17:00 | 4.00 | no | shf_one',
      'agt_ann | ann | lisbon | 2026-03-28T22:00:00+00:00 | 2026-03-29T06:00:00+01:00 | 2026-03-28 22:00 | 2026-03-29 06:00 | 7.00 | no | shf_two',
    ]);
  });

  test('are told by any zone, with half hours and behind UTC', () => {
    const [, first = ''] = cells(shiftsCsv(question({ shifts: [day] }, { zone: 'Asia/Kathmandu' })));
    expect(first).toContain('2026-03-27T14:45:00+05:45');
    const [header = '', west = ''] = cells(shiftsCsv(question({ shifts: [day] }, { zone: 'America/St_Johns' })));
    expect(header).toContain('start (America/St_Johns)');
    expect(west).toContain('2026-03-27T06:30:00-02:30');
  });

  test('have overrides and absences in them', () => {
    const part = {
      shifts: [day],
      overrides: [override('o', day, ben, '2026-03-27T13:00', '2026-03-27T15:00')],
      absences: [absence('a', ann, '2026-03-27T16:00', '2026-03-28T00:00')],
    };
    expect(
      cells(shiftsCsv(question(part)))
        .slice(1)
        .map((line) =>
          line
            .split(' | ')
            .filter((_cell, index) => [1, 5, 6, 8].includes(index))
            .join(' '),
        ),
    ).toEqual([
      'ann 2026-03-27 09:00 2026-03-27 12:00 no',
      'ben 2026-03-27 13:00 2026-03-27 15:00 yes',
      'ann 2026-03-27 15:00 2026-03-27 16:00 no',
    ]);
  });
});

describe('hours', () => {
  test('of each person and week, with those who have none', () => {
    const shifts = [
      shift('one', lisbonDay('2026-03-27T09:00', '2026-03-27T17:30')),
      // Sunday 22:00 to Monday 06:00: two hours are of one week and six of the next
      shift('two', lisbonDay('2026-03-29T22:00', '2026-03-30T06:00')),
    ];
    expect(cells(hoursCsv(question({ shifts })))).toEqual([
      'agent id | agent | hub | week (Europe/Lisbon) | Monday (Europe/Lisbon) | hours | contract hours | night hours (agent’s zone) | weekend hours (agent’s zone) | holiday hours (agent’s zone)',
      'agt_ann | ann | lisbon | 2026-W13 | 2026-03-23 | 10.50 | 40.00 | 2.00 | 2.00 | 8.50',
      'agt_ann | ann | lisbon | 2026-W14 | 2026-03-30 | 6.00 | 40.00 | 6.00 | 0.00 | 0.00',
      // by Lisbon’s clocks the window ends on Monday at one
      'agt_ann | ann | lisbon | 2026-W15 | 2026-04-06 | 0.00 | 40.00 | 0.00 | 0.00 | 0.00',
      'agt_ben | ben |  | 2026-W13 | 2026-03-23 | 0.00 | 37.50 | 0.00 | 0.00 | 0.00',
      'agt_ben | ben |  | 2026-W14 | 2026-03-30 | 0.00 | 37.50 | 0.00 | 0.00 | 0.00',
      'agt_ben | ben |  | 2026-W15 | 2026-04-06 | 0.00 | 37.50 | 0.00 | 0.00 | 0.00',
    ]);
  });

  test('of who has left are there while they worked in the window', () => {
    const gone = { ...ben, isActive: false };
    const of = (worked: boolean): HoursQuestion => ({
      ...question({ shifts: worked ? [shift('one', body(ben, '2026-03-27T09:00', '2026-03-27T17:30'))] : [] }),
      roster: { ...TEAM, agents: [gone] },
    });
    expect(cells(hoursCsv(of(true)))).toHaveLength(4);
    expect(cells(hoursCsv(of(false)))).toHaveLength(1);
  });

  // ISO 8601: the week of the first Thursday is week 1
  test.each([
    ['2024-12-31T12:00:00Z', '2025-W01'],
    ['2026-01-01T12:00:00Z', '2026-W01'],
    ['2026-12-31T12:00:00Z', '2026-W53'],
    ['2027-01-03T12:00:00Z', '2026-W53'],
    ['2027-01-04T12:00:00Z', '2027-W01'],
    ['2028-02-29T12:00:00Z', '2028-W09'],
  ])('%s is in %s', (text, week) => {
    const from = at(text);
    const [, first = ''] = cells(hoursCsv(question({}, { from, to: at(text.replace('12:', '13:')), zone: 'UTC' })));
    expect(first).toContain(` ${week} `);
  });
});
