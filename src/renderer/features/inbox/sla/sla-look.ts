import type { SlaBadge } from '../../../../shared/contract/sla.contract.ts';
import type { Instance } from '../../../../shared/domain/sla/clock.ts';
import { timeLeft } from '../../../../shared/domain/sla/time-left.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { OpenTime } from '../../../../shared/domain/time/open-time.ts';

/** soon: half of the target is used; urgent: four fifths. none: nothing is promised; problem: there is no due time to be worked out. */
export type SlaLevel = 'none' | 'problem' | 'paused' | 'ok' | 'soon' | 'urgent' | 'overdue' | 'met' | 'breached' | 'waived' | 'cancelled';

export interface SlaLook {
  readonly level: SlaLevel;
  /** Milliseconds of open time left, or over when it is overdue; null when they are not known or the clock has ended. */
  readonly openMs: number | null;
  /** Whether a day of this promise is a day on the calendar; else only hours say how much work is left. */
  readonly isAroundTheClock: boolean;
}

const WEEK_MS = 7 * DAY_MS;
const NO_STEPS: Instance['steps'] = [];

/**
 * How a clock is shown at `now`. Worked out from the clock alone, so it goes on while nothing else answers.
 * @param openTime the promised time of its policy; null while that is not known
 */
export function slaLook(badge: SlaBadge | null, openTime: OpenTime | null, now: Instant): SlaLook {
  if (badge === null) return { level: 'none', openMs: null, isAroundTheClock: false };
  const level = levelOf(badge, now);
  if (badge.endedAt !== null || level === 'problem' || openTime === null) return { level, openMs: null, isAroundTheClock: false };
  const left = timeLeft({ ...badge, steps: NO_STEPS }, openTime, now);
  return { level, openMs: left === null ? null : Math.abs(left), isAroundTheClock: openTime.elapsed(now, now + WEEK_MS) === WEEK_MS };
}

function levelOf(badge: SlaBadge, now: Instant): SlaLevel {
  const { state, dueAt } = badge;
  if (state === 'met' || state === 'breached' || state === 'waived' || state === 'cancelled') return state;
  if (badge.problem !== null) return 'problem';
  if (badge.pausedAt !== null) return 'paused';
  if (dueAt === null) return 'problem';
  // The page's own clock decides: what was running when it was asked for may be overdue by now.
  if (now > dueAt) return 'overdue';
  if (badge.fourFifthsAt !== null && badge.fourFifthsAt <= now) return 'urgent';
  return badge.halfAt !== null && badge.halfAt <= now ? 'soon' : 'ok';
}

/** Minutes matter within the hour, quarters for some hours, then hours. Each step is a whole number of the ones before. */
function stepOf(openMs: number): number {
  if (openMs < HOUR_MS) return MINUTE_MS;
  return openMs < 8 * HOUR_MS ? 15 * MINUTE_MS : HOUR_MS;
}

/** What is shown of a span of open time: rounded down to what matters at its length. */
export function shownOpenMs(openMs: number): number {
  return openMs - (openMs % stepOf(openMs));
}

/**
 * When what is shown of a clock changes next after `now`: its level, or the text of its open time. Nothing changes while
 * the promise is closed, so a night or a weekend is slept through. Null when it changes no more by itself.
 */
export function nextLookChange(badge: SlaBadge | null, openTime: OpenTime | null, now: Instant): Instant | null {
  if (badge === null || badge.endedAt !== null || badge.pausedAt !== null || badge.problem !== null || badge.dueAt === null) return null;
  const { openMs } = slaLook(badge, openTime, now);
  const text = openMs === null ? null : nextTextChange(openMs, now > badge.dueAt, openTime, now);
  const changes = [badge.halfAt, badge.fourFifthsAt, after(badge.dueAt, 1), text].filter((at) => at !== null && at > now);
  return changes.length === 0 ? null : instant(Math.min(...changes.map(Number)));
}

function nextTextChange(openMs: number, isOverdue: boolean, openTime: OpenTime | null, now: Instant): Instant | null {
  const shown = shownOpenMs(openMs);
  // Counting down, the text changes just below what it shows; counting up, when the next step is full.
  const wait = isOverdue ? shown + stepOf(openMs) - openMs : openMs - shown + 1;
  return openTime?.due(now, wait) ?? null;
}
