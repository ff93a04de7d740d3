import { DAY_MS, HOUR_MS, SECOND_MS } from '../time.ts';
import { wallOf } from './local-time.ts';
import type { ZoneOverride } from './zone-overrides.ts';

/**
 * Where offsets come from: milliseconds east of UTC at an instant (epoch milliseconds). Throws a RangeError for a zone
 * that it does not know.
 */
export type OffsetSource = (zone: string, at: number) => number;

/** A moment at which a zone's offset changes. */
export interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The runtime's own time-zone data, read through Intl: the only door to it. */
export function runtimeOffset(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    if (!/^[A-Za-z]/u.test(zone)) throw new RangeError(`not a time zone: ${zone}`);
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const whole = Math.floor(at / SECOND_MS) * SECOND_MS;
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = format.format(whole).split(/\D+/u).map(Number);
  return wallOf({ year, month, day, hour, minute, second }) - whole;
}

/** Time is kept in chunks of this length, each with the changes of offset in it. */
const CHUNK_MS = 366 * DAY_MS;
/** The shortest that an offset has lasted between two changes since 1900 is four days (Freetown in 1939). */
const PROBE_MS = 3 * DAY_MS;
/** No zone was ever further from UTC than this. */
const FARTHEST_MS = 16 * HOUR_MS;

interface Chunk {
  /** Offset at the chunk's begin. */
  readonly first: number;
  readonly transitions: readonly Transition[];
}

/** What a wall time is in a zone: once, never (the clock jumped over it) or twice (the clock was set back). */
export type WallKind = 'unique' | 'gap' | 'overlap';

export interface ResolvedWall {
  readonly kind: WallKind;
  /**
   * In order of time. Overlap: first and last occurrence. Gap: the wall time by the offset after and by the offset
   * before the change; the latter is the wall time moved forward by the gap.
   */
  readonly earlier: number;
  readonly later: number;
}

/**
 * The offsets of one zone for all time: changes are found by bisection when a stretch of time is first asked for, and
 * kept. All numbers are epoch milliseconds or walls.
 */
export class ZoneOffsets {
  readonly zone: string;
  readonly #source: (at: number) => number;
  readonly #chunks = new Map<number, Chunk>();

  constructor(zone: string, source: OffsetSource, override: ZoneOverride | null) {
    this.zone = zone;
    this.#source = override === null ? (at) => source(zone, at) : (at) => (at >= override.from ? override.offsetMs : source(zone, at));
    // an unknown zone is refused here and not at its first use
    this.#source(0);
  }

  /** Milliseconds east of UTC. */
  offsetAt(at: number): number {
    const chunk = this.#chunk(Math.floor(at / CHUNK_MS));
    let offset = chunk.first;
    for (const transition of chunk.transitions) {
      if (transition.at > at) break;
      offset = transition.after;
    }
    return offset;
  }

  /** The changes of offset in `[from, to)`, in order. */
  transitions(from: number, to: number): readonly Transition[] {
    const found: Transition[] = [];
    for (let index = Math.floor(from / CHUNK_MS); index * CHUNK_MS < to; index += 1) {
      for (const transition of this.#chunk(index).transitions) {
        if (transition.at >= from && transition.at < to) found.push(transition);
      }
    }
    return found;
  }

  /** The instant of a wall time: moved forward by the gap in a gap, the first of two in an overlap. */
  first(wall: number): number {
    const plain = this.#plain(wall);
    if (plain !== null) return plain;
    const { kind, earlier, later } = this.resolve(wall);
    return kind === 'gap' ? later : earlier;
  }

  /** As `first`, but the last of two in an overlap: the rule for closing times. */
  last(wall: number): number {
    return this.#plain(wall) ?? this.resolve(wall).later;
  }

  resolve(wall: number): ResolvedWall {
    const plain = this.#plain(wall);
    if (plain !== null) return { kind: 'unique', earlier: plain, later: plain };
    const changes = this.transitions(wall - FARTHEST_MS, wall + FARTHEST_MS + 1);
    const found: number[] = [];
    let begin = Number.NEGATIVE_INFINITY;
    let offset = changes[0]?.before ?? 0;
    for (const change of [...changes, null]) {
      const at = wall - offset;
      if (at >= begin && (change === null || at < change.at)) found.push(at);
      if (change !== null) {
        begin = change.at;
        offset = change.after;
      }
    }
    const earlier = found[0];
    const later = found.at(-1);
    if (earlier !== undefined && later !== undefined) return { kind: earlier === later ? 'unique' : 'overlap', earlier, later };
    const gap = changes.find((change) => wall - change.before >= change.at && wall - change.after < change.at);
    if (gap === undefined) throw new Error(`no instant for ${String(wall)} in ${this.zone}`);
    return { kind: 'gap', earlier: wall - gap.after, later: wall - gap.before };
  }

  /** The instant of a wall time that is far from any change; null near one. */
  #plain(wall: number): number | null {
    const from = wall - FARTHEST_MS;
    const to = wall + FARTHEST_MS;
    const index = Math.floor(from / CHUNK_MS);
    if (Math.floor(to / CHUNK_MS) !== index) return this.transitions(from, to + 1).length === 0 ? wall - this.offsetAt(from) : null;
    const chunk = this.#chunk(index);
    let offset = chunk.first;
    for (const transition of chunk.transitions) {
      if (transition.at > to) break;
      if (transition.at >= from) return null;
      offset = transition.after;
    }
    return wall - offset;
  }

  #chunk(index: number): Chunk {
    const known = this.#chunks.get(index);
    if (known !== undefined) return known;
    const begin = index * CHUNK_MS;
    const end = begin + CHUNK_MS;
    const transitions: Transition[] = [];
    const first = this.#source(begin);
    let before = first;
    // A change at the very begin belongs to this chunk too: `transitions` must not lose it between two chunks.
    const previous = this.#source(begin - SECOND_MS);
    if (previous !== first) transitions.push({ at: begin, before: previous, after: first });
    for (let at = begin; at < end;) {
      const next = Math.min(at + PROBE_MS, end - SECOND_MS);
      const after = this.#source(next);
      if (after !== before) transitions.push({ at: this.#bisect(at, next, before), before, after });
      before = after;
      at = next === end - SECOND_MS ? end : next;
    }
    const chunk = { first, transitions };
    this.#chunks.set(index, chunk);
    return chunk;
  }

  /** The first whole second in `(from, to]` whose offset is not `before`. */
  #bisect(from: number, to: number, before: number): number {
    let low = from / SECOND_MS;
    let high = to / SECOND_MS;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#source(middle * SECOND_MS) === before) low = middle;
      else high = middle;
    }
    return high * SECOND_MS;
  }
}
