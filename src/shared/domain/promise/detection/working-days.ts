import { DAY_MINUTES } from '../../time/calendar.ts';
import type { BusinessCalendar, WallWindow, Week } from '../../time/calendar.ts';
import { OpenTime } from '../../time/open-time.ts';
import { epochDayAt, startOfEpochDay } from '../../time/zone.ts';
import { instant } from '../../time.ts';
import type { Instant } from '../../time.ts';

/** When a working day is taken to begin and to be over, for words such as "end of business" and where no calendar is known. */
export const WORKDAY: WallWindow = { openMinute: 9 * 60, closeMinute: 18 * 60 };

/** No calendar has fewer working days than one in a month for longer than this. */
const MOST_DAYS = 400;

const ordinary = new Map<string, OpenTime>();

/** Monday to Friday from 09:00 to 18:00 in a zone: what is assumed where no calendar was promised. */
export function ordinaryHours(zone: string): OpenTime {
  let made = ordinary.get(zone);
  if (made === undefined) {
    const windows = [WORKDAY];
    const week: Week = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
    const calendar: BusinessCalendar = {
      id: 'ordinary',
      name: '',
      versions: [{ effectiveFrom: instant(0), zone, week, exceptions: [] }],
    };
    made = new OpenTime([calendar]);
    ordinary.set(zone, made);
  }
  return made;
}

/**
 * The end of the `days`th business day after the day of `from`, which counts for nothing itself: told on Monday, two
 * business days are over on Wednesday. A business day is a date in `zone` on which something is open; it is over when
 * that closes for the last time, at the end of the date at the latest. Null when there are not that many.
 */
export function endOfBusinessDay(open: OpenTime, zone: string, from: Instant, days: number): Instant | null {
  let left = days;
  const today = epochDayAt(zone, from);
  for (let day = today + 1; day <= today + MOST_DAYS; day += 1) {
    const begin = startOfEpochDay(zone, day);
    const end = startOfEpochDay(zone, day + 1);
    if (open.elapsed(begin, end) === 0) continue;
    left -= 1;
    if (left <= 0) return open.spans(begin, end).at(-1)?.to ?? end;
  }
  return null;
}

/** The wall minute at which 24:00 is. */
export const MIDNIGHT = DAY_MINUTES;
