import { MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { dateOfEpochDay, localOfWall, wallOf } from './local-time.ts';
import type { LocalDate, LocalDateTime, Wall } from './local-time.ts';
import { ZoneOffsets, runtimeOffset } from './zone-offsets.ts';
import type { OffsetSource, WallKind } from './zone-offsets.ts';
import { ZONE_OVERRIDES } from './zone-overrides.ts';
import type { ZoneOverride } from './zone-overrides.ts';

/**
 * Wall time and instants: the only module that knows time zones. Zones are IANA names; the machine's own zone plays no
 * part in any answer. Rules: a wall time in a gap is moved forward by the gap, of two in an overlap the first counts,
 * and for what closes the last.
 */

/** A wall time in a zone. `instant` is what the program takes; a person who typed it is asked unless `kind` is unique. */
export interface ResolvedLocal {
  readonly kind: WallKind;
  /** Overlap: the first occurrence. Gap: the wall time read with the offset after the change. */
  readonly earlier: Instant;
  /** Overlap: the last occurrence. Gap: the wall time read with the offset before the change, so moved forward. */
  readonly later: Instant;
  readonly instant: Instant;
}

export interface ZoneTransition {
  readonly at: Instant;
  /** East of UTC, in milliseconds. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

export interface OverrideStatus {
  readonly override: ZoneOverride;
  /** False when the runtime knows the law by itself: the override is inert. */
  readonly isNeeded: boolean;
}

/** Zones as one source of offsets has them, with overrides where it is behind the law. Tests make their own. */
export class ZoneRules {
  readonly #source: OffsetSource;
  readonly #overrides: readonly ZoneOverride[];
  readonly #zones = new Map<string, ZoneOffsets>();
  #statuses: readonly OverrideStatus[] | null = null;

  constructor(source: OffsetSource, overrides: readonly ZoneOverride[]) {
    this.#source = source;
    this.#overrides = overrides;
  }

  /** The canary: which overrides this runtime needs. Asked once. */
  overrideStatuses(): readonly OverrideStatus[] {
    this.#statuses ??= this.#overrides.map((override) => ({ override, isNeeded: this.#isNeeded(override) }));
    return this.#statuses;
  }

  /** The offsets of a zone. Throws a RangeError for a zone that the runtime does not know. */
  offsets(zone: string): ZoneOffsets {
    const known = this.#zones.get(zone);
    if (known !== undefined) return known;
    const name = zone.toLowerCase();
    const status = this.overrideStatuses().find(
      ({ override, isNeeded }) => isNeeded && override.zones.some((each) => each.toLowerCase() === name),
    );
    const made = new ZoneOffsets(zone, this.#source, status?.override ?? null);
    this.#zones.set(zone, made);
    return made;
  }

  #isNeeded(override: ZoneOverride): boolean {
    // The first name stands for its links: data has one entry for all of them.
    const [zone = 'UTC'] = override.zones;
    try {
      return this.#source(zone, override.probeAt) !== override.offsetMs;
    } catch {
      return false;
    }
  }
}

const rules = new ZoneRules(runtimeOffset, ZONE_OVERRIDES);

/** The offsets of a zone as numbers, for code that converts by the thousand. Throws a RangeError for an unknown zone. */
export function offsetsOf(zone: string): ZoneOffsets {
  return rules.offsets(zone);
}

/**
 * True when the runtime knows this IANA zone. Fixed offsets (`+02:00`, `Etc/GMT-2`) are refused: they do not know
 * daylight saving time.
 */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/u.test(zone) || /^Etc\/GMT[+-]?\d/iu.test(zone)) return false;
  try {
    rules.offsets(zone);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that the zone's clocks are ahead of UTC (negative: behind) at an instant. */
export function zoneOffsetMs(zone: string, at: Instant): number {
  return rules.offsets(zone).offsetAt(at);
}

/** What the clocks of a zone show at an instant, to the second. */
export function toLocal(zone: string, at: Instant): LocalDateTime {
  return localOfWall(at + rules.offsets(zone).offsetAt(at));
}

/** The date in a zone at an instant. */
export function localDateOf(zone: string, at: Instant): LocalDate {
  const { year, month, day } = toLocal(zone, at);
  return { year, month, day };
}

/** Everything about a wall time in a zone, to confirm what a person typed. */
export function resolveLocal(zone: string, local: LocalDateTime): ResolvedLocal {
  const { kind, earlier, later } = rules.offsets(zone).resolve(wallOf(local));
  return { kind, earlier: instant(earlier), later: instant(later), instant: instant(kind === 'gap' ? later : earlier) };
}

/** The instant of a wall time that the program made: moved forward in a gap, the first in an overlap. */
export function toInstant(zone: string, local: LocalDateTime): Instant {
  return instantOfWall(zone, wallOf(local));
}

/** As `toInstant`, for a wall. */
export function instantOfWall(zone: string, wall: Wall): Instant {
  return instant(rules.offsets(zone).first(wall));
}

/** The instant of a closing wall time: the last in an overlap, so that the repeated hour counts as open. */
export function closingInstantOfWall(zone: string, wall: Wall): Instant {
  return instant(rules.offsets(zone).last(wall));
}

/** The first instant of a local date. */
export function startOfDay(zone: string, date: LocalDate): Instant {
  return instantOfWall(zone, wallOf(date));
}

/** The changes of a zone's offset in `[from, to)`. */
export function zoneTransitions(zone: string, from: Instant, to: Instant): readonly ZoneTransition[] {
  return rules
    .offsets(zone)
    .transitions(from, to)
    .map(({ at, before, after }) => ({ at: instant(at), beforeMs: before, afterMs: after }));
}

/** Which overrides are in force on this runtime; asked at start and shown in Settings. */
export function zoneOverrides(): readonly OverrideStatus[] {
  return rules.overrideStatuses();
}

/**
 * Names the time-zone data in use: the runtime's release, and behind a plus sign that of the overrides while the
 * runtime needs them (`2025c+2026d`). Future shifts are derived again when it changes.
 * @param runtimeRelease what the host says it carries, such as `process.versions.tz`; a page does not know it
 */
export function timeZoneDataVersion(runtimeRelease: string | undefined): string {
  return versionOf(runtimeRelease, rules.overrideStatuses());
}

/** The name of time-zone data with these overrides; see `timeZoneDataVersion`. */
export function versionOf(runtimeRelease: string | undefined, statuses: readonly OverrideStatus[]): string {
  const runtime = runtimeRelease === undefined || runtimeRelease === '' ? 'unknown' : runtimeRelease;
  const releases = statuses.filter(({ isNeeded }) => isNeeded).map(({ override }) => override.release);
  return releases.length === 0 ? runtime : `${runtime}+${releases.sort().at(-1) ?? ''}`;
}

export interface ZoneEntry {
  readonly zone: string;
  /** `Buenos Aires` of `America/Argentina/Buenos_Aires`. */
  readonly city: string;
  /** `America`; empty for UTC. */
  readonly region: string;
  readonly offsetMs: number;
}

/** Names that runtimes still list although the IANA data has had better ones for years; people search for the latter. */
const CURRENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** The name that the IANA data has today: `Asia/Kolkata` of `Asia/Calcutta`; any other as it is. */
export function currentZoneName(zone: string): string {
  const current = CURRENT_NAMES.get(zone);
  return current !== undefined && isKnownZone(current) ? current : zone;
}

/** The names of all zones to choose from, by their current names; UTC is among them. */
export function zoneNames(): readonly string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(currentZoneName)])].filter(isKnownZone);
}

/** Names that a zone went by: `Asia/Katmandu` for `Asia/Kathmandu`. Some people still look for them. */
export function formerZoneNames(zone: string): readonly string[] {
  return [...CURRENT_NAMES].flatMap(([former, current]) => (current === zone ? [former] : []));
}

/** Every zone to choose from with its offset at `at`, from west to east and by city; UTC is among them. */
export function listZones(at: Instant): readonly ZoneEntry[] {
  return zoneNames()
    .map((zone) => ({ zone, ...placeOf(zone), offsetMs: zoneOffsetMs(zone, at) }))
    .sort((a, b) => a.offsetMs - b.offsetMs || (a.city < b.city ? -1 : 1));
}

function placeOf(zone: string): { readonly city: string; readonly region: string } {
  const parts = zone.split('/');
  return { city: (parts.at(-1) ?? zone).replaceAll('_', ' '), region: parts.length > 1 ? (parts[0] ?? '') : '' };
}

/** `UTC`, `UTC-7`, `UTC+5:45`: offsets are shown instead of zone names, which runtimes get wrong after a change of law. */
export function offsetName(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  return `UTC${offsetMs < 0 ? '-' : '+'}${String(Math.floor(minutes / 60))}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** The local date of an instant as days since 1970-01-01. */
export function epochDayAt(zone: string, at: Instant): number {
  return Math.floor((at + rules.offsets(zone).offsetAt(at)) / 86_400_000);
}

/** The first instant of the local day that is `epochDay` days after 1970-01-01. */
export function startOfEpochDay(zone: string, epochDay: number): Instant {
  return startOfDay(zone, dateOfEpochDay(epochDay));
}
