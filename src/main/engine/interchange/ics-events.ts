import type { IcsRefusal } from '../../../shared/domain/coverage/interchange.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { DAY_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import { epochDayOf, parseLocalDate, parseLocalDateTime, wallOf } from '../../../shared/domain/time/local-time.ts';
import type { Wall } from '../../../shared/domain/time/local-time.ts';
import { clockOfZone } from './ics-zones.ts';
import type { FileClock, FileZones } from './ics-zones.ts';
import { parameterOf, propertiesOf, propertyNamed, textOf } from './jcal.ts';
import type { FileComponent, FileProperty } from './jcal.ts';

/** How long an event lasts: to a wall time of its own clock, or days on the wall and then so much time. */
export type EventEnd =
  | { readonly kind: 'wall'; readonly wall: Wall }
  | { readonly kind: 'duration'; readonly daysMs: number; readonly exactMs: number };

/** Which occurrence of a series an event stands for: that at an instant, or that on a day of the series' clock. */
export type Recurrence = { readonly kind: 'instant'; readonly at: number } | { readonly kind: 'day'; readonly epochDay: number };

/** An event that may become shifts. */
export interface FileEvent {
  readonly summary: string;
  readonly clock: FileClock;
  readonly start: Wall;
  readonly end: EventEnd;
  /** The RRULE as jCal has it; null when there is none. */
  readonly rule: unknown;
  /** Further starts by the same clock. */
  readonly extraStarts: readonly Wall[];
  readonly excluded: readonly Recurrence[];
}

/** Where the times of a file come from. */
export interface TimeSource {
  readonly zones: FileZones;
  /** The zone of times without one; null: they are refused. */
  readonly floatingZone: string | null;
}

interface FileTime {
  readonly clock: FileClock;
  readonly wall: Wall;
}

/** What an event says, or why it can be no shift. */
export function readEvent(event: FileComponent, source: TimeSource): Result<FileEvent, IcsRefusal> {
  const startProperty = propertyNamed(event, 'dtstart');
  if (startProperty === null) return fail('no-start');
  const start = readTime(startProperty, startProperty.values[0], source);
  if (!start.ok) return start;
  const end = readEnd(event, start.value, source);
  if (!end.ok) return end;
  const rules = propertiesOf(event, 'rrule');
  if (rules.length > 1 || propertyNamed(event, 'exrule') !== null) return fail('rule-unsupported');
  const extraStarts: Wall[] = [];
  for (const { property, value } of valuesOf(event, 'rdate')) {
    if (property.type !== 'date-time') return fail('rule-unsupported');
    const extra = readTime(property, value, source);
    if (!extra.ok) return extra;
    extraStarts.push(wallBy(start.value.clock, extra.value));
  }
  const excluded: Recurrence[] = [];
  for (const { property, value } of valuesOf(event, 'exdate')) {
    const exclusion = readRecurrence(property, value, source);
    if (!exclusion.ok) return exclusion;
    excluded.push(exclusion.value);
  }
  return ok({
    summary: textOf(event, 'summary'),
    clock: start.value.clock,
    start: start.value.wall,
    end: end.value,
    rule: rules[0]?.values[0] ?? null,
    extraStarts,
    excluded,
  });
}

/** Which occurrence the event replaces; null when it is no replacement. */
export function recurrenceOf(event: FileComponent, source: TimeSource): Result<Recurrence | null, IcsRefusal> {
  const property = propertyNamed(event, 'recurrence-id');
  if (property === null) return ok(null);
  if (parameterOf(property, 'range') !== null) return fail('range-unsupported');
  return readRecurrence(property, property.values[0], source);
}

function readRecurrence(property: FileProperty, value: unknown, source: TimeSource): Result<Recurrence, IcsRefusal> {
  if (property.type === 'date') {
    const date = typeof value === 'string' ? parseLocalDate(value) : null;
    return date === null ? fail('malformed') : ok({ kind: 'day', epochDay: epochDayOf(date) });
  }
  const time = readTime(property, value, source);
  return time.ok ? ok({ kind: 'instant', at: time.value.clock.offsets.first(time.value.wall) }) : time;
}

/** True when the occurrence that starts at a wall time of a clock is the one that is meant. */
export function isMeant(recurrence: Recurrence, clock: FileClock, start: Wall): boolean {
  return recurrence.kind === 'day' ? Math.floor(start / DAY_MS) === recurrence.epochDay : clock.offsets.first(start) === recurrence.at;
}

function readEnd(event: FileComponent, start: FileTime, source: TimeSource): Result<EventEnd, IcsRefusal> {
  const property = propertyNamed(event, 'dtend');
  if (property !== null) {
    const end = readTime(property, property.values[0], source);
    return end.ok ? ok({ kind: 'wall', wall: wallBy(start.clock, end.value) }) : end;
  }
  const duration = propertyNamed(event, 'duration');
  if (duration === null) return fail('no-end');
  return readDuration(duration.values[0]);
}

const DURATION = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u;

/** Days and weeks are days on the wall, hours and less are time (RFC 5545, 3.3.6). */
function readDuration(value: unknown): Result<EventEnd, IcsRefusal> {
  const text = typeof value === 'string' ? value : '';
  if (text.startsWith('-')) return fail('no-length');
  const found = DURATION.exec(text);
  if (found === null) return fail('malformed');
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ok({
    kind: 'duration',
    daysMs: (weeks * 7 + days) * DAY_MS,
    exactMs: (hours * 3600 + minutes * 60 + seconds) * SECOND_MS,
  });
}

function readTime(property: FileProperty, value: unknown, { zones, floatingZone }: TimeSource): Result<FileTime, IcsRefusal> {
  if (property.type === 'date') return fail('all-day');
  const text = typeof value === 'string' ? value : '';
  const isUtc = text.endsWith('Z');
  const local = parseLocalDateTime(isUtc ? text.slice(0, -1) : text);
  if (local === null) return fail('malformed');
  const wall = wallOf(local);
  if (isUtc) return ok({ clock: clockOfZone('UTC'), wall });
  const name = parameterOf(property, 'tzid');
  if (name !== null) {
    const clock = zones.clock(name);
    return clock === null ? fail('unknown-zone') : ok({ clock, wall });
  }
  return floatingZone === null ? fail('floating') : ok({ clock: clockOfZone(floatingZone), wall });
}

/** What another clock shows at a time. */
function wallBy(clock: FileClock, time: FileTime): Wall {
  if (clock.offsets === time.clock.offsets) return time.wall;
  const at = time.clock.offsets.first(time.wall);
  return at + clock.offsets.offsetAt(at);
}

function valuesOf(event: FileComponent, name: string): readonly { readonly property: FileProperty; readonly value: unknown }[] {
  return propertiesOf(event, name).flatMap((property) => property.values.map((value) => ({ property, value })));
}
