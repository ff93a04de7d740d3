import { after, DAY_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';

/** So long by the wall clock may somebody who waits for us hear nothing before we are told to write to them. */
export const FOLLOW_UP_AFTER_MS = DAY_MS;

/** What of a case says when a customer who waits must hear from us. */
export interface Waiting {
  /** Their oldest message that nobody has answered; null when nothing waits. */
  readonly waitingSince: Instant | null;
  /** When they asked again for the first time since; null when they have not. */
  readonly firstAskedAt: Instant | null;
  /** When a person of the team last answered them; null when nobody has. */
  readonly lastAnswerAt: Instant | null;
}

/**
 * From when on a follow-up is due: they have waited for 24 hours. Whoever has asked again hears nothing new since our last answer, so it is
 * counted from that: to be told "we look into it" and then nothing is no news. Null while nothing waits for us. A further message that
 * asks again never moves it, and it moves no clock of an SLA.
 */
export function followUpAt({ waitingSince, firstAskedAt, lastAnswerAt }: Waiting): Instant | null {
  if (waitingSince === null) return null;
  const waited = after(waitingSince, FOLLOW_UP_AFTER_MS);
  if (firstAskedAt === null || lastAnswerAt === null) return waited;
  return instant(Math.min(waited, Math.max(firstAskedAt, after(lastAnswerAt, FOLLOW_UP_AFTER_MS))));
}
