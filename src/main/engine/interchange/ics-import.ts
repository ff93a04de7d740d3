import type { IcsRefusal } from '../../../shared/domain/coverage/interchange.ts';
import { spanBetween } from '../../../shared/domain/coverage/derive.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { localOfWall } from '../../../shared/domain/time/local-time.ts';
import type { LocalDateTime, Wall } from '../../../shared/domain/time/local-time.ts';
import { isMeant, readEvent, recurrenceOf } from './ics-events.ts';
import type { FileEvent, Recurrence, TimeSource } from './ics-events.ts';
import { expandRule } from './ics-rules.ts';
import { utcText } from './ics-text.ts';
import { FileZones } from './ics-zones.ts';
import { MOST_EVENTS, fileComponents } from './ics-file.ts';
import { parameterOf, propertyNamed, recordOf, textOf } from './jcal.ts';
import type { FileComponent } from './jcal.ts';

/** A shift that an event of a calendar file would become. Whose it is, is the caller's to say. */
export interface ImportedShift {
  /** The event's UID; of a series with the time of the occurrence, so that it is the same at the next import. */
  readonly uid: string;
  /** IANA name; UTC where the file's own clock is none that has a name. */
  readonly zone: string;
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
  readonly summary: string;
  /** It starts or ends in a skipped hour, or is longer or shorter than others of its series, because clocks change. */
  readonly isAdjusted: boolean;
}

export interface RefusedEvent {
  /** In the file's own words. */
  readonly what: string;
  readonly reason: IcsRefusal;
}

export interface IcsImport {
  /** In order of time. */
  readonly shifts: readonly ImportedShift[];
  readonly refused: readonly RefusedEvent[];
}

export interface IcsQuestion {
  /** Shifts that start in `[from, to)` are taken; series without an end are followed up to there. */
  readonly from: Instant;
  readonly to: Instant;
  /** The zone of times that have none; null: they are refused. */
  readonly floatingZone: string | null;
  /** Zones that a clock which only the file describes may turn out to be: those of hubs and people. */
  readonly preferredZones: readonly string[];
}

const MOST_CHARACTERS = 5_000_000;
const MOST_RULES = 300;
const MOST_SHIFTS = 5_000;
const MOST_REFUSALS = 200;
/** A week on call is a shift; more is not. */
const LONGEST_MS = 8 * DAY_MS;

/**
 * Reads shifts out of a calendar file (RFC 5545). Everything that becomes none is told with its reason; nothing is
 * guessed: a time whose zone nobody knows is refused, and the machine's own zone plays no part. Start and end of an
 * occurrence are wall times of the event's clock; one in a skipped hour is kept, moved by the rule of the gap, and
 * marked. The end of an occurrence is on the wall what it is in the first, as people mean shifts, also in a night in
 * which the clocks change; there 3.8.5.3 would keep the number of hours.
 */
export function readIcs(text: string, question: IcsQuestion): IcsImport {
  const reader = new CalendarReader(question);
  reader.read(text);
  return reader.result();
}

/** One event of a file with what was read of it so far. */
interface Read {
  readonly component: FileComponent;
  readonly recurrence: Recurrence | null;
}

type TimedShift = ImportedShift & { readonly startAt: Instant };

/** Collects what one file gives and what it does not. */
class CalendarReader {
  readonly #question: IcsQuestion;
  readonly #shifts: TimedShift[] = [];
  readonly #refused: RefusedEvent[] = [];
  #notTold = 0;
  #outside = 0;
  #rules = 0;
  #isFull = false;

  constructor(question: IcsQuestion) {
    this.#question = question;
  }

  read(text: string): void {
    if (text.length > MOST_CHARACTERS) {
      this.#refuse(String(MOST_CHARACTERS), 'too-large');
      return;
    }
    const { isCalendar, zones, events, malformed, isCut } = fileComponents(text);
    if (!isCalendar) this.#refuse(text.trim().slice(0, 80), 'no-calendar');
    if (isCut) this.#refuse(String(MOST_EVENTS), 'too-many-events');
    for (const what of malformed) this.#refuse(what, 'malformed');
    const { preferredZones, from, to, floatingZone } = this.#question;
    const source: TimeSource = { zones: new FileZones(zones, preferredZones, from, to), floatingZone };
    for (const [uid, series] of this.#series(events, source)) {
      if (this.#isFull) break;
      this.#readSeries(uid, series, source);
    }
  }

  result(): IcsImport {
    const refused = [...this.#refused];
    if (this.#outside > 0) refused.push({ what: String(this.#outside), reason: 'outside-window' });
    if (this.#notTold > 0) refused.push({ what: String(this.#notTold), reason: 'more' });
    const shifts = this.#shifts
      .sort((a, b) => a.startAt - b.startAt || (a.uid < b.uid ? -1 : 1))
      .map(({ startAt: _startAt, ...shift }) => shift);
    return { shifts, refused };
  }

  /** Events by their UID. What can not even be told which occurrence it stands for is refused. */
  #series(events: readonly FileComponent[], source: TimeSource): ReadonlyMap<string, readonly Read[]> {
    const series = new Map<string, Read[]>();
    for (const component of events) {
      const recurrence = recurrenceOf(component, source);
      if (!recurrence.ok) {
        this.#refuse(whatOf(component), recurrence.error);
        continue;
      }
      const uid = textOf(component, 'uid') || whatOf(component);
      series.set(uid, [...(series.get(uid) ?? []), { component, recurrence: recurrence.value }]);
    }
    return series;
  }

  #readSeries(uid: string, series: readonly Read[], source: TimeSource): void {
    const latest = this.#latest(series);
    const replacements = latest.filter(({ recurrence }) => recurrence !== null);
    const master = latest.find(({ recurrence }) => recurrence === null);
    if (master !== undefined) {
      if (isCancelled(master.component)) {
        this.#refuse(whatOf(master.component), 'cancelled');
        return;
      }
      this.#readMaster(uid, master.component, replacements, source);
    }
    for (const { component, recurrence } of replacements) {
      if (isCancelled(component)) continue;
      const event = readEvent(component, source);
      if (!event.ok) this.#refuse(whatOf(component), event.error);
      else this.#take(`${uid}#${keyOf(recurrence)}`, component, event.value, [event.value.start], false);
    }
  }

  #readMaster(uid: string, component: FileComponent, replacements: readonly Read[], source: TimeSource): void {
    const event = readEvent(component, source);
    const starts = event.ok ? this.#startsOf(event.value) : event;
    if (!event.ok || !starts.ok) {
      if (!starts.ok) this.#refuse(whatOf(component), starts.error);
      return;
    }
    const { clock, excluded } = event.value;
    // Each of them is compared with each occurrence.
    if (excluded.length > MOST_EVENTS) {
      this.#refuse(whatOf(component), 'too-many-rules');
      return;
    }
    const taken = [...excluded, ...replacements.flatMap(({ recurrence }) => recurrence ?? [])];
    const isSeries = event.value.rule !== null || event.value.extraStarts.length > 0;
    const left = starts.value.filter((start) => !taken.some((recurrence) => isMeant(recurrence, clock, start)));
    if (left.length === 0 && taken.length === 0) this.#outside += 1;
    this.#take(uid, component, event.value, left, isSeries);
  }

  /** Starts of an event around the time that is asked for, each once. */
  #startsOf(event: FileEvent): Result<readonly Wall[], IcsRefusal> {
    if (event.rule === null) return ok([...new Set([event.start, ...event.extraStarts])]);
    this.#rules += 1;
    if (this.#rules > MOST_RULES) return fail('too-many-rules');
    const { offsets } = event.clock;
    // no clock is further from UTC than a day
    const window = { from: this.#question.from - DAY_MS, to: this.#question.to + DAY_MS };
    const expand = (rule: unknown): Result<readonly Wall[], IcsRefusal> =>
      expandRule(rule, event.start, window, (until) => until + offsets.offsetAt(until));
    const isLost = (wall: Wall): boolean => {
      const { kind, earlier, later } = offsets.resolve(wall);
      return kind === 'gap' && later - earlier >= DAY_MS;
    };
    let walls = expand(event.rule);
    // A day that an island never had is no occurrence, and does not count as one; a skipped hour does.
    const lost = walls.ok ? walls.value.filter(isLost).length : 0;
    const rule = recordOf(event.rule);
    if (lost > 0 && typeof rule['count'] === 'number') walls = expand({ ...rule, count: rule['count'] + lost });
    return walls.ok ? ok([...new Set([...walls.value.filter((wall) => !isLost(wall)), ...event.extraStarts])]) : walls;
  }

  #take(uid: string, component: FileComponent, event: FileEvent, starts: readonly Wall[], isSeries: boolean): void {
    for (const start of starts) {
      const startAt = instant(event.clock.offsets.first(start));
      if (startAt < this.#question.from || startAt >= this.#question.to) {
        if (!isSeries) this.#outside += 1;
        continue;
      }
      if (this.#shifts.length >= MOST_SHIFTS) {
        if (!this.#isFull) this.#refuse(String(MOST_SHIFTS), 'too-many-shifts');
        this.#isFull = true;
        return;
      }
      const shift = shiftOf(isSeries ? `${uid}#${utcText(startAt)}` : uid, event, start, isSeries);
      if (!shift.ok) {
        this.#refuse(whatOf(component), shift.error);
        return;
      }
      this.#shifts.push({ ...shift.value, startAt });
    }
  }

  /** Of several versions of one event the last; the others are told. */
  #latest(series: readonly Read[]): readonly Read[] {
    const latest = new Map<string, Read>();
    for (const each of series) {
      const key = keyOf(each.recurrence);
      const known = latest.get(key);
      const isNewer = known === undefined || sequenceOf(each.component) >= sequenceOf(known.component);
      const older = isNewer ? known : each;
      if (older !== undefined) this.#refuse(whatOf(older.component), 'superseded');
      if (isNewer) latest.set(key, each);
    }
    return [...latest.values()];
  }

  #refuse(what: string, reason: IcsRefusal): void {
    if (this.#refused.length >= MOST_REFUSALS) this.#notTold += 1;
    else this.#refused.push({ what: what.slice(0, 200), reason });
  }
}

function shiftOf(uid: string, event: FileEvent, start: Wall, isSeries: boolean): Result<ImportedShift, IcsRefusal> {
  const { clock, end, summary } = event;
  const { offsets } = clock;
  const startAt = offsets.first(start);
  const endWall = end.kind === 'wall' ? start + (end.wall - event.start) : start + end.daysMs;
  const endAt = end.kind === 'wall' ? offsets.first(endWall) : (end.daysMs === 0 ? startAt : offsets.first(endWall)) + end.exactMs;
  if (endAt <= startAt) return fail('no-length');
  if (endAt - startAt > LONGEST_MS) return fail('too-long');
  const isMoved = [start, endWall].some((wall) => offsets.resolve(wall).kind === 'gap');
  const isStretched = isSeries && end.kind === 'wall' && endAt - startAt !== endWall - start;
  const shownEnd = endAt + offsets.offsetAt(endAt);
  const common = { uid, summary, isAdjusted: isMoved || isStretched };
  // where the shift's own clock can not tell it, as in the second run of a repeated hour, UTC can
  if (clock.zone === null || (end.kind === 'duration' && offsets.first(shownEnd) !== endAt)) {
    const { zone, startLocal, endLocal } = spanBetween('UTC', instant(startAt), instant(endAt), '');
    return ok({ ...common, zone, startLocal, endLocal });
  }
  const endLocal = localOfWall(end.kind === 'wall' ? endWall : shownEnd);
  return ok({ ...common, zone: clock.zone, startLocal: localOfWall(start), endLocal });
}

function keyOf(recurrence: Recurrence | null): string {
  if (recurrence === null) return '';
  return recurrence.kind === 'day' ? `day-${String(recurrence.epochDay)}` : utcText(instant(recurrence.at));
}

function sequenceOf(component: FileComponent): number {
  const value = propertyNamed(component, 'sequence')?.values[0];
  return typeof value === 'number' ? value : 0;
}

function isCancelled(component: FileComponent): boolean {
  return textOf(component, 'status').toUpperCase() === 'CANCELLED';
}

/** An event in words of the file: its summary, start and zone. */
function whatOf(component: FileComponent): string {
  const start = propertyNamed(component, 'dtstart');
  const zone = start === null ? null : parameterOf(start, 'tzid');
  return [textOf(component, 'summary'), textOf(component, 'dtstart'), ...(zone === null ? [] : [zone])].join(' ').trim();
}
