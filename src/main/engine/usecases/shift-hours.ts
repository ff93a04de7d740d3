import type { CoverageBook } from './coverage-book.ts';
import { publishedFrom } from '../store/published.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { continuedHours } from '../../../shared/domain/coverage/shift-hours.ts';
import type { WorkedStretch } from '../../../shared/domain/coverage/shift-hours.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import type { HubId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Policy } from '../../../shared/domain/sla/policy.ts';
import { coverageId } from '../../../shared/domain/sla/promise.ts';
import type { SpanCalendar } from '../../../shared/domain/time/calendar.ts';
import { unitedSpans } from '../../../shared/domain/time/calendar-spans.ts';
import type { SpanPair } from '../../../shared/domain/time/calendar-spans.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** So far the pattern of a hub is followed behind its plan: further than any sensible promise reaches. */
const FOLLOWED_MS = 730 * DAY_MS;

/** The hours that follow from the published plan: of each hub, and of all of them. For policies that promise coverage. */
export class ShiftHours {
  readonly #book: CoverageBook;
  readonly #clock: Clock;
  #known: { readonly edition: number; readonly hours: readonly SpanCalendar[] } | null = null;

  constructor(book: CoverageBook, clock: Clock) {
    this.#book = book;
    this.#clock = clock;
  }

  /** Nothing unless a policy promises it, or while there is no plan: then such a promise has a problem, which leads are shown. */
  of(db: ReadDb, policies: readonly Policy[]): readonly SpanCalendar[] {
    if (!policies.some((policy) => policy.promise.kind === 'coverage')) return [];
    const edition = this.#book.edition(db);
    if (this.#known?.edition !== edition) this.#known = { edition, hours: this.#workOut(db) };
    return this.#known.hours;
  }

  #workOut(db: ReadDb): readonly SpanCalendar[] {
    const from = publishedFrom(db);
    const until = this.#book.publishedUntil(db);
    if (from === null || until === null) return [];
    const roster = this.#book.roster(db);
    const worked = workedByHub(roster, this.#book, db, from, instant(until + 2 * DAY_MS));
    const horizon = instant(Math.max(until, this.#clock.now()) + FOLLOWED_MS);
    const hubs = roster.hubs.map(({ hubId }) => ({
      id: coverageId(hubId),
      spans: continuedHours(roster, hubId, worked.get(hubId) ?? [], horizon),
    }));
    const homeless = (worked.get(null) ?? []).map((each): SpanPair => [each.from, each.to]);
    const all = unitedSpans([...hubs.flatMap((hub) => hub.spans), ...homeless]);
    return [...hubs, { id: coverageId(''), spans: all }].map(({ id, spans }) => ({
      id,
      spans: spans.map((span) => ({ from: instant(span[0]), to: instant(span[1]) })),
    }));
  }
}

/** When somebody of each hub works: of the shift's hub, or of the person's where it has none. */
function workedByHub(
  roster: Roster,
  book: CoverageBook,
  db: ReadDb,
  from: Instant,
  to: Instant,
): ReadonlyMap<HubId | null, readonly WorkedStretch[]> {
  const homes = new Map(roster.agents.map((agent) => [agent.agentId, agent.hubId]));
  const begins = new Map<ShiftId, Instant>();
  const found = new Map<HubId | null, WorkedStretch[]>();
  for (const each of book.assignments(db, from, to)) {
    const hubId = each.hubId ?? homes.get(each.agentId) ?? null;
    const begunAt = begins.get(each.shiftId) ?? each.from;
    begins.set(each.shiftId, begunAt);
    const stretch = { from: each.from, to: each.to, begunAt };
    const known = found.get(hubId);
    if (known === undefined) found.set(hubId, [stretch]);
    else known.push(stretch);
  }
  return found;
}
