import { after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { OpenHours } from '../time/calendar.ts';
import { CaseClocks } from './case-clocks.ts';
import type { Instance } from './clock.ts';
import type { Policy } from './policy.ts';
import { compareEvents, countingEvents } from './sla-event.ts';
import type { SlaEvent } from './sla-event.ts';

/**
 * Every clock of a case at `now`: a pure function of its events (in any order), all versions of all policies, and the
 * hours that they promise. By metric, then in the order they started.
 * @param hours hand in the same array again and again: the tables made from it are kept for as long as it lives
 */
export function evaluate(
  events: readonly SlaEvent[],
  policies: readonly Policy[],
  hours: readonly OpenHours[],
  now: Instant,
): readonly Instance[] {
  return clocksOf(events, policies, hours, now).instances(now);
}

function clocksOf(events: readonly SlaEvent[], policies: readonly Policy[], hours: readonly OpenHours[], now: Instant): CaseClocks {
  const clocks = new CaseClocks(policies, hours);
  const counting = countingEvents(events, now);
  const [first] = counting;
  if (first === undefined) return clocks;
  // The opening may have been written down later than the channel's first message: it holds from the begin on.
  const opening = events.find(isOpening);
  if (opening !== undefined) clocks.apply(opening, instant(Math.min(opening.at, first.at)));
  for (const event of counting) {
    if (event !== opening) clocks.apply(event, event.at);
  }
  return clocks;
}

function isOpening(event: SlaEvent): boolean {
  return event.body.type === 'opened';
}

/**
 * The same clocks, kept up to date event by event: an event that comes in order costs what it changes. One that comes
 * late, or takes a message back, has the case worked out anew.
 */
export class SlaFold {
  readonly #policies: readonly Policy[];
  readonly #hours: readonly OpenHours[];
  readonly #events: SlaEvent[] = [];
  #clocks: CaseClocks;
  /** The latest event that was applied to the clocks; null when none was. */
  #latest: SlaEvent | null = null;
  /** Events that were not applied yet, because they are new or later than the last `now`. */
  #waiting: SlaEvent[] = [];
  /** An opening came that holds for what was applied already. */
  #isStale = false;
  #hasFailure = false;

  constructor(policies: readonly Policy[], hours: readonly OpenHours[], events: readonly SlaEvent[] = []) {
    this.#policies = policies;
    this.#hours = hours;
    this.#clocks = new CaseClocks(policies, hours);
    for (const event of events) this.append(event);
  }

  /** Adds an event of the case. Nothing is worked out before it is asked for. */
  append(event: SlaEvent): void {
    this.#events.push(event);
    this.#waiting.push(event);
    if (event.body.type === 'opened' && this.#events.length > 1) this.#isStale = true;
    if (event.body.type === 'message-failed') this.#hasFailure = true;
  }

  /** The case's clocks at `now`, equal to `evaluate` over all events so far. */
  instances(now: Instant): readonly Instance[] {
    this.#foldUntil(now);
    return this.#clocks.instances(now);
  }

  /** See `nextBoundaryAt`. */
  nextBoundaryAt(now: Instant): Instant | null {
    return nextBoundaryAt(this.instances(now), now);
  }

  #foldUntil(now: Instant): void {
    const latest = this.#latest;
    const due = this.#waiting.filter((event) => event.at <= now).sort(compareEvents);
    const isInOrder = latest !== null && latest.at <= now && due.every((event) => compareEvents(event, latest) > 0);
    if (isInOrder && !this.#isStale && due.length === 0) return;
    // A failure takes back a message that came before it, in time or in arrival.
    if (isInOrder && !this.#isStale && !this.#hasFailure) {
      for (const event of due) this.#clocks.apply(event, event.at);
      this.#latest = due.at(-1) ?? latest;
    } else {
      this.#clocks = clocksOf(this.#events, this.#policies, this.#hours, now);
      this.#latest =
        this.#events
          .filter((event) => event.at <= now)
          .sort(compareEvents)
          .at(-1) ?? null;
      this.#isStale = false;
    }
    this.#waiting = this.#events.filter((event) => event.at > now);
  }
}

/**
 * When something about these clocks changes by itself: the earliest instant after `now` at which 50 % or 80 % of a
 * target are used, a due time is reached, or (one millisecond later) a clock is overdue. Null when nothing will. A
 * clock store sleeps until then.
 */
export function nextBoundaryAt(instances: readonly Instance[], now: Instant): Instant | null {
  let next: Instant | null = null;
  for (const instance of instances) {
    if (instance.state !== 'running') continue;
    for (const at of boundariesOf(instance)) {
      if (at > now && (next === null || at < next)) next = at;
    }
  }
  return next;
}

function boundariesOf({ halfAt, fourFifthsAt, dueAt }: Instance): readonly Instant[] {
  return [halfAt, fourFifthsAt, dueAt, dueAt === null ? null : after(dueAt, 1)].filter((at) => at !== null);
}

/**
 * The clock that is due next: what lists sort and filter by. Overdue ones are due already; paused ones have no due
 * time and sink.
 */
export function nextDue(instances: readonly Instance[]): Instance | null {
  let next: Instance | null = null;
  for (const instance of instances) {
    if (instance.endedAt !== null || instance.dueAt === null) continue;
    if (next === null || instance.dueAt < (next.dueAt ?? instance.dueAt)) next = instance;
  }
  return next;
}
