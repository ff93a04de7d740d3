import type { Words } from '../words/words.ts';

const DAY_MS = 86_400_000;

/** Times and sizes as the visitor writes them, in their own zone. */
export interface Formats {
  readonly time: (at: number) => string;
  /** Time alone today, with the day of the week within six days, else with the date. */
  readonly soon: (at: number, now: number) => string;
  /** The day of a message: today, yesterday, or its date. */
  readonly day: (at: number, now: number) => string;
  readonly full: (at: number) => string;
  readonly size: (bytes: number) => string;
  readonly count: (value: number) => string;
  readonly percent: (share: number) => string;
}

export function formatsFor(words: Words): Formats {
  const { locale } = words;
  const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, options);
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const time = make(clock);
  const weekday = make({ weekday: 'long', ...clock });
  const date = make({ month: 'short', day: 'numeric', ...clock });
  const day = make({ weekday: 'long', month: 'long', day: 'numeric' });
  const full = make({ dateStyle: 'full', timeStyle: 'short' });
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
  return {
    time: (at) => time.format(at),
    soon: (at, now) => {
      if (isSameDay(at, now)) return time.format(at);
      return (at > now && at - now < 6 * DAY_MS ? weekday : date).format(at);
    },
    day: (at, now) => {
      if (isSameDay(at, now)) return words.today;
      return isSameDay(at, now - DAY_MS) ? words.yesterday : day.format(at);
    },
    full: (at) => full.format(at),
    size: (bytes) => {
      if (bytes < 1_000) return `${size.format(bytes)} B`;
      return bytes < 1_000_000 ? `${size.format(Math.round(bytes / 1_000))} kB` : `${size.format(bytes / 1_048_576)} MB`;
    },
    count: (value) => size.format(value),
    percent: (share) => percent.format(share),
  };
}
