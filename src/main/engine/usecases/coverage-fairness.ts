import type { CoverageBook } from './coverage-book.ts';
import { breachedClocks } from '../store/arrivals.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { changesStartingBefore, listPublications } from '../store/publications.store.ts';
import { readRoster } from '../store/roster.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Fairness } from '../../../shared/domain/coverage/coverage.ts';
import { NOTICE_MS } from '../../../shared/domain/coverage/draft.ts';
import { fairness } from '../../../shared/domain/coverage/fairness.ts';
import type { Assignment, Publication } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const MOST_PUBLICATIONS = 500;

/** Who has borne what in a stretch. The plan is read whole, because shifts before it say how short the first rests were. */
export function coverageFairness(db: ReadDb, book: CoverageBook, from: Instant, to: Instant): Fairness {
  const plan = readPlan(db, { from: after(from, -2 * DAY_MS), to });
  return fairness(readRoster(db), plan, from, to, {
    publications: publicationsIn(db, from, to),
    inheritedBreaches: inheritedBreaches(db, book, from, to),
  });
}

/** Those in the stretch, with what they changed at short notice; that is all that counts. */
function publicationsIn(db: ReadDb, from: Instant, to: Instant): readonly Publication[] {
  return listPublications(db, MOST_PUBLICATIONS)
    .filter((publication) => publication.at >= from && publication.at < to)
    .map((publication) => ({
      ...publication,
      changes: changesStartingBefore(db, publication.publicationId, after(publication.at, NOTICE_MS)),
    }));
}

/**
 * Breaches that came from another shift. A clock ran out while the person who owned the case when it was fulfilled too
 * late was not on shift by the published plan, so it was for somebody else to prevent. Counted for that owner, by due time.
 * What ran out while its owner was on shift is their own; what nobody owned at the end is nobody's.
 */
function inheritedBreaches(db: ReadDb, book: CoverageBook, from: Instant, to: Instant): ReadonlyMap<AgentId, number> {
  const counts = new Map<AgentId, number>();
  const shifts = byAgent(book.assignments(db, from, to));
  for (const { dueAt, owner } of breachedClocks(db, from, to)) {
    const wasOn = shifts.get(owner)?.some((each) => each.from <= dueAt && dueAt < each.to) ?? false;
    if (!wasOn) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

function byAgent(assignments: readonly Assignment[]): ReadonlyMap<AgentId, readonly Assignment[]> {
  const found = new Map<AgentId, Assignment[]>();
  for (const each of assignments) {
    const own = found.get(each.agentId);
    if (own === undefined) found.set(each.agentId, [each]);
    else own.push(each);
  }
  return found;
}
