import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts';

/** Units as people write them, in the languages of the app. A day is 24 hours of open time, never "a working day". */
const UNITS: Readonly<Record<string, number>> = {
  d: DAY_MS,
  day: DAY_MS,
  days: DAY_MS,
  天: DAY_MS,
  日: DAY_MS,
  h: HOUR_MS,
  hr: HOUR_MS,
  hrs: HOUR_MS,
  hour: HOUR_MS,
  hours: HOUR_MS,
  时: HOUR_MS,
  小时: HOUR_MS,
  m: MINUTE_MS,
  min: MINUTE_MS,
  mins: MINUTE_MS,
  minute: MINUTE_MS,
  minutes: MINUTE_MS,
  分: MINUTE_MS,
  分钟: MINUTE_MS,
};

const PART = /(\d+(?:[.,]\d+)?)\s*([^\d\s.,:]+)\s*/uy;
const CLOCK = /^(\d{1,4}):([0-5]\d)$/u;

/**
 * Reads a length of time as people write it: `4h`, `30m`, `2d`, `1h 30m`, `1.5h`, `4:30` (hours and minutes), `2 天`.
 * A unit may appear once, greater ones first. Null for anything else; also for a bare number other than 0, which
 * could be hours or minutes.
 * @returns milliseconds, a whole number of minutes
 */
export function parseDuration(text: string): number | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '0') return 0;
  const clock = CLOCK.exec(wanted);
  if (clock !== null) return Number(clock[1]) * HOUR_MS + Number(clock[2]) * MINUTE_MS;
  let sum = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let read = 0;
  PART.lastIndex = 0;
  while (read < wanted.length) {
    const part = PART.exec(wanted);
    const name = part?.[2] ?? '';
    const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
    if (part === null || unit === undefined || unit >= smallest) return null;
    sum += Number((part[1] ?? '').replace(',', '.')) * unit;
    smallest = unit;
    read = PART.lastIndex;
  }
  const minutes = Math.round(sum / MINUTE_MS);
  return read === 0 || !Number.isSafeInteger(minutes * MINUTE_MS) ? null : minutes * MINUTE_MS;
}

/**
 * A length of time as `parseDuration` reads it: `30m`, `1h 30m`, `36h`. Whole days only from two on (`2d`): what is less
 * is told in hours, because people take "1d" for a working day.
 */
export function formatDuration(ms: number): string {
  if (ms >= 2 * DAY_MS && ms % DAY_MS === 0) return `${ms / DAY_MS}d`;
  const minutes = Math.round(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return rest === 0 ? '0' : `${rest}m`;
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
}
