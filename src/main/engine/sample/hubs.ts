import type { Holiday, Hub } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { HubId } from '../../../shared/domain/ids.ts';
import { builtInHolidays, easterSunday } from '../../../shared/domain/time/holidays.ts';
import { addDays, epochDayOf, weekdayOf } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';

export type HubName = 'Singapore' | 'Lisbon' | 'San Francisco';

interface HubFacts {
  readonly slug: string;
  readonly zone: string;
  readonly position: Hub['position'];
  readonly holidays: (year: number) => readonly Holiday[];
}

const FACTS: Readonly<Record<HubName, HubFacts>> = {
  Singapore: { slug: 'singapore', zone: 'Asia/Singapore', position: null, holidays: singaporeHolidays },
  Lisbon: { slug: 'lisbon', zone: 'Europe/Lisbon', position: null, holidays: (year) => builtInHolidays('PT', year) },
  // Its zone is named after Los Angeles, where the sun rises earlier.
  'San Francisco': {
    slug: 'san-francisco',
    zone: 'America/Los_Angeles',
    position: { latitude: 37.77, longitude: -122.42 },
    holidays: (year) => builtInHolidays('US', year),
  },
};

export const HUB_NAMES: readonly HubName[] = ['Singapore', 'Lisbon', 'San Francisco'];

export function hubOf(name: HubName): HubFacts {
  return FACTS[name];
}

export function sampleHub(name: HubName): HubId {
  return makeId('hub', FACTS[name].slug);
}

/** The hubs with the public holidays from the year before `year` to two years after it. */
export function sampleHubs(year: number): readonly Hub[] {
  return HUB_NAMES.map((name) => {
    const { zone, position, holidays } = FACTS[name];
    return {
      hubId: sampleHub(name),
      name,
      zone,
      position,
      weekend: ['sat', 'sun'],
      holidays: [year - 1, year, year + 1, year + 2].flatMap((each) => holidays(each)),
      isActive: true,
    };
  });
}

/** Days of the lunar calendars as the Ministry of Manpower gazetted them; other years have only those that follow a rule. */
const GAZETTED: Readonly<Record<number, readonly (readonly [name: string, month: number, day: number])[]>> = {
  2025: [
    ['Chinese New Year', 1, 29],
    ['Chinese New Year', 1, 30],
    ['Hari Raya Puasa', 3, 31],
    ['Vesak Day', 5, 12],
    ['Hari Raya Haji', 6, 7],
    ['Deepavali', 10, 20],
  ],
  2026: [
    ['Chinese New Year', 2, 17],
    ['Chinese New Year', 2, 18],
    ['Hari Raya Puasa', 3, 21],
    ['Hari Raya Haji', 5, 27],
    ['Vesak Day', 5, 31],
    ['Deepavali', 11, 8],
  ],
};

/** A holiday on a Sunday is kept on the Monday, too (Holidays Act, section 4). */
function singaporeHolidays(year: number): readonly Holiday[] {
  const on = (month: number, day: number): LocalDate => ({ year, month, day });
  return [
    { name: 'New Year’s Day', date: on(1, 1) },
    { name: 'Good Friday', date: addDays(easterSunday(year), -2) },
    { name: 'Labour Day', date: on(5, 1) },
    { name: 'National Day', date: on(8, 9) },
    { name: 'Christmas Day', date: on(12, 25) },
    ...(GAZETTED[year] ?? []).map(([name, month, day]) => ({ name, date: on(month, day) })),
  ]
    .flatMap((each) => (weekdayOf(each.date) === 'sun' ? [each, { name: each.name, date: addDays(each.date, 1) }] : [each]))
    .sort((a, b) => epochDayOf(a.date) - epochDayOf(b.date));
}
