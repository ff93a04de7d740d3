import { useMemo } from 'react';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate, Weekday } from '../../../shared/domain/time/local-time.ts';
import { wallOf } from '../../../shared/domain/time/local-time.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';

/** 1970-01-05 was a Monday. */
const MONDAY_MS = 4 * DAY_MS;

/** The names of the weekdays in the person's language. */
export function useDayNames(): { readonly [Day in Weekday]: string } {
  const { locale } = useFormats();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    const name = (weekday: Weekday): string => format.format(MONDAY_MS + WEEKDAYS.indexOf(weekday) * DAY_MS);
    return {
      mon: name('mon'),
      tue: name('tue'),
      wed: name('wed'),
      thu: name('thu'),
      fri: name('fri'),
      sat: name('sat'),
      sun: name('sun'),
    };
  }, [locale]);
}

/** Writes a date that is in no zone, with its weekday. */
export function useDateText(): (date: LocalDate) => string {
  const { locale } = useFormats();
  return useMemo(() => {
    // The wall of a date read as UTC and written as UTC: the same date, whatever the machine's zone.
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    return (date: LocalDate) => format.format(wallOf(date));
  }, [locale]);
}
