import type { Instant } from '../../../shared/domain/time.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import { parseLocalDateTime, wallOf } from '../../../shared/domain/time/local-time.ts';
import type { Wall } from '../../../shared/domain/time/local-time.ts';
import { ZoneOffsets } from '../../../shared/domain/time/zone-offsets.ts';
import { currentZoneName, isKnownZone, offsetsOf } from '../../../shared/domain/time/zone.ts';
import { expandRule } from './ics-rules.ts';
import { propertiesOf, propertyNamed, textOf } from './jcal.ts';
import type { FileComponent } from './jcal.ts';
import { zoneOfWindowsName } from './windows-zones.ts';

/** A clock that times of a calendar file are told by. */
export interface FileClock {
  /** The IANA zone whose clock it is; null for one that only the file describes. */
  readonly zone: string | null;
  readonly offsets: ZoneOffsets;
}

/** A year: what two clocks agree on for so long they do for one reason. */
const COMPARED_MS = 366 * DAY_MS;
/** The furthest that a clock can be from UTC. */
const FARTHEST_MS = 16 * HOUR_MS;

/**
 * The zones of one calendar file. A name is an IANA zone (also at the end of a longer name, as some programs write it),
 * else a Windows zone by CLDR, else what the file describes under it. The machine's own zone plays no part.
 */
export class FileZones {
  readonly #described: ReadonlyMap<string, FileComponent>;
  readonly #preferred: readonly string[];
  readonly #from: Instant;
  readonly #to: Instant;
  readonly #clocks = new Map<string, FileClock | null>();

  /** @param preferred zones that a described clock may turn out to be, such as those of the team's hubs */
  constructor(described: ReadonlyMap<string, FileComponent>, preferred: readonly string[], from: Instant, to: Instant) {
    this.#described = described;
    this.#preferred = preferred;
    this.#from = from;
    this.#to = to;
  }

  /** The clock of a zone's name; null when nobody knows it. */
  clock(name: string): FileClock | null {
    const known = this.#clocks.get(name);
    if (known !== undefined) return known;
    const zone = ianaZone(name) ?? zoneOfWindowsName(name);
    const clock = zone === null || !isKnownZone(zone) ? this.#describedClock(name) : clockOfZone(zone);
    this.#clocks.set(name, clock);
    return clock;
  }

  #describedClock(name: string): FileClock | null {
    const component = this.#described.get(name);
    if (component === undefined) return null;
    const named = ianaZone(textOf(component, 'x-lic-location'));
    if (named !== null) return clockOfZone(named);
    const onsets = readOnsets(component, this.#from - 2 * COMPARED_MS, this.#to + COMPARED_MS);
    if (onsets === null) return null;
    const offsets = new ZoneOffsets(`file:${name}`, (_zone, at) => offsetAt(onsets, at), null);
    const until = Math.max(this.#to, this.#from + COMPARED_MS);
    const like = this.#preferred.find((zone) => isKnownZone(zone) && agree(offsetsOf(zone), offsets, this.#from, until));
    return like === undefined ? { zone: null, offsets } : clockOfZone(like);
  }
}

/** The clock of an IANA zone. Throws a RangeError for any other name. */
export function clockOfZone(zone: string): FileClock {
  return { zone: currentZoneName(zone), offsets: offsetsOf(zone) };
}

/** `Europe/Berlin` of itself, and of `/example.org/20260101/Europe/Berlin`. */
function ianaZone(name: string): string | null {
  const parts = name.trim().split('/');
  const candidates = name.includes('/') ? [parts, parts.slice(-3), parts.slice(-2)] : [parts];
  return candidates.map((each) => each.join('/')).find(isKnownZone) ?? null;
}

/** A moment from which on the file's clock has an offset. */
interface Onset {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Changes of offset that a VTIMEZONE describes, in order; null when it can not be read. */
function readOnsets(component: FileComponent, from: number, to: number): readonly Onset[] | null {
  const onsets: Onset[] = [];
  for (const part of component.components.filter(({ name }) => name === 'standard' || name === 'daylight')) {
    const before = offsetOf(part, 'tzoffsetfrom');
    const after = offsetOf(part, 'tzoffsetto');
    const start = wallOfText(propertyNamed(part, 'dtstart')?.values[0]);
    if (before === null || after === null || start === null) return null;
    const walls = [start, ...propertiesOf(part, 'rdate').flatMap(({ values }) => values.map(wallOfText))];
    for (const rule of propertiesOf(part, 'rrule')) {
      // the rule runs by the clock as it is before the change
      const expanded = expandRule(rule.values[0], start, { from: from - FARTHEST_MS, to: to + FARTHEST_MS }, (until) => until + before);
      if (!expanded.ok) return null;
      walls.push(...expanded.value);
    }
    for (const wall of walls) {
      if (wall === null) return null;
      onsets.push({ at: wall - before, before, after });
    }
  }
  return onsets.length === 0 ? null : onsets.sort((a, b) => a.at - b.at);
}

function offsetAt(onsets: readonly Onset[], at: number): number {
  let offset = onsets[0]?.before ?? 0;
  for (const onset of onsets) {
    if (onset.at > at) break;
    offset = onset.after;
  }
  return offset;
}

/** `+05:45` in milliseconds; null for anything else. */
function offsetOf(part: FileComponent, name: string): number | null {
  const found = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(textOf(part, name));
  if (found === null) return null;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return (found[1] === '-' ? -seconds : seconds) * SECOND_MS;
}

function wallOfText(text: unknown): Wall | null {
  const local = typeof text === 'string' ? parseLocalDateTime(text) : null;
  return local === null ? null : wallOf(local);
}

function agree(a: ZoneOffsets, b: ZoneOffsets, from: number, to: number): boolean {
  const changes = (of: ZoneOffsets): string =>
    of
      .transitions(from, to)
      .map(({ at, after }) => `${String(at)} ${String(after)}`)
      .join();
  return a.offsetAt(from) === b.offsetAt(from) && changes(a) === changes(b);
}
