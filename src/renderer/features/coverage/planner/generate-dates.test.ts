import { expect, test } from 'vitest';
import { EMPTY_ROSTER, EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import type { Roster, Rotation } from '../../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { formatLocalDate } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { nothingToMake, proposedDates } from './generate-dates.ts';

const date = (text: string): LocalDate => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
};
const stretch = (from: string, to: string): { readonly from: LocalDate; readonly to: LocalDate } => ({ from: date(from), to: date(to) });
const templateId = makeId('tpl', 'day');
const rotation = (patch: Partial<Rotation> = {}): Rotation => ({
  rotationId: makeId('rot', 'one'),
  name: 'One',
  version: 1,
  supersedes: null,
  templateIds: [templateId],
  agentIds: [makeId('agt', 'somebody')],
  seats: 1,
  step: 'week',
  anchorDate: date('2026-01-05'),
  from: date('2026-01-05'),
  until: null,
  isActive: true,
  ...patch,
});
const roster: Roster = {
  ...EMPTY_ROSTER,
  templates: [
    {
      templateId,
      name: 'Day',
      hubId: null,
      zone: 'UTC',
      days: ['mon'],
      startMinute: 540,
      endMinute: 1_020,
      cycleWeeks: 1,
      activeWeeks: [0],
      anchorDate: date('2026-01-05'),
      validFrom: null,
      validUntil: null,
      breaks: [],
      needs: EVERYBODY,
      onHolidays: 'work',
      isActive: true,
    },
  ],
};

test.each([
  ['a week that is over', ['2026-06-01', '2026-06-07'], '2026-06-10', '2026-01-05', '2026-06-10 2026-07-12'],
  ['the running week', ['2026-06-08', '2026-06-14'], '2026-06-10', '2026-01-05', '2026-06-10 2026-07-12'],
  ['rotations that begin later', ['2026-06-08', '2026-06-14'], '2026-06-10', '2026-08-03', '2026-08-03 2026-09-06'],
  ['a coming week is what is meant', ['2026-06-15', '2026-06-21'], '2026-06-10', '2026-01-05', '2026-06-15 2026-06-21'],
] as const)('proposes dates: %s', (_, [from, to], today, begins, expected) => {
  const proposed = proposedDates(stretch(from, to), date(today), [rotation({ from: date(begins) })]);
  expect(`${formatLocalDate(proposed.from)} ${formatLocalDate(proposed.to)}`).toBe(expected);
});

test('says why nothing would be made', () => {
  const week = stretch('2026-06-08', '2026-06-14');
  const why = (patch: Partial<Rotation>, within = week): unknown => nothingToMake(roster, [rotation(patch)], within, 'test');
  expect(why({})).toBeNull();
  expect(why({ from: date('2026-07-06') })).toEqual({ kind: 'later', from: date('2026-07-06') });
  expect(why({ until: date('2026-05-31') })).toEqual({ kind: 'ended' });
  expect(why({ agentIds: [] })).toEqual({ kind: 'nobody' });
  expect(why({}, stretch('2026-06-09', '2026-06-14'))).toEqual({ kind: 'no-day' });
});
