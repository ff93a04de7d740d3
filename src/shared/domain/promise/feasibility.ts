import type { StaffedTime } from '../coverage/staffed-time.ts';
import { after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import { toLocal } from '../time/zone.ts';
import { roundedDown, roundedUp } from './rounding.ts';

/**
 * Whether anybody can keep a promise: somebody who can take the case must be on shift at some time in the last
 * `preparationMs` before it is due.
 */

export interface FeasibilityQuestion {
  readonly dueAt: Instant;
  readonly now: Instant;
  /** What keeping it takes of a person who is on shift, in milliseconds; more than 0. */
  readonly preparationMs: number;
  /** When somebody who fulfils the case's need is on; see `caseNeed` and `staffedTime`. */
  readonly staffed: StaffedTime;
  /** Up to here the plan is known; behind it nobody is on because nothing is planned. */
  readonly plannedUntil: Instant;
  /** IANA zone of the customer. */
  readonly customerZone: string;
}

/** A time that could be promised instead, a multiple of five minutes on the customer's clock. */
export interface OfferedTime {
  readonly at: Instant;
  readonly local: LocalDateTime;
}

export type Feasibility =
  | {
      readonly kind: 'feasible';
      /** When somebody is on within the time to prepare it. */
      readonly staffed: readonly Span[];
    }
  | {
      readonly kind: 'infeasible';
      /** Nobody is on in this stretch. */
      readonly unstaffed: Span;
      /** The last time before `dueAt` that could be promised; null when there is none from now on. */
      readonly earlier: OfferedTime | null;
      /** The first time after `dueAt` that could be promised, with time to prepare it; null when the plan has none. */
      readonly later: OfferedTime | null;
    }
  /** The time to prepare it lies where nothing is planned yet: nobody can say. */
  | { readonly kind: 'unplanned'; readonly plannedUntil: Instant };

/** Who could keep a promise, and what could be promised instead. A due time that is past is infeasible. */
export function promiseFeasibility({ dueAt, now, preparationMs, staffed, plannedUntil, customerZone }: FeasibilityQuestion): Feasibility {
  const begin = instant(Math.max(now, dueAt - preparationMs));
  const spans = begin < dueAt ? staffed.spans(begin, dueAt) : [];
  if (spans.length > 0) return { kind: 'feasible', staffed: spans };
  if (begin >= plannedUntil && dueAt > now) return { kind: 'unplanned', plannedUntil };
  const offered = (at: Instant): OfferedTime => ({ at, local: toLocal(customerZone, at) });
  const last = staffed.spans(now, Math.max(now, begin)).at(-1);
  const earlier = last === undefined ? null : roundedDown(customerZone, last.to);
  const later = nextOffered(plannedSpans(staffed, instant(Math.max(now, dueAt)), plannedUntil), preparationMs, customerZone);
  return {
    kind: 'infeasible',
    unstaffed: { from: begin, to: dueAt },
    // a stretch of less than five minutes may end before any time that can be offered
    earlier: earlier === null || last === undefined || earlier <= last.from ? null : offered(earlier),
    later: later === null ? null : offered(later),
  };
}

function plannedSpans(staffed: StaffedTime, from: Instant, plannedUntil: Instant): readonly Span[] {
  return from < plannedUntil ? staffed.spans(from, plannedUntil) : [];
}

/** The first time of five minutes that somebody can prepare: in full if the stretch is long enough, else at all. */
function nextOffered(staffed: readonly Span[], preparationMs: number, zone: string): Instant | null {
  for (const { from, to } of staffed) {
    const times = [roundedUp(zone, after(from, preparationMs)), roundedUp(zone, after(from, 1))];
    const found = times.find((at) => at > from && at < to + preparationMs);
    if (found !== undefined) return found;
  }
  return null;
}
