import type { Instant } from '../time.ts';
import { DAY_MS, after } from '../time.ts';
import { localOfWall, wallOf } from '../time/local-time.ts';
import { resolveLocal, toInstant, toLocal } from '../time/zone.ts';
import { retimed, retimedBetween } from './derive.ts';
import type { ShiftBody } from './plan.ts';

/** What a lead can choose to put a shift right. */
export type CorrectionKind =
  /** It starts later, and ends as before. */
  | 'start-later'
  /** It ends earlier, and starts as before. */
  | 'end-earlier'
  /** All of it starts later, at its full length. */
  | 'move'
  /** Its end is on the next day that makes it longer than nothing. */
  | 'next-day'
  /** The time that the clocks really show instead of one that they skip. The instants stay. */
  | 'wall-time'
  /** The first occurrence of a time that happens twice, as it is. */
  | 'first'
  /** The second; the shift is then told by UTC's clocks, as its own can not name it. */
  | 'second'
  /** Nobody has it. */
  | 'unassign';

export interface Correction {
  readonly kind: CorrectionKind;
  readonly body: ShiftBody;
}

/** The shift from a later start on; none when nothing would be left of it. */
export function startLater(body: ShiftBody, at: Instant, zoneData: string): readonly Correction[] {
  return at > body.startAt && at < body.endAt ? [{ kind: 'start-later', body: retimedBetween(body, at, body.endAt, zoneData) }] : [];
}

/** The shift up to an earlier end; none when nothing would be left of it. */
export function endEarlier(body: ShiftBody, at: Instant, zoneData: string): readonly Correction[] {
  return at > body.startAt && at < body.endAt ? [{ kind: 'end-earlier', body: retimedBetween(body, body.startAt, at, zoneData) }] : [];
}

/** The shift at its full length on the wall from another start on. */
export function move(body: ShiftBody, at: Instant, zoneData: string): readonly Correction[] {
  const startLocal = toLocal(body.zone, at);
  const length = wallOf(body.endLocal) - wallOf(body.startLocal);
  const isExact = toInstant(body.zone, startLocal) === at;
  const moved = isExact
    ? retimed(body, startLocal, localOfWall(wallOf(startLocal) + length), zoneData)
    : retimedBetween(body, at, after(at, body.endAt - body.startAt), zoneData);
  return moved.startAt < moved.endAt ? [{ kind: 'move', body: moved }] : [];
}

export function unassign(body: ShiftBody): readonly Correction[] {
  return body.agentId === null ? [] : [{ kind: 'unassign', body: { ...body, agentId: null } }];
}

/** For a shift that ends when it starts or before: the next day's end, or what is left of its length behind a skipped hour. */
export function withLength(body: ShiftBody, zoneData: string): readonly Correction[] {
  const start = wallOf(body.startLocal);
  const end = wallOf(body.endLocal);
  if (end > start) return move(body, body.startAt, zoneData);
  const days = Math.floor((start - end) / DAY_MS) + 1;
  const next = retimed(body, body.startLocal, localOfWall(end + days * DAY_MS), zoneData);
  return next.startAt < next.endAt ? [{ kind: 'next-day', body: next }] : [];
}

/** Start or end at the time that the clocks show where the one that was meant is skipped. */
export function shownTime(body: ShiftBody, end: 'start' | 'end', zoneData: string): readonly Correction[] {
  const startLocal = end === 'start' ? toLocal(body.zone, body.startAt) : body.startLocal;
  const endLocal = end === 'end' ? toLocal(body.zone, body.endAt) : body.endLocal;
  return [{ kind: 'wall-time', body: { ...retimedBetween(body, body.startAt, body.endAt, zoneData), startLocal, endLocal } }];
}

/** The two instants of a start or an end that happens twice. */
export function occurrences(body: ShiftBody, end: 'start' | 'end', zoneData: string): readonly Correction[] {
  const { later } = resolveLocal(body.zone, end === 'start' ? body.startLocal : body.endLocal);
  const startAt = end === 'start' ? later : body.startAt;
  const endAt = end === 'end' ? later : body.endAt;
  const second: readonly Correction[] = startAt < endAt ? [{ kind: 'second', body: retimedBetween(body, startAt, endAt, zoneData) }] : [];
  return [{ kind: 'first', body }, ...second];
}
