import { readPlan } from '../store/plan.store.ts';
import { lastPublication, publishedUntil, stampsOf, touchedSince } from '../store/published.store.ts';
import type { Stamp, Touched } from '../store/published.store.ts';
import { readRoster } from '../store/roster.store.ts';
import { routingRules } from '../store/routing-rules.store.ts';
import type { ChangeSet, ReadDb } from '../store/sql.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import type { Assignment } from '../../../shared/domain/coverage/plan.ts';
import { qualifiedSpans } from '../../../shared/domain/coverage/qualify.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import type { Roster, Selector } from '../../../shared/domain/coverage/roster.ts';
import { StaffedTime } from '../../../shared/domain/coverage/staffed-time.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { NO_ROUTING } from '../../../shared/domain/routing/rules.ts';
import type { RoutingRules } from '../../../shared/domain/routing/rules.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The plan is worked out in pieces of this length: a change is then a matter of one or two of them. */
const PIECE_MS = DAY_MS;
/** How far back staffed time is counted; a plan of which nothing is younger is none any more. */
export const BOOK_BACK_MS = 14 * DAY_MS;
/** So many are read at once. */
const MOST_PIECES = 7;
const EARLIEST = instant(0);
const LATEST = instant(8.64e15);

/** One piece of the published plan, worked out. Pieces are counted from 1970, in UTC. */
interface Piece {
  readonly assignments: readonly Assignment[];
  /** When somebody comes or goes, in order; also the seams of pieces, for who is on there. */
  readonly edges: readonly number[];
}

/** What is known of one need. */
interface Need {
  readonly selector: Selector;
  /** When each person qualifies, in all of time. */
  readonly able: ReadonlyMap<AgentId, readonly Span[]>;
  /** When somebody is on, piece by piece. */
  readonly staffed: WeakMap<Piece, readonly Span[]>;
  edition: number;
  table: StaffedTime;
}

/** Drafts are in `shifts`, too: what of it was published is told by `publications`. */
const ROSTER_TABLES = ['agents', 'hubs', 'shift_templates', 'rotations', 'requirements'];
/** The team's rules are a row of `settings`, which is written all the time: see `noteRules`. */
const RULES = 'routing';
const TABLES = [...ROSTER_TABLES, 'publications', 'overrides', 'absences'];
const ALL = [...TABLES, RULES];

/**
 * The published plan as it will be worked, from two weeks ago to as far as shifts are published, kept until it changes. It
 * is worked out in pieces, and only those that a change touches are worked out again, when somebody asks.
 */
export class CoverageBook {
  readonly #zoneData: string;
  #roster: Roster = EMPTY_ROSTER;
  /** What of the roster says who works, and what says who can do what. */
  #employment = '';
  #abilities = '';
  readonly #pieces = new Map<number, Piece>();
  readonly #needs = new Map<string, Need>();
  readonly #stamps = new Map<'overrides' | 'absences', Map<string, Stamp>>();
  #publication = 0;
  #until: Instant | null = null;
  #edition = 0;
  #rules: RoutingRules = NO_ROUTING;
  #stale = new Set(ALL);

  /** @param zoneData the time-zone data in use */
  constructor(zoneData: string) {
    this.#zoneData = zoneData;
  }

  /** Hears what a commit has changed; true when that may be something of what is kept here. */
  note(changes: ChangeSet): boolean {
    let isOurs = false;
    for (const table of TABLES) {
      if (!changes.has(table)) continue;
      this.#stale.add(table);
      isOurs = true;
    }
    return isOurs;
  }

  /** Looks whether the rules of who takes what have changed; for commits that wrote settings. */
  noteRules(db: ReadDb): boolean {
    if (this.#stale.has(RULES) || isSameRules(routingRules(db), this.#rules)) return false;
    this.#stale.add(RULES);
    return true;
  }

  /** Shifts were derived anew, which no publishing tells. */
  forget(): void {
    this.#pieces.clear();
    this.#stamps.clear();
    this.#stale = new Set(ALL);
  }

  /** A number that grows with every change of plan or roster. */
  edition(db: ReadDb): number {
    this.#refresh(db);
    return this.#edition;
  }

  roster(db: ReadDb): Roster {
    this.#refresh(db);
    return this.#roster;
  }

  /** Whether there is a plan: a shift that was published and ends after two weeks ago. */
  isPlanned(db: ReadDb, now: Instant): boolean {
    this.#refresh(db);
    return this.#until !== null && this.#until > now - BOOK_BACK_MS;
  }

  /** The end of the published shift that starts last; null while there is none. */
  publishedUntil(db: ReadDb): Instant | null {
    this.#refresh(db);
    return this.#until;
  }

  /** Who works in `[from, to)` by the published plan, clipped to it, in order of time. */
  assignments(db: ReadDb, from: Instant, to: Instant): readonly Assignment[] {
    this.#refresh(db);
    const found: Assignment[] = [];
    /** Where in `found` those stand who go on at the seam of two pieces. */
    let open = new Map<string, number>();
    for (let index = pieceAt(from); index * PIECE_MS < to; index += 1) {
      const going = new Map<string, number>();
      for (const each of this.#piece(db, index, pieceAt(instant(to - 1))).assignments) {
        if (each.to <= from || each.from >= to) continue;
        const key = `${each.agentId} ${each.shiftId} ${String(each.isOverride)}`;
        const known = each.from === index * PIECE_MS ? open.get(key) : undefined;
        const place = known ?? found.length;
        const begun = known === undefined ? undefined : found[known];
        found[place] = {
          ...each,
          from: begun?.from ?? instant(Math.max(each.from, from)),
          to: instant(Math.min(each.to, to)),
        };
        if (each.to === (index + 1) * PIECE_MS) going.set(key, place);
      }
      open = going;
    }
    return found;
  }

  /** The staffed time of a need, from two weeks ago as of when it was worked out to as far as is published. */
  staffedTime(db: ReadDb, key: string, selector: Selector, now: Instant): StaffedTime {
    this.#refresh(db);
    const need = this.#need(key, selector);
    if (need.edition === this.#edition) return need.table;
    const spans: Span[] = [];
    for (let index = pieceAt(instant(now - BOOK_BACK_MS)); index <= this.#lastPiece(); index += 1)
      spans.push(...staffedSpans(need, this.#piece(db, index, this.#lastPiece())));
    need.table = new StaffedTime(spans);
    need.edition = this.#edition;
    return need.table;
  }

  /** When each person can do what a selector asks for and is employed, in all of time. */
  ableSpans(db: ReadDb, key: string, selector: Selector): ReadonlyMap<AgentId, readonly Span[]> {
    this.#refresh(db);
    return this.#need(key, selector).able;
  }

  /** What staffed time is counted over as of `now`; null while there is no plan. */
  window(db: ReadDb, now: Instant): Span | null {
    this.#refresh(db);
    if (!this.isPlanned(db, now)) return null;
    return { from: instant(pieceAt(instant(now - BOOK_BACK_MS)) * PIECE_MS), to: instant((this.#lastPiece() + 1) * PIECE_MS) };
  }

  /** When next somebody comes or goes, whoever it is; null when nothing is planned any more. */
  nextEdge(db: ReadDb, now: Instant): Instant | null {
    this.#refresh(db);
    for (let index = pieceAt(now); index <= this.#lastPiece(); index += 1) {
      const next = this.#piece(db, index).edges.find((edge) => edge > now);
      if (next !== undefined) return instant(next);
    }
    return null;
  }

  /** The one after the last shift's begin: it may end there, as may one that began a little before it. */
  #lastPiece(): number {
    return this.#until === null ? Number.NEGATIVE_INFINITY : pieceAt(this.#until) + 1;
  }

  /** The piece, and while at it all that are missing after it up to `last`: a week is not read day by day. */
  #piece(db: ReadDb, index: number, last: number = index): Piece {
    const known = this.#pieces.get(index);
    if (known !== undefined) return known;
    let end = index + 1;
    while (end <= last && end < index + MOST_PIECES && !this.#pieces.has(end)) end += 1;
    const [from, to] = [instant(index * PIECE_MS), instant(end * PIECE_MS)];
    const made = assignments(this.#roster, readPlan(db, { from, to }), 'published', from, to, this.#zoneData).assignments;
    const parts = Array.from({ length: end - index }, (): Assignment[] => []);
    for (const each of made) {
      for (let at = pieceAt(each.from); at * PIECE_MS < each.to; at += 1) {
        const part = { from: instant(Math.max(each.from, at * PIECE_MS)), to: instant(Math.min(each.to, (at + 1) * PIECE_MS)) };
        parts[at - index]?.push({ ...each, ...part });
      }
    }
    const pieces = parts.map((part): Piece => ({
      assignments: part,
      edges: [...new Set(part.flatMap((each) => [each.from, each.to]))].sort((a, b) => a - b),
    }));
    for (const [offset, piece] of pieces.entries()) this.#pieces.set(index + offset, piece);
    const [first] = pieces;
    if (first === undefined) throw new Error('a piece was not made');
    return first;
  }

  #need(key: string, selector: Selector): Need {
    const known = this.#needs.get(key);
    if (known !== undefined) return known;
    const able = new Map(this.#roster.agents.map((agent) => [agent.agentId, qualifiedSpans(agent, selector, EARLIEST, LATEST)]));
    const need = { selector, able, staffed: new WeakMap<Piece, readonly Span[]>(), edition: -1, table: new StaffedTime([]) };
    this.#needs.set(key, need);
    return need;
  }

  #refresh(db: ReadDb): void {
    if (this.#stale.size === 0) return;
    const stale = this.#stale;
    this.#stale = new Set();
    this.#edition += 1;
    if (stale.has(RULES)) this.#rules = routingRules(db);
    if (stale.has(RULES) || ROSTER_TABLES.some((table) => stale.has(table)))
      this.#refreshRoster({ ...readRoster(db), routing: this.#rules });
    if (stale.has('publications')) {
      if (this.#pieces.size > 0) for (const touched of touchedSince(db, this.#publication)) this.#touch(touched);
      this.#publication = lastPublication(db);
      this.#until = publishedUntil(db);
    }
    for (const table of ['overrides', 'absences'] as const) if (stale.has(table)) this.#refreshStamps(table, stampsOf(db, table));
  }

  #refreshRoster(roster: Roster): void {
    this.#roster = roster;
    const employment = JSON.stringify(roster.agents.map(({ agentId, zone, contract, isActive }) => [agentId, zone, contract, isActive]));
    if (employment !== this.#employment) this.#pieces.clear();
    this.#employment = employment;
    const abilities = JSON.stringify(roster.agents);
    if (abilities !== this.#abilities) this.#needs.clear();
    this.#abilities = abilities;
  }

  #refreshStamps(table: 'overrides' | 'absences', after: Map<string, Stamp>): void {
    const before = this.#stamps.get(table) ?? new Map<string, Stamp>();
    this.#stamps.set(table, after);
    for (const [uid, stamp] of after) {
      const known = before.get(uid);
      if (known?.text === stamp.text) continue;
      this.#touch(stamp);
      if (known !== undefined) this.#touch(known);
    }
    for (const [uid, stamp] of before) if (!after.has(uid)) this.#touch(stamp);
  }

  /** A turn is followed for a day beyond the end of its piece, so the pieces before may look otherwise, too. */
  #touch({ from, to }: Touched): void {
    for (let index = pieceAt(instant(from - DAY_MS)); index <= pieceAt(to); index += 1) this.#pieces.delete(index);
  }
}

function isSameRules(one: RoutingRules, other: RoutingRules): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** When somebody is on in one piece: the assignments are in order of time, so one pass unites them. */
function staffedSpans(need: Need, piece: Piece): readonly Span[] {
  const known = need.staffed.get(piece);
  if (known !== undefined) return known;
  const united: { from: Instant; to: Instant }[] = [];
  for (const { agentId, from, to } of piece.assignments) {
    for (const able of need.able.get(agentId) ?? []) {
      const begin = able.from > from ? able.from : from;
      const end = able.to < to ? able.to : to;
      const last = united.at(-1);
      if (begin >= end || (last !== undefined && end <= last.to && begin >= last.from)) continue;
      if (last !== undefined && begin >= last.from && begin <= last.to) last.to = end;
      else united.push({ from: begin, to: end });
    }
  }
  need.staffed.set(piece, united);
  return united;
}

function pieceAt(at: Instant): number {
  return Math.floor(at / PIECE_MS);
}
