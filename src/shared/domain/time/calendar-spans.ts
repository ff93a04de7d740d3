import { DAY_MS, MINUTE_MS } from '../time.ts';
import { DAY_MINUTES } from './calendar.ts';
import type { BusinessCalendar, CalendarVersion, OpenHours, WallWindow } from './calendar.ts';
import { WEEKDAYS, epochDayOf, weekdayOfEpochDay } from './local-time.ts';
import { offsetsOf } from './zone.ts';
import type { ZoneOffsets } from './zone-offsets.ts';

/** From and to (epoch milliseconds), half-open. A pair and not an object: there are thousands of them. */
export type SpanPair = readonly [from: number, to: number];

/** A gap of a whole day (Samoa, 2011) moves a window by a day, and zones are up to sixteen hours from UTC. */
const MARGIN_DAYS = 3;

/** The open time of hours within `[from, to)`: sorted and united. */
export function openSpans(hours: OpenHours, from: number, to: number): readonly SpanPair[] {
  const spans: SpanPair[] = 'spans' in hours ? hours.spans.map((span): SpanPair => [span.from, span.to]) : calendarSpans(hours, from, to);
  return unitedSpans(clipped(spans, from, to));
}

/** Sorts spans and unites what overlaps or touches; empty ones count for nothing. */
export function unitedSpans(spans: readonly SpanPair[]): readonly SpanPair[] {
  const united: [number, number][] = [];
  for (const [from, to] of spans.filter((span) => span[1] > span[0]).sort((a, b) => a[0] - b[0])) {
    const last = united.at(-1);
    if (last === undefined || from > last[1]) united.push([from, to]);
    else if (to > last[1]) last[1] = to;
  }
  return united;
}

function clipped(spans: readonly SpanPair[], from: number, to: number): SpanPair[] {
  return spans.map((span): SpanPair => [Math.max(span[0], from), Math.min(span[1], to)]).filter((span) => span[1] > span[0]);
}

/** Each version's own time within the stretch in which it applies. */
function calendarSpans(calendar: BusinessCalendar, from: number, to: number): SpanPair[] {
  return calendar.versions.flatMap((version, index) => {
    const begin = Math.max(from, index === 0 ? Number.NEGATIVE_INFINITY : version.effectiveFrom);
    const end = Math.min(to, calendar.versions[index + 1]?.effectiveFrom ?? Number.POSITIVE_INFINITY);
    return begin < end ? clipped(versionSpans(version, begin, end), begin, end) : [];
  });
}

/** Walls as minutes since 1970-01-01T00:00. */
type MinuteSpan = readonly [open: number, close: number];

function versionSpans(version: CalendarVersion, from: number, to: number): SpanPair[] {
  const offsets = offsetsOf(version.zone);
  const exceptions = new Map<number, WallWindow[]>();
  for (const { date, windows } of version.exceptions) {
    const day = epochDayOf(date);
    exceptions.set(day, [...(exceptions.get(day) ?? []), ...windows]);
  }
  const week = WEEKDAYS.map((weekday) => version.week[weekday] ?? []);
  const spans: SpanPair[] = [];
  const lastDay = Math.ceil(to / DAY_MS) + MARGIN_DAYS;
  for (let day = Math.floor(from / DAY_MS) - MARGIN_DAYS; day < lastDay; day += 1) {
    const own = exceptions.get(day);
    const weekly = week[WEEKDAYS.indexOf(weekdayOfEpochDay(day))] ?? [];
    for (const window of weekly) pushOpen(spans, offsets, weeklyPart(day, window, own !== undefined, exceptions.has(day + 1)));
    for (const window of own ?? []) pushOpen(spans, offsets, wholeWindow(day, window));
  }
  return spans;
}

function wholeWindow(day: number, { openMinute, closeMinute }: WallWindow): MinuteSpan {
  const midnight = day * DAY_MINUTES;
  return [midnight + openMinute, midnight + closeMinute + (closeMinute <= openMinute ? DAY_MINUTES : 0)];
}

/**
 * What exceptions leave of a weekly window: they cut the wall time of their own date and nothing else. Cut in wall
 * time, before it becomes instants, so that a midnight that happens twice leaves no stray hour.
 */
function weeklyPart(day: number, window: WallWindow, isCut: boolean, isNextCut: boolean): MinuteSpan | null {
  const [open, close] = wholeWindow(day, window);
  const midnight = (day + 1) * DAY_MINUTES;
  const from = isCut ? midnight : open;
  const to = isNextCut ? Math.min(close, midnight) : close;
  return from < to ? [from, to] : null;
}

/** Opening and closing are converted by themselves, never as start plus length: a night is 7, 8 or 9 hours long. */
function pushOpen(spans: SpanPair[], offsets: ZoneOffsets, window: MinuteSpan | null): void {
  if (window === null) return;
  const from = offsets.first(window[0] * MINUTE_MS);
  const to = offsets.last(window[1] * MINUTE_MS);
  if (from < to) spans.push([from, to]);
}
