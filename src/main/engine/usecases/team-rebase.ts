import type { CaseLedger } from './case-ledger.ts';
import { refoldFacts } from './team-facts.ts';
import { historyUpTo } from './team-outgoing.ts';
import type { Log } from '../log.ts';
import { eventsOfCase, lastSequence } from '../store/events.store.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import type { ReadDb, Store, WriteDb } from '../store/sql.ts';
import {
  caseOfStream,
  deleteFact,
  eventRow,
  eventsOfStream,
  factsBehind,
  forgetConflict,
  isSignedHere,
  knownConflict,
  pendingFacts,
  pendingOfCase,
  rebaseEvent,
  saveConflict,
  setEpoch,
  voidEvent,
} from '../store/team.store.ts';
import type { EventRow, PendingEvent } from '../store/team.store.ts';
import { subjectOfCase } from '../store/cases.store.ts';
import type { TeamEvent } from '../../../shared/contract/team.contract.ts';
import { CaseFold, projectCase } from '../../../shared/domain/case.ts';
import type { CaseEvent } from '../../../shared/domain/case.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { conflictsOfCase, conflictsOfFacts, refusedByHub } from '../../../shared/domain/team/conflict-record.ts';
import type { DatedFact } from '../../../shared/domain/team/conflict-record.ts';
import { holdReasonOf, isOpenConflict } from '../../../shared/domain/team/conflict.ts';
import type { NeedsYouReason, TeamConflict } from '../../../shared/domain/team/conflict.ts';
import { rebaseFacts } from '../../../shared/domain/team/rebase-facts.ts';
import { rebaseCase } from '../../../shared/domain/team/rebase.ts';
import { needsYou } from '../../../shared/domain/team/verdict.ts';
import type { Judged, Verdict } from '../../../shared/domain/team/verdict.ts';
import type { Clock } from '../../../shared/domain/time.ts';

export interface RebaseDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a batch of entries has touched. */
export interface Touched {
  readonly cases: readonly CaseId[];
  /** Streams of the team's facts. */
  readonly facts: readonly string[];
  /** Own events that the log has confirmed. */
  readonly confirmed: readonly EventRow[];
}

/**
 * Judges what is pending on top of what the log has confirmed, in the transaction that stored it. What is held back has no effect from
 * here on and is kept, with why and with what it met. Returns the new records.
 */
export function judgeTouched(deps: RebaseDeps, tx: WriteDb, touched: Touched): readonly TeamConflict[] {
  const found: TeamConflict[] = [];
  for (const caseUid of new Set(touched.cases)) found.push(...judgePending(deps, tx, caseUid));
  if (touched.facts.length > 0) found.push(...judgeFacts(deps, tx));
  found.push(...judgeConfirmed(deps, tx, touched.confirmed));
  for (const conflict of found) saveConflict(tx, conflict);
  return found;
}

function judgePending(deps: RebaseDeps, tx: WriteDb, caseUid: CaseId): readonly TeamConflict[] {
  const pending = pendingOfCase(tx, caseUid);
  if (pending.length === 0) return [];
  const events = eventsOfCase(tx, caseUid);
  const confirmed = events.filter((event) => !event.isPending);
  const rows = new Map(pending.map((row) => [row.id, row]));
  const history = historyUpTo(tx);
  const judged = rebaseCase({
    confirmed,
    pending: events.flatMap((event) => {
      const row = rows.get(event.id);
      // what was here before joining is told as it was: the fold says what of it counts
      return row === undefined ? [] : [{ event, seen: row.base ?? 0, isSent: row.push !== null || row.localId <= history }];
    }),
    isMine: (id) => isSignedHere(tx, id),
  });
  const isHeld = settleAll(deps, tx, judged, rows);
  const seen = Math.min(...pending.map((row) => row.base ?? 0));
  const before = projectCase(events.filter((event) => !event.isPending && (event.sequence <= seen || isSignedHere(tx, event.id))));
  const conflicts = conflictsOfCase(judged, { caseId: caseUid, at: deps.clock.now(), before, confirmed });
  if (isHeld) deps.ledger.refold(tx, caseUid);
  return conflicts;
}

/** @returns whether anything was taken out of the fold */
function settleAll(
  deps: RebaseDeps,
  tx: WriteDb,
  judged: readonly Judged<{ readonly id: string }>[],
  rows: ReadonlyMap<string, PendingEvent>,
): boolean {
  const place = lastSequence(tx);
  let isHeld = false;
  for (const { event, verdict } of judged) {
    const row = rows.get(event.id);
    // bytes that were signed are not written anew, and are looked for behind what their author had seen
    if (row === undefined || row.push !== null) continue;
    if (verdict.kind === 'apply' || verdict.kind === 'merge') {
      rebaseEvent(tx, row.id, Math.max(place, row.base ?? 0));
      if (verdict.kind === 'merge' && verdict.epoch !== null) setEpoch(tx, row.id, verdict.epoch);
      continue;
    }
    isHeld = true;
    voidEvent(tx, row.id, reasonOf(verdict));
    if (verdict.kind === 'needs-you') holdReply(deps, tx, row, verdict.reason);
  }
  return isHeld;
}

function reasonOf(verdict: Exclude<Verdict, { readonly kind: 'apply' | 'merge' }>): string {
  return verdict.kind === 'undone' ? 'undone' : `${verdict.kind}:${verdict.reason}`;
}

/** A reply whose queueing waits for a person waits in the outbox, too. */
function holdReply(deps: RebaseDeps, tx: WriteDb, row: EventRow, reason: NeedsYouReason): void {
  if (row.type !== 'case.replyQueued') return;
  const { outboxId } = bodyOf(row);
  const entry = isId('out', outboxId) ? outboxByUid(tx, outboxId satisfies OutboxId) : undefined;
  if (entry?.state === 'queued')
    changeOutbox(tx, entry.uid, { state: 'held', at: deps.clock.now(), holdReason: holdReasonOf(reason) ?? 'owner-changed' });
}

function bodyOf(row: Pick<EventRow, 'body'>): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program
  return JSON.parse(row.body) as Record<string, unknown>;
}

function factOf(row: EventRow): DatedFact {
  const { id, stream, type, actor, at } = row;
  return { id, stream, type, actor, at, body: bodyOf(row), sequence: row.sequence ?? Number.MAX_SAFE_INTEGER };
}

function judgeFacts(deps: RebaseDeps, tx: WriteDb): readonly TeamConflict[] {
  const history = historyUpTo(tx);
  const pending = pendingFacts(tx);
  if (pending.length === 0) return [];
  const seen = Math.min(...pending.map((row) => row.base ?? 0));
  const confirmed = factsBehind(tx, seen).map(factOf);
  const judged = rebaseFacts({
    confirmed,
    pending: pending.map((row) => ({ event: factOf(row), seen: row.base ?? 0, isSent: row.push !== null || row.localId <= history })),
    isMine: (id) => isSignedHere(tx, id),
  });
  const rows = new Map(pending.map((row) => [row.id, row]));
  settleAll(deps, tx, judged, rows);
  for (const { event, verdict } of judged) if (verdict.kind !== 'apply' && verdict.kind !== 'merge') restoreFact(tx, event.stream);
  const dated = judged.flatMap(({ event, verdict }) => {
    const row = rows.get(event.id);
    return row === undefined ? [] : [{ event: factOf(row), verdict }];
  });
  return conflictsOfFacts(dated, { at: deps.clock.now(), confirmed });
}

/** The table says what the events of the stream say that count. */
export function restoreFact(tx: WriteDb, stream: string): void {
  if (eventsOfStream(tx, stream).length === 0) deleteFact(tx, stream);
  else refoldFacts(tx, stream);
}

/** Own events that the log has and the fold passes over: somebody else's came first. */
function judgeConfirmed(deps: RebaseDeps, tx: WriteDb, confirmed: readonly EventRow[]): readonly TeamConflict[] {
  const history = historyUpTo(tx);
  return confirmed.flatMap((row) => {
    const conflict = knownConflict(tx, row.id);
    // it was held back and is in the log all the same: an attempt from before came through
    if (conflict !== null && isOpenConflict(conflict)) forgetConflict(tx, row.id);
    const caseUid = caseOfStream(tx, row.stream);
    if (row.actor === null || row.localId <= history) return [];
    if (row.void !== null) {
      if (caseUid !== null) holdReply(deps, tx, row, 'not-permitted');
      return [refusedByHub(row, 'not-permitted', { caseId: caseUid, at: deps.clock.now(), changes: [] })];
    }
    if (caseUid === null) return [];
    // it was known that a colleague had done the same
    if (conflict?.kind === 'merged') return [];
    const outcome = deps.ledger.ownership(tx, caseUid).outcomes.get(row.id);
    if (outcome === undefined || outcome.kind !== 'void' || outcome.reason === 'repeated') return [];
    const events = eventsOfCase(tx, caseUid).filter((event) => !event.isPending);
    const event = events.find((each) => each.id === row.id);
    if (event === undefined) return [];
    const winner = outcome.to ?? winnerOver(events, event)?.id ?? null;
    const reason = row.type === 'case.claimed' ? 'claimed-by-other' : 'owner-changed';
    const verdict = needsYou(reason, row.type.startsWith('handoff.') ? 'handoff' : 'owner', winner === null ? null : { id: winner });
    const before = projectCase(events.filter((each) => each.sequence < event.sequence && each.sequence <= (row.base ?? 0)));
    return conflictsOfCase([{ event, verdict }], { caseId: caseUid, at: deps.clock.now(), before, confirmed: events });
  });
}

/** The event that made the ownership that stood when this one came. */
function winnerOver(events: readonly CaseEvent[], event: CaseEvent): CaseEvent | undefined {
  const fold = new CaseFold(events.filter((each) => each.sequence < event.sequence));
  return events.find((each) => each.sequence === fold.ownership.epoch);
}

/** The hub takes an event from nobody, or not from this person: it has no effect, and they are told. */
export function refuse(deps: RebaseDeps, tx: WriteDb, eventId: string, reason: 'not-permitted' | 'too-large'): readonly TeamConflict[] {
  const row = eventRow(tx, eventId);
  if (row === undefined || row.sequence !== null) return [];
  const isOwn = isSignedHere(tx, eventId);
  // what somebody else signed and only a lead may give back to a restored hub comes with the lead
  voidEvent(tx, eventId, isOwn ? `needs-you:${reason}` : `not-mine:${reason}`);
  const caseId = caseOfStream(tx, row.stream);
  if (caseId === null) restoreFact(tx, row.stream);
  else {
    deps.ledger.refold(tx, caseId);
    if (isOwn) holdReply(deps, tx, row, reason);
  }
  if (!isOwn) return [];
  const conflict = refusedByHub(row, reason, { caseId, at: deps.clock.now(), changes: [] });
  saveConflict(tx, conflict);
  return [conflict];
}

/** What the person is told at once of new records: of what they must decide, and of a case that somebody else has. */
export function conflictEvents(store: Store, conflicts: readonly TeamConflict[]): readonly TeamEvent[] {
  return conflicts.flatMap((conflict): TeamEvent[] => {
    if (conflict.kind !== 'needs-you') return [];
    const subject = conflict.caseId === null ? '' : store.read((db: ReadDb) => subjectOfCase(db, conflict.caseId));
    if (conflict.reason === 'claimed-by-other' && conflict.caseId !== null)
      return [{ type: 'team', what: 'claim-lost', caseId: conflict.caseId, subject, by: conflict.theirs?.actor ?? null }];
    return [{ type: 'team', what: 'needs-you', conflictId: conflict.id, caseId: conflict.caseId, subject }];
  });
}
