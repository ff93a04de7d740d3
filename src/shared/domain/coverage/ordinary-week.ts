import { DAY_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { DAY_MINUTES } from '../time/calendar.ts';
import { WEEKDAYS, weekdayOfEpochDay } from '../time/local-time.ts';
import type { Weekday } from '../time/local-time.ts';
import type { Segment, YearHole } from './coverage.ts';
import type { RegimeSpan } from './year-regimes.ts';
import { earlier, later, lengthOf, united } from './spans.ts';

/** A stretch in which there are too few people. */
export interface Shortfall extends Span {
  readonly state: 'gap' | 'thin';
}

/** A shortfall as a day has it: milliseconds since UTC midnight, at most a day long. */
interface Piece {
  readonly start: number;
  /** May be on the next day. */
  readonly end: number;
  readonly state: 'gap' | 'thin';
}

/** What one weekday (UTC) is ordinarily. */
interface OrdinaryDay {
  readonly pieces: readonly Piece[];
  /** Milliseconds in which the requirement counts. */
  readonly wantedMs: number;
}

export type OrdinaryWeek = { readonly [Day in Weekday]?: OrdinaryDay };

/** The shortfalls among the segments of a requirement; those that touch are one unless one is a gap and one is thin. */
export function shortfallsOf(segments: readonly Segment[]): readonly Shortfall[] {
  const found: { from: Instant; to: Instant; state: 'gap' | 'thin' }[] = [];
  for (const { from, to, state } of segments) {
    if (state !== 'gap' && state !== 'thin') continue;
    const last = found.at(-1);
    if (last?.to === from && last.state === state) last.to = to;
    else found.push({ from, to, state });
  }
  return found;
}

/** Longer than a day is told day by day. */
export function byDay<Stretch extends Span>(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.flatMap((stretch) => {
    if (stretch.to - stretch.from <= DAY_MS) return [stretch];
    const parts: Stretch[] = [];
    for (let begin = stretch.from; begin < stretch.to;) {
      const end = earlier(instant((Math.floor(begin / DAY_MS) + 1) * DAY_MS), stretch.to);
      parts.push({ ...stretch, from: begin, to: end });
      begin = end;
    }
    return parts;
  });
}

/**
 * The ordinary week of a requirement in a regime: of each weekday (UTC) the day that is most common, of two equally common
 * the better one. Days, and not whole weeks, so that one absence does not make a week a week of its own. A day that only
 * most of lies within the regime stands in for a weekday that has no other; a weekday that a regime of a few days does
 * not have is not in its week.
 */
export function ordinaryWeek(shortfalls: readonly Shortfall[], windows: readonly Span[], regime: RegimeSpan): OrdinaryWeek {
  const pieces = piecesByDay(shortfalls);
  const wanted = wantedByDay(windows);
  const whole = { first: Math.ceil(regime.from / DAY_MS), last: Math.floor(regime.to / DAY_MS) - 1 };
  const mostly = { first: Math.round(regime.from / DAY_MS), last: Math.round(regime.to / DAY_MS) - 1 };
  const week: { [Day in Weekday]?: OrdinaryDay } = {};
  for (const weekday of WEEKDAYS) {
    const days = daysOn(weekday, whole);
    const day = mostCommon(days.length > 0 ? days : daysOn(weekday, mostly), pieces);
    if (day !== null) week[weekday] = { pieces: pieces.get(day) ?? [], wantedMs: wanted.get(day) ?? 0 };
  }
  return week;
}

function daysOn(weekday: Weekday, { first, last }: { readonly first: number; readonly last: number }): readonly number[] {
  const days: number[] = [];
  for (let day = first; day <= last; day += 1) if (weekdayOfEpochDay(day) === weekday) days.push(day);
  return days;
}

function mostCommon(days: readonly number[], pieces: ReadonlyMap<number, readonly Piece[]>): number | null {
  const kinds = new Map<string, { readonly day: number; count: number; readonly missingMs: number }>();
  for (const day of days) {
    const own = pieces.get(day) ?? [];
    const key = own.map(({ start, end, state }) => `${String(start)}-${String(end)}-${state}`).join(' ');
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { day, count: 1, missingMs: own.reduce((sum, each) => sum + each.end - each.start, 0) });
    else kind.count += 1;
  }
  const [best] = [...kinds.values()].sort((a, b) => b.count - a.count || a.missingMs - b.missingMs || a.day - b.day);
  return best?.day ?? null;
}

/** By the day on which they begin. */
function piecesByDay(shortfalls: readonly Shortfall[]): ReadonlyMap<number, readonly Piece[]> {
  const days = new Map<number, Piece[]>();
  for (const { from, to, state } of byDay(shortfalls)) {
    const day = Math.floor(from / DAY_MS);
    const piece = { start: from - day * DAY_MS, end: to - day * DAY_MS, state };
    const known = days.get(day);
    if (known === undefined) days.set(day, [piece]);
    else known.push(piece);
  }
  return days;
}

function wantedByDay(windows: readonly Span[]): ReadonlyMap<number, number> {
  const days = new Map<number, number>();
  for (const window of windows) {
    for (let day = Math.floor(window.from / DAY_MS); day * DAY_MS < window.to; day += 1) {
      const ms = Math.min(window.to, (day + 1) * DAY_MS) - Math.max(window.from, day * DAY_MS);
      days.set(day, (days.get(day) ?? 0) + ms);
    }
  }
  return days;
}

/** The shortfalls that a regime would have if all its weeks were ordinary. */
export function ordinaryShortfalls(week: OrdinaryWeek, { from, to }: Span): readonly Shortfall[] {
  const found: Shortfall[] = [];
  // what begins the day before may reach into the first one
  for (let day = Math.floor(from / DAY_MS) - 1; day * DAY_MS < to; day += 1) {
    for (const piece of week[weekdayOfEpochDay(day)]?.pieces ?? []) {
      const begin = later(instant(day * DAY_MS + piece.start), from);
      const end = earlier(instant(day * DAY_MS + piece.end), to);
      if (begin < end) found.push({ from: begin, to: end, state: piece.state });
    }
  }
  return found;
}

/** How much is wanted and how much is covered in an ordinary week, in milliseconds. */
export function weekTotals(week: OrdinaryWeek): { readonly weeklyWantedMs: number; readonly weeklyCoveredMs: number } {
  const weeklyWantedMs = WEEKDAYS.reduce((sum, day) => sum + (week[day]?.wantedMs ?? 0), 0);
  // some week or other
  const missing = united(ordinaryShortfalls(week, { from: instant(7 * DAY_MS), to: instant(14 * DAY_MS) }));
  return { weeklyWantedMs, weeklyCoveredMs: weeklyWantedMs - lengthOf(missing) };
}

/**
 * The shortfalls of an ordinary week, those at equal times as one with all their days; brief ones are left out.
 * @param shortfalls what there really is, for the first and the last time of each
 */
export function weekHoles(week: OrdinaryWeek, shortfalls: readonly Shortfall[], regime: Span, shortestMs: number): readonly YearHole[] {
  const groups = new Map<string, { readonly piece: Piece; readonly days: Weekday[] }>();
  for (const weekday of WEEKDAYS) {
    for (const piece of week[weekday]?.pieces ?? []) {
      if (piece.end - piece.start < shortestMs) continue;
      const key = `${String(piece.start)}-${String(piece.end)}-${piece.state}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { piece, days: [weekday] });
      else group.days.push(weekday);
    }
  }
  const gaps = united(shortfalls.filter((each) => each.state === 'gap'));
  const all = united(shortfalls);
  return [...groups.values()].map(({ piece, days }) => {
    const times = timesOf(piece, days, regime);
    const real = times.filter((time) => isWithin(time, piece.state === 'gap' ? gaps : all));
    const [first] = real.length > 0 ? real : times;
    const endMinute = piece.end / MINUTE_MS;
    return {
      days,
      startMinute: piece.start / MINUTE_MS,
      endMinute: endMinute > DAY_MINUTES ? endMinute - DAY_MINUTES : endMinute,
      state: piece.state,
      firstAt: first?.from ?? instant(regime.from),
      lastAt: (real.length > 0 ? real : times).at(-1)?.from ?? instant(regime.from),
    };
  });
}

/** When a piece would be in a regime. */
function timesOf(piece: Piece, days: readonly Weekday[], regime: Span): readonly Span[] {
  const times: Span[] = [];
  for (let day = Math.floor(regime.from / DAY_MS); day * DAY_MS < regime.to; day += 1) {
    if (!days.includes(weekdayOfEpochDay(day))) continue;
    const from = later(instant(day * DAY_MS + piece.start), regime.from);
    const to = earlier(instant(day * DAY_MS + piece.end), regime.to);
    if (from < to) times.push({ from, to });
  }
  return times;
}

/** Whether one of the sorted spans has all of it. */
function isWithin(span: Span, spans: readonly Span[]): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.to ?? 0) > span.from) high = middle;
    else low = middle + 1;
  }
  const found = spans[low];
  return found !== undefined && found.from <= span.from && span.to <= found.to;
}
