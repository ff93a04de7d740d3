import type { CoverageBook } from './coverage-book.ts';
import type { Viewer } from '../store/case-views.store.ts';
import { PromiseCover } from './promise-cover.ts';
import { caseUidsOf, dueCases, needsOfView } from '../store/due-cases.store.ts';
import type { DueCase } from '../store/due-cases.store.ts';
import { hasPlan } from '../store/plan.store.ts';
import { duePromises } from '../store/promise-list.store.ts';
import type { ListedPromise } from '../store/promise-list.store.ts';
import { readRequirements } from '../store/roster.store.ts';
import { readNeeds } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import { daylight } from '../../../shared/domain/coverage/daylight.ts';
import { issuesOf, margin } from '../../../shared/domain/coverage/issues.ts';
import type { Assignment } from '../../../shared/domain/coverage/plan.ts';
import type { Hub, Roster } from '../../../shared/domain/coverage/roster.ts';
import { positionOfZone } from '../../../shared/domain/coverage/zone-positions.ts';
import type { AgentId, CaseId, HubId } from '../../../shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const MARK_MS = 15 * MINUTE_MS;
/** A mark names so many of its cases; it counts them all. */
const NAMED_CASES = 20;
const SHOWN_ISSUES: ReadonlySet<CoverageIssue['kind']> = new Set(['gap', 'thin', 'contended']);

type Lane = Ribbon['lanes'][number];

/** What the strip shows; kept from one answer to the next, because cases change far more often than the plan. */
export class CoverageRibbon {
  readonly #book: CoverageBook;
  #plan: { readonly key: string; readonly lanes: readonly Lane[]; readonly issues: readonly CoverageIssue[] } | null = null;

  constructor(book: CoverageBook) {
    this.#book = book;
  }

  of(db: ReadDb, { from, to, view }: Input<'coverage.ribbon'>, viewer: Viewer): Ribbon {
    const { lanes, issues } = this.#ofPlan(db, from, to, needsOfView(db, view, viewer), viewer.now);
    return {
      lanes,
      issues: issues.filter((issue) => issue.to > viewer.now),
      due: marksOf(db, dueCases(db, view, { from, to }, viewer)),
      promises: promiseMarksOf(duePromises(db, view, { from, to }, viewer), new PromiseCover(db, this.#book, viewer.now)),
      hasPlan: hasPlan(db),
    };
  }

  #ofPlan(
    db: ReadDb,
    from: Instant,
    to: Instant,
    needs: readonly number[],
    now: Instant,
  ): { readonly lanes: readonly Lane[]; readonly issues: readonly CoverageIssue[] } {
    const key = [this.#book.edition(db), from, to, ...needs].join(' ');
    if (this.#plan?.key === key) return this.#plan;
    const roster: Roster = { ...this.#book.roster(db), requirements: readRequirements(db) };
    const able = this.#able(db, needs);
    const around = margin(roster, from, to);
    const worked = this.#book.assignments(db, around.from, around.to);
    const issues = issuesOf(roster, worked, [], from, to, { now }).filter((issue) => SHOWN_ISSUES.has(issue.kind));
    const lanes = roster.hubs
      .filter((hub) => hub.isActive)
      .map((hub) => laneOf(hub, stretchesOf(worked, roster, hub.hubId, able, from, to), from, to));
    this.#plan = { key, lanes, issues };
    return this.#plan;
  }

  /** Who can take one of the cases at a time: everybody, while nothing is known of what they ask for. */
  #able(db: ReadDb, needs: readonly number[]): (agentId: AgentId, at: Instant) => boolean {
    const wanted = new Set(needs);
    const tables = readNeeds(db)
      .filter((need) => wanted.has(need.id))
      .map((need) => this.#book.ableSpans(db, need.key, need.selector));
    if (tables.length === 0) return () => true;
    return (agentId, at) => tables.some((table) => table.get(agentId)?.some((span) => span.from <= at && at < span.to));
  }
}

function laneOf(hub: Hub, shifts: Lane['shifts'], from: Instant, to: Instant): Lane {
  const position = hub.position ?? positionOfZone(hub.zone);
  return { hubId: hub.hubId, name: hub.name, zone: hub.zone, shifts, daylight: position === null ? [] : daylight(position, from, to) };
}

/** The stretches in which the same people of a hub are on: of the shift's hub, or of the person's where it has none. */
function stretchesOf(
  worked: readonly Assignment[],
  roster: Roster,
  hubId: HubId,
  able: (agentId: AgentId, at: Instant) => boolean,
  from: Instant,
  to: Instant,
): Lane['shifts'] {
  const homes = new Map(roster.agents.map((agent) => [agent.agentId, agent.hubId]));
  const own = worked.filter(
    (each) => (each.hubId ?? homes.get(each.agentId)) === hubId && each.to > from && each.from < to && able(each.agentId, each.from),
  );
  const edges = [...new Set([from, to, ...own.flatMap((each) => [each.from, each.to])])]
    .filter((edge) => edge >= from && edge <= to)
    .sort((a, b) => a - b);
  const found: { from: Instant; to: Instant; readonly agentIds: readonly AgentId[] }[] = [];
  edges.forEach((begin, index) => {
    const end = edges[index + 1];
    if (end === undefined) return;
    const agentIds = [...new Set(own.filter((each) => each.from <= begin && begin < each.to).map((each) => each.agentId))].sort();
    const last = found.at(-1);
    if (agentIds.length === 0) return;
    if (last !== undefined && last.to === begin && last.agentIds.join() === agentIds.join()) last.to = end;
    else found.push({ from: begin, to: end, agentIds });
  });
  return found;
}

function marksOf(db: ReadDb, cases: readonly DueCase[]): Ribbon['due'] {
  const quarters = new Map<number, { at: Instant; count: number; unstaffed: number; ids: number[] }>();
  for (const { id, at, isUnstaffed } of cases) {
    const quarter = Math.floor(at / MARK_MS);
    let mark = quarters.get(quarter);
    if (mark === undefined) {
      mark = { at, count: 0, unstaffed: 0, ids: [] };
      quarters.set(quarter, mark);
    }
    mark.count += 1;
    if (isUnstaffed) mark.unstaffed += 1;
    if (mark.ids.length < NAMED_CASES) mark.ids.push(id);
  }
  const uids = caseUidsOf(
    db,
    [...quarters.values()].flatMap((mark) => mark.ids),
  );
  return [...quarters.values()].map(({ at, count, unstaffed, ids }) => ({
    at: instant(at),
    count,
    unstaffed,
    caseIds: ids.flatMap((id) => uids.get(id) ?? []),
  }));
}

/** A case is named once in a mark, however much it was promised then. */
function promiseMarksOf(promises: readonly ListedPromise[], cover: PromiseCover): Ribbon['promises'] {
  const quarters = new Map<number, { at: Instant; count: number; infeasible: number; caseIds: CaseId[] }>();
  for (const each of promises) {
    const quarter = Math.floor(each.promise.dueAt / MARK_MS);
    let mark = quarters.get(quarter);
    if (mark === undefined) {
      mark = { at: each.promise.dueAt, count: 0, infeasible: 0, caseIds: [] };
      quarters.set(quarter, mark);
    }
    mark.count += 1;
    if (cover.of(each, each.promise)?.kind === 'infeasible') mark.infeasible += 1;
    if (mark.caseIds.length < NAMED_CASES && !mark.caseIds.includes(each.caseUid)) mark.caseIds.push(each.caseUid);
  }
  return [...quarters.values()];
}
