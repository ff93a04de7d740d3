import type { Weekday } from '../time/local-time.ts';

/**
 * The days on which people of a region do not work, by the zone that they live in. From the CLDR's week data (weekendStart, weekendEnd); where it
 * names nothing else they are Saturday and Sunday. Public holidays are not in it.
 */
const SATURDAY_SUNDAY: ReadonlySet<Weekday> = new Set(['sat', 'sun']);
const FRIDAY_SATURDAY: ReadonlySet<Weekday> = new Set(['fri', 'sat']);
const FRIDAY: ReadonlySet<Weekday> = new Set(['fri']);
const SUNDAY: ReadonlySet<Weekday> = new Set(['sun']);
const THURSDAY_FRIDAY: ReadonlySet<Weekday> = new Set(['thu', 'fri']);

const FREE_DAYS: ReadonlyMap<string, ReadonlySet<Weekday>> = new Map([
  ...[
    'Asia/Bahrain',
    'Africa/Algiers',
    'Africa/Cairo',
    'Asia/Jerusalem',
    'Asia/Hebron',
    'Asia/Gaza',
    'Asia/Baghdad',
    'Asia/Amman',
    'Asia/Kuwait',
    'Africa/Tripoli',
    'Asia/Muscat',
    'Asia/Qatar',
    'Asia/Riyadh',
    'Africa/Khartoum',
    'Asia/Damascus',
    'Asia/Aden',
  ].map((zone) => [zone, FRIDAY_SATURDAY] as const),
  ['Asia/Tehran', FRIDAY],
  ['Asia/Kabul', THURSDAY_FRIDAY],
  ['Asia/Kolkata', SUNDAY],
  ['Asia/Calcutta', SUNDAY],
  ['Africa/Kampala', SUNDAY],
]);

/** The free days of the week where somebody lives; Saturday and Sunday when the zone is not known. */
export function freeDaysOf(zone: string | null): ReadonlySet<Weekday> {
  return (zone === null ? undefined : FREE_DAYS.get(zone)) ?? SATURDAY_SUNDAY;
}
