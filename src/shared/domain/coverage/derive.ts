import type { ShiftId } from '../ids.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { WallWindow } from '../time/calendar.ts';
import { localOfWall, wallOf } from '../time/local-time.ts';
import type { LocalDateTime, Wall } from '../time/local-time.ts';
import { instantOfWall, toInstant, toLocal } from '../time/zone.ts';
import type { PlanLayer, Shift, ShiftBody, ShiftBreak, WallSpan } from './plan.ts';

/**
 * From what was meant to instants, for all of planning. Both ends go by one rule: moved forward in a gap, the first of
 * two in an overlap. So shifts that touch on the wall touch in time, on every night of the year.
 */

/** A stretch as clocks of `zone` tell it. Its end is not before its start on the wall only; see `no-length` of the problems. */
export function wallSpan(zone: string, startLocal: LocalDateTime, endLocal: LocalDateTime, zoneData: string): WallSpan {
  return { zone, startLocal, endLocal, startAt: toInstant(zone, startLocal), endAt: toInstant(zone, endLocal), zoneData };
}

/**
 * The stretch between two instants (whole seconds), told by the clocks of `zone`. An instant in the second run of a
 * repeated hour has no wall time of its own there, as the wall time means the first run: such a stretch is told by UTC's
 * clocks. That is also how a person chooses the second occurrence.
 */
export function spanBetween(zone: string, startAt: Instant, endAt: Instant, zoneData: string): WallSpan {
  const span = wallSpan(zone, toLocal(zone, startAt), toLocal(zone, endAt), zoneData);
  const isExact = span.startAt === wholeSecond(startAt) && span.endAt === wholeSecond(endAt);
  return isExact ? span : wallSpan('UTC', toLocal('UTC', startAt), toLocal('UTC', endAt), zoneData);
}

function wholeSecond(at: Instant): number {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}

/** The ends of a shift that its breaks are told by. */
type ShiftSpan = Pick<WallSpan, 'zone' | 'startLocal' | 'endLocal' | 'startAt' | 'endAt'>;

/** A template's breaks in one of its shifts, in order; those before the shift's start minute are on the next local day. */
export function shiftBreaks(span: ShiftSpan, windows: readonly WallWindow[]): readonly ShiftBreak[] {
  const { hour, minute, ...date } = span.startLocal;
  const midnight = wallOf({ year: date.year, month: date.month, day: date.day });
  const breaks = windows.map(({ openMinute, closeMinute }) => {
    const day = midnight + (openMinute < hour * 60 + minute ? DAY_MS : 0);
    return breakOfWalls(span.zone, day + openMinute * MINUTE_MS, day + closeMinute * MINUTE_MS + (closeMinute <= openMinute ? DAY_MS : 0));
  });
  return clippedBreaks(span, breaks);
}

function breakOfWalls(zone: string, start: Wall, end: Wall): ShiftBreak {
  return {
    startLocal: localOfWall(start),
    endLocal: localOfWall(end),
    startAt: instantOfWall(zone, start),
    endAt: instantOfWall(zone, end),
  };
}

function breakAgain(zone: string, { startLocal, endLocal }: ShiftBreak): ShiftBreak {
  return { startLocal, endLocal, startAt: toInstant(zone, startLocal), endAt: toInstant(zone, endLocal) };
}

/** What of the breaks lies within the shift, in order and without those of no length. */
function clippedBreaks(span: ShiftSpan, breaks: readonly ShiftBreak[]): readonly ShiftBreak[] {
  return breaks
    .map((each) => ({
      ...(each.startAt < span.startAt
        ? { startLocal: span.startLocal, startAt: span.startAt }
        : { startLocal: each.startLocal, startAt: each.startAt }),
      ...(each.endAt > span.endAt ? { endLocal: span.endLocal, endAt: span.endAt } : { endLocal: each.endLocal, endAt: each.endAt }),
    }))
    .filter((each) => each.startAt < each.endAt)
    .sort((a, b) => a.startAt - b.startAt || a.endAt - b.endAt);
}

/**
 * A shift at other wall times. One that only moves, keeping its length on the wall, takes its breaks along; one that is
 * made longer or shorter leaves them where they are, as far as they still lie within it.
 */
export function retimed(body: ShiftBody, startLocal: LocalDateTime, endLocal: LocalDateTime, zoneData: string): ShiftBody {
  const span = wallSpan(body.zone, startLocal, endLocal, zoneData);
  const delta = wallOf(startLocal) - wallOf(body.startLocal);
  const by = delta === wallOf(endLocal) - wallOf(body.endLocal) ? delta : 0;
  const breaks = body.breaks.map((each) => breakOfWalls(body.zone, wallOf(each.startLocal) + by, wallOf(each.endLocal) + by));
  return { ...body, ...span, breaks: clippedBreaks(span, breaks) };
}

/** A shift from one instant to another, its breaks where they are; told in UTC where its own clocks can not (see `spanBetween`). */
export function retimedBetween(body: ShiftBody, startAt: Instant, endAt: Instant, zoneData: string): ShiftBody {
  const span = spanBetween(body.zone, startAt, endAt, zoneData);
  if (span.zone === body.zone) {
    return {
      ...body,
      ...span,
      breaks: clippedBreaks(
        span,
        body.breaks.map((each) => breakAgain(body.zone, each)),
      ),
    };
  }
  const breaks = body.breaks.map((each) => ({
    ...each,
    startLocal: toLocal(span.zone, each.startAt),
    endLocal: toLocal(span.zone, each.endAt),
  }));
  return { ...body, ...span, breaks: clippedBreaks(span, breaks) };
}

/** What new time-zone data did to one stretch. Milliseconds; negative: earlier. */
export interface Moved<T extends WallSpan> {
  readonly before: T;
  readonly after: T;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Rederived<T extends WallSpan> {
  /** To be written: all that was derived again, also where only the name of the data changed. */
  readonly changed: readonly T[];
  /** Those of them that now start or end at another instant. */
  readonly moved: readonly Moved<T>[];
}

export interface MovedShift extends Moved<ShiftBody> {
  readonly shiftId: ShiftId;
  readonly layer: PlanLayer;
}

/**
 * Overrides or absences that were derived with other time-zone data, derived again. Only what starts after `now` by the
 * old data and by the new: what anybody has seen begin stays as it was.
 */
export function rederiveSpans<T extends WallSpan>(spans: readonly T[], zoneData: string, now: Instant): Rederived<T> {
  const changed: T[] = [];
  const moved: Moved<T>[] = [];
  for (const before of spans) {
    const after = derivedAgain(before, zoneData, now);
    if (after === null) continue;
    changed.push(after);
    const move = moveOf(before, after);
    if (move !== null) moved.push(move);
  }
  return { changed, moved };
}

/** The same for shifts, with their drafts. A published shift that moves gets a new revision: calendars must be told. */
export function rederiveShifts(
  shifts: readonly Shift[],
  zoneData: string,
  now: Instant,
): { readonly changed: readonly Shift[]; readonly moved: readonly MovedShift[] } {
  const changed: Shift[] = [];
  const moved: MovedShift[] = [];
  for (const shift of shifts) {
    const published = shift.published === null ? null : bodyDerivedAgain(shift.published, zoneData, now);
    const drafted = shift.draft.kind === 'changed' ? bodyDerivedAgain(shift.draft.body, zoneData, now) : null;
    if (published === null && drafted === null) continue;
    let revision = shift.revision;
    if (published !== null && shift.published !== null) {
      if (!sameTimes(shift.published, published)) revision += 1;
      const move = moveOf(shift.published, published);
      if (move !== null) moved.push({ ...move, shiftId: shift.shiftId, layer: 'published' });
    }
    if (drafted !== null && shift.draft.kind === 'changed') {
      const move = moveOf(shift.draft.body, drafted);
      if (move !== null) moved.push({ ...move, shiftId: shift.shiftId, layer: 'draft' });
    }
    changed.push({
      ...shift,
      revision,
      published: published ?? shift.published,
      draft: drafted === null ? shift.draft : { kind: 'changed', body: drafted },
    });
  }
  return { changed, moved };
}

/** Null where it stays as it is. */
function derivedAgain<T extends WallSpan>(span: T, zoneData: string, now: Instant): T | null {
  if (span.zoneData === zoneData || span.startAt <= now) return null;
  const startAt = toInstant(span.zone, span.startLocal);
  return startAt <= now ? null : { ...span, startAt, endAt: toInstant(span.zone, span.endLocal), zoneData };
}

function bodyDerivedAgain(body: ShiftBody, zoneData: string, now: Instant): ShiftBody | null {
  const again = derivedAgain(body, zoneData, now);
  if (again === null) return null;
  return { ...again, breaks: body.breaks.map((each) => breakAgain(body.zone, each)) };
}

function moveOf<T extends WallSpan>(before: T, after: T): Moved<T> | null {
  const startMs = after.startAt - before.startAt;
  const endMs = after.endAt - before.endAt;
  return startMs === 0 && endMs === 0 ? null : { before, after, startMs, endMs };
}

function sameTimes(a: ShiftBody, b: ShiftBody): boolean {
  return (
    a.startAt === b.startAt &&
    a.endAt === b.endAt &&
    a.breaks.length === b.breaks.length &&
    a.breaks.every((each, index) => each.startAt === b.breaks[index]?.startAt && each.endAt === b.breaks[index].endAt)
  );
}
