import type { Instant } from '../time.ts';
import type { OpenTime } from '../time/open-time.ts';
import type { Instance } from './clock.ts';

/**
 * Open milliseconds that a clock has left at `now`; negative: how much open time it is overdue. A paused clock keeps
 * what it has; for an ended one it is what was left at its end. Null without a due time for a reason other than a pause.
 * @param openTime the promised time of the clock's policy (`promisedTime`)
 */
export function timeLeft(instance: Instance, openTime: OpenTime, now: Instant): number | null {
  if (instance.problem !== null) return null;
  if (instance.pausedAt !== null) {
    return instance.targetMs - openTime.elapsed(instance.countedFrom, instance.pausedAt, instance.pauses);
  }
  const dueAt = instance.dueAt;
  if (dueAt === null) return null;
  const at = instance.endedAt ?? now;
  return at <= dueAt ? openTime.elapsed(at, dueAt, instance.pauses) : -openTime.elapsed(dueAt, at);
}

/** How much of its target a clock has used: 0 to 1, and more once it is overdue. */
export function usedShare(instance: Instance, openTime: OpenTime, now: Instant): number | null {
  const left = timeLeft(instance, openTime, now);
  return left === null ? null : 1 - left / instance.targetMs;
}
