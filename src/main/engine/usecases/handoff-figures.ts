import { handoffRules } from './handoff-rules.ts';
import type { HandoffDeps } from './handoff-scene.ts';
import { sceneOf } from './handoff-scene.ts';
import { PastCover } from './plan-as-of.ts';
import { promiseEvents, promisesDue } from '../store/handoff-figures.store.ts';
import { handoffsOfCasesOffered } from '../store/handoff-lists.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { caseNeed } from '../../../shared/domain/coverage/case-need.ts';
import type { Handoff } from '../../../shared/domain/handoff/handoff.ts';
import { handoffMetrics } from '../../../shared/domain/handoff/metrics.ts';
import type { HandoffMetrics, MetricsQuestion, PromiseFact } from '../../../shared/domain/handoff/metrics.ts';
import type { CaseId, HubId } from '../../../shared/domain/ids.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { instant } from '../../../shared/domain/time.ts';

/** How well cases change hands, out of the handoffs and promises of a stretch of time. */
export function handoffFigures(deps: HandoffDeps, db: ReadDb, { from, to }: Span): HandoffMetrics {
  const now = deps.clock.now();
  const { teamHubs } = sceneOf(deps, db);
  // what is to come is asked of nobody
  const duty = deps.duties.during(db, from, instant(Math.min(to, Math.max(from, now))));
  return handoffMetrics({
    cases: offeredCases(deps, db, { from, to }, teamHubs),
    promises: promiseFacts(deps, db, { from, to }),
    from,
    to,
    now,
    duty,
  });
}

/** Where a case has been is folded out of its events only when it may have been everywhere: it is asked for nothing else. */
function offeredCases(deps: HandoffDeps, db: ReadDb, { from, to }: Span, teamHubs: readonly HubId[]): MetricsQuestion['cases'] {
  const byCase = new Map<CaseId, Handoff[]>();
  for (const { caseUid, handoff } of handoffsOfCasesOffered(db, from, to)) byCase.set(caseUid, [...(byCase.get(caseUid) ?? []), handoff]);
  return [...byCase].map(([caseId, handoffs]) => {
    const been = new Set(handoffs.flatMap((each) => (each.acceptance === null ? [] : [each.fromHubId, each.acceptance.hubId])));
    const asked = handoffs.at(-1)?.teamHubs ?? teamHubs;
    if (asked.length > 1 && asked.every((hub) => been.has(hub))) return { caseId, ownership: deps.ledger.ownership(db, caseId) };
    return { caseId, ownership: { handoffs, bounces: 0, hubs: [] } };
  });
}

function promiseFacts(deps: HandoffDeps, db: ReadDb, { from, to }: Span): readonly PromiseFact[] {
  const { preparationMs } = handoffRules(db);
  const roster = deps.book.roster(db);
  const cover = new PastCover(db, deps.book);
  const told = promiseEvents(db, from, to);
  return promisesDue(db, from, to).map(({ caseUid, promise, ...traits }) => {
    const { promiseId, dueAt, madeAt, ownerId, state, settlement } = promise;
    const { selector } = caseNeed(traits, roster);
    return {
      promiseId,
      caseId: caseUid,
      dueAt,
      ownerId,
      isCoveredWhenMade: cover.isCovered(selector, dueAt, preparationMs, madeAt),
      isCoveredWhenDue: cover.isCovered(selector, dueAt, preparationMs, dueAt),
      isOpenWhenDue: state === 'open' || state === 'broken' || (settlement !== null && settlement.at > dueAt),
      brokenAt: state === 'broken' ? (settlement?.at ?? dueAt) : null,
      eventIds: told.get(promiseId) ?? [],
    };
  });
}
