import type { StaffedTime } from '../coverage/staffed-time.ts';
import { DAY_MS, MINUTE_MS, after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import type { OpenTime } from '../time/open-time.ts';
import { toLocal } from '../time/zone.ts';
import { roundedUp } from './rounding.ts';

/**
 * What an automatic acknowledgement may say: by when a person reads the message. It is worked out for each message, of
 * what the customer was promised and of who is really on shift; whatever can not be kept is not said.
 */

/** Further ahead a time helps nobody, and much can change until then. */
export const FARTHEST_MS = 7 * DAY_MS;
/** A sentence holds at least this long, so that it can be sent before it is stale. */
export const SENDING_MS = MINUTE_MS;

export interface AcknowledgementQuestion {
  readonly now: Instant;
  /** Open time within which the policy promises a first reply; null when it promises none. */
  readonly targetMs: number | null;
  /** The promised hours; null when a calendar is missing. */
  readonly open: OpenTime | null;
  /** When somebody who fulfils the case's need is on. */
  readonly staffed: StaffedTime;
  /** On-shift time that it takes until a message has been read, in milliseconds; more than 0. */
  readonly readingMs: number;
  readonly plannedUntil: Instant;
  /** IANA zone of the customer; null when nothing is known of it. */
  readonly customerZone: string | null;
  /** BCP 47; the case's language when the need asks for it, null when nobody of the team speaks it. */
  readonly readerLanguage: string | null;
}

/**
 * Why no time can be told: nothing is promised, hours that never open, nobody on shift, nothing planned that far, too far
 * ahead, nobody knows what the customer's clock shows.
 */
export type UntimedReason = 'unknown-zone' | 'no-target' | 'never-opens' | 'unstaffed' | 'unplanned' | 'too-far';

export type AcknowledgementFacts =
  | {
      readonly kind: 'timed';
      readonly readerLanguage: string | null;
      /** A multiple of five minutes on the customer's clock. */
      readonly readBy: Instant;
      readonly readByLocal: LocalDateTime;
      /** The customer's date when the facts were found: a time of another day is told with its date. */
      readonly nowLocal: LocalDateTime;
      /** Which of the two is later. */
      readonly decidedBy: 'policy' | 'staffing';
      /** Until this instant, itself included, the sentence is true when it is sent; later it must be worked out anew. */
      readonly validUntil: Instant;
    }
  | { readonly kind: 'untimed'; readonly readerLanguage: string | null; readonly reason: UntimedReason };

/** What can be said at `now`. It is true as long as policy, calendars and plan are what they were, and until `validUntil`. */
export function acknowledgementFacts(question: AcknowledgementQuestion): AcknowledgementFacts {
  const { now, targetMs, open, staffed, readingMs, plannedUntil, customerZone, readerLanguage } = question;
  const untimed = (reason: UntimedReason): AcknowledgementFacts => ({ kind: 'untimed', readerLanguage, reason });
  if (customerZone === null) return untimed('unknown-zone');
  if (targetMs === null) return untimed('no-target');
  const sentAt = after(now, SENDING_MS);
  const promised = open?.due(sentAt, targetMs) ?? null;
  if (open === null || promised === null) return untimed('never-opens');
  const farthest = after(now, FARTHEST_MS);
  const read = staffedReach(staffed, sentAt, readingMs, instant(Math.min(farthest, plannedUntil)));
  if (read === null) return untimed(plannedUntil < farthest ? 'unplanned' : 'unstaffed');
  const readBy = roundedUp(customerZone, instant(Math.max(promised, read)));
  if (readBy > farthest) return untimed('too-far');
  const lastStart = Math.min(
    latestStart(open.spans(now, readBy), readBy, targetMs),
    latestStart(staffed.spans(now, readBy), readBy, readingMs),
  );
  return {
    kind: 'timed',
    readerLanguage,
    readBy,
    readByLocal: toLocal(customerZone, readBy),
    nowLocal: toLocal(customerZone, now),
    decidedBy: read > promised ? 'staffing' : 'policy',
    validUntil: instant(lastStart),
  };
}

/** Whether a sentence that was worked out before may no longer be sent. A sentence without a time does not age. */
export function isStale(facts: AcknowledgementFacts, at: Instant): boolean {
  return facts.kind === 'timed' && at > facts.validUntil;
}

/** When somebody has been on for `neededMs` since `from`; null when that is after `limit`. */
function staffedReach(staffed: StaffedTime, from: Instant, neededMs: number, limit: Instant): Instant | null {
  let left = neededMs;
  for (const span of staffed.spans(from, limit)) {
    if (span.to - span.from >= left) return after(span.from, left);
    left -= span.to - span.from;
  }
  return null;
}

/** The last instant from which `neededMs` of the stretches are left until `end`. */
function latestStart(spans: readonly Span[], end: Instant, neededMs: number): number {
  let left = neededMs;
  for (const span of [...spans].reverse()) {
    if (left <= 0) break;
    if (span.to - span.from >= left) return span.to - left;
    left -= span.to - span.from;
  }
  return end;
}
